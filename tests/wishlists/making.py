"""Short ways to the rows that a test of an action needs; written through the actions where there is one."""

from typing import Any

from tests.support.cast import person
from wishare.accounts.models import User
from wishare.connections.actions import befriend
from wishare.wishlists.actions.claims import claim_item, claim_item_as_guest
from wishare.wishlists.actions.items import add_item
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import claims_by, guest_claims


def friend_of(owner: User, name: str) -> User:
    somebody = person(name)
    befriend(user=owner, partner=somebody)
    return somebody


def a_list(owner: User, name: str = "Birthday", **fields: Any) -> Wishlist:
    return create_wishlist(owner=owner, name=name, **fields)


def a_wish(wishlist: Wishlist, name: str = "Kettle", **fields: Any) -> Item:
    return add_item(wishlist=wishlist, name=name, **fields)


def claimed(item: Item, giver: User, quantity: int = 1, share_token: str = "") -> Claim:
    """A claim as its giver's pages read it."""
    made = claim_item(item=item, giver=giver, quantity=quantity, share_token=share_token)
    return claims_by(giver).get(pk=made.pk)


def claimed_by_guest(item: Item, name: str = "Gil", **fields: Any) -> tuple[Claim, str]:
    """A guest's claim as the manage page reads it, and the token of that page."""
    made = claim_item_as_guest(item=item, name=name, **{"share_token": "", **fields})
    return guest_claims(made.manage_token).get(), made.manage_token
