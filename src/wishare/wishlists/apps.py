from django.apps import AppConfig


class WishlistsConfig(AppConfig):
    name = "wishare.wishlists"
