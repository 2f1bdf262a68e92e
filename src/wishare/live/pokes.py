"""Pokes for what happened. `reactions.py` says which for what; they leave after the commit.

What claims cause goes to the givers' channel and nowhere else: no owner's ticket names it.
"""

from wishare.access.channels import of_activity, of_givers, of_list
from wishare.access.choices import Visibility
from wishare.accounts.facts import ProfileUpdated
from wishare.connections.facts import FriendsConnected
from wishare.core.pubsub import poke
from wishare.wishlists.facts import ItemAdded, ItemChanged, ItemClaimed, ItemLookedUp, ListChanged, ListCreated
from wishare.wishlists.models import Wishlist


def list_created(fact: ListCreated) -> None:
    _tell_friends(fact.wishlist)


def list_changed(fact: ListChanged) -> None:
    """Friends also hear of one that they do not see any more."""
    poke(of_list(fact.wishlist.public_id), "list", fact.wishlist.public_id)
    _tell_friends(fact.wishlist, shown=fact.shown)


def item_changed(fact: ItemAdded | ItemChanged | ItemLookedUp) -> None:
    wishlist = fact.item.wishlist
    poke(of_list(wishlist.public_id), "item", fact.item.public_id)
    _tell_friends(wishlist)


def item_claimed(fact: ItemClaimed) -> None:
    poke(of_givers(fact.item.wishlist.public_id), "item", fact.item.public_id)


def profile_updated(fact: ProfileUpdated) -> None:
    poke(of_activity(fact.user.public_id), "activity")


def friends_connected(fact: FriendsConnected) -> None:
    for person in (fact.connection.user, fact.connection.partner):
        poke(of_activity(person.public_id), "activity")


def _tell_friends(wishlist: Wishlist, *, shown: bool = False) -> None:
    """Nobody hears that somebody is busy with a list that is private."""
    if shown or wishlist.visibility != Visibility.PRIVATE_LIST:
        poke(of_activity(wishlist.owner.public_id), "activity")
