"""All routes. Who may use each is in `access/routes.py`."""

from django.urls import include, path

urlpatterns = [
    path("", include("wishare.dashboard.urls")),  # first: Django tries one after the other, and this one is asked most
    path("", include("wishare.pages.urls")),
    path("staff/", include("wishare.staff.urls")),
    path("api/v1/", include("wishare.api.urls")),
    path("account/", include("wishare.accounts.urls")),
    path("", include("wishare.activity.urls")),
    path("", include("wishare.live.urls")),
    path("", include("wishare.notifications.urls")),
    path("", include("wishare.connections.urls")),
    path("", include("wishare.wishlists.urls")),
    path("", include("wishare.comments.urls")),
]
