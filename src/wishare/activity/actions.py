"""Writes an activity for a fact, in the transaction of the action. `reactions.py` says which for which."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from wishare.accounts.facts import ProfileUpdated
from wishare.activity.facts import Did
from wishare.activity.models import Activity, Actor, Kind
from wishare.comments.facts import CommentMade
from wishare.connections.facts import FriendsConnected
from wishare.core.facts import happened
from wishare.wishlists.facts import ClaimPurchased, ClaimUnpurchased, ItemAdded, ListCreated, ListShared

SAME_AGAIN = timedelta(days=1)


def record(actor_id: int, kind: Kind, **target: Any) -> None:
    """Keeps what somebody did. The same to the same thing within a day is not told twice."""
    actor, _made = Actor.objects.get_or_create(pk=actor_id)
    since = timezone.now() - SAME_AGAIN
    if not Activity.objects.filter(actor=actor, kind=kind, created_at__gt=since, **target).exists():
        Activity.objects.create(actor=actor, kind=kind, **target)
        happened(Did(actor_id))


def list_created(fact: ListCreated) -> None:
    record(fact.wishlist.owner_id, Kind.WISHLIST_CREATED, wishlist=fact.wishlist)


def list_shared(fact: ListShared) -> None:
    record(fact.wishlist.owner_id, Kind.WISHLIST_SHARED, wishlist=fact.wishlist)


def item_added(fact: ItemAdded) -> None:
    wishlist = fact.item.wishlist
    record(wishlist.owner_id, Kind.ITEM_ADDED, item=fact.item, wishlist=wishlist)


def claim_purchased(fact: ClaimPurchased) -> None:
    """Guests have no account to keep it for, and a wish that is gone is nothing one could see."""
    claim, item = fact.claim, fact.claim.item
    if claim.giver_id and item:
        wishlist = item.wishlist
        whom = wishlist.owner_id
        record(claim.giver_id, Kind.ITEM_PURCHASED, claim=claim, item=item, wishlist=wishlist, person_id=whom)


def claim_unpurchased(fact: ClaimUnpurchased) -> None:
    deleted, _by_model = Activity.objects.filter(claim=fact.claim).delete()
    if deleted and fact.claim.giver_id:
        happened(Did(fact.claim.giver_id))


def comment_made(fact: CommentMade) -> None:
    comment = fact.comment
    kind = Kind.ITEM_COMMENTED if comment.item_id else Kind.WISHLIST_COMMENTED
    wishlist = comment.wishlist
    about = {"wishlist": wishlist, "item": comment.item, "person_id": wishlist.owner_id}
    record(comment.author_id, kind, comment=comment, givers=comment.givers, **about)


def friends_connected(fact: FriendsConnected) -> None:
    """For both, in an order in which two such transactions cannot lock each other out."""
    one, other = fact.connection.user_id, fact.connection.partner_id
    for actor, person in sorted([(one, other), (other, one)]):
        record(actor, Kind.FRIEND_CONNECTED, person_id=person, connection=fact.connection)


def profile_updated(fact: ProfileUpdated) -> None:
    record(fact.user.pk, Kind.PROFILE_UPDATED, person=fact.user)
