from django.urls import path, re_path

from wishare.pages import views

urlpatterns = [
    path("", views.home, name="home"),
    path("healthz", views.health, name="health"),
    path("manifest.webmanifest", views.manifest, name="manifest"),
    path("robots.txt", views.robots, name="robots"),
    path("privacy", views.privacy, name="privacy"),
    path("preferences", views.preferences, name="preferences"),
    path("outbox", views.outbox, name="outbox"),
    path("outbox/<slug:id>", views.outbox_message, name="outbox_message"),
    path("account/export", views.account_export, name="account_export"),
    path("account/delete", views.account_delete, name="account_delete"),
    re_path(r"^media/(?P<path>(?:avatars|covers|items)/[a-z0-9]+\.webp)$", views.media, name="media"),
]
