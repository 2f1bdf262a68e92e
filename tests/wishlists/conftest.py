"""Olga, who is the owner, her friend Fred, and a list of hers with one wish; and a shop."""

from tests.support.fixtures import friend, item, owner, shop, wishlist

__all__ = ["friend", "item", "owner", "shop", "wishlist"]
