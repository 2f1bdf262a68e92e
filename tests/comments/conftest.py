"""Olga, who is the owner, her friend Fred, and a list of hers with one wish."""

from tests.support.fixtures import friend, item, owner, wishlist

__all__ = ["friend", "item", "owner", "wishlist"]
