from allauth.account import views as allauth
from django.urls import path, re_path

from wishare.accounts import views

urlpatterns = [
    path("settings", views.account_settings, name="account_settings"),
    path("tokens", views.tokens, name="account_tokens"),
    path("tokens/<pid:public_id>/revoke", views.revoke_token, name="account_token_revoke"),
    path("signup", allauth.signup, name="account_signup"),
    path("login", allauth.login, name="account_login"),
    path("logout", allauth.logout, name="account_logout"),
    path("inactive", allauth.account_inactive, name="account_inactive"),
    path("confirm-email", allauth.email_verification_sent, name="account_email_verification_sent"),
    path("confirm-email/<str:key>", allauth.confirm_email, name="account_confirm_email"),
    path("password/reset", allauth.password_reset, name="account_reset_password"),
    path("password/reset/done", allauth.password_reset_done, name="account_reset_password_done"),
    path(
        "password/reset/key/done",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)$",
        allauth.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("reauthenticate", allauth.reauthenticate, name="account_reauthenticate"),
    path("password", allauth.password_change, name="account_change_password"),
    path("email", allauth.email, name="account_email"),
]
