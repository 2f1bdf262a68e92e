"""What a giver is told when the owner edits, removes or hides a wish they have chosen."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.support.cast import befriend
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.actions import disconnect
from wishare.connections.models import Connection
from wishare.wishlists.actions.claims import acknowledge_changes, undo_claim
from wishare.wishlists.actions.items import delete_item, edit_item, receive_item, restore_item, unreceive_item
from wishare.wishlists.actions.lists import (
    delete_wishlist,
    edit_wishlist,
    purge_deleted,
    restore_wishlist,
    share_wishlist,
)
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import claims_by, guest_claims
from wishare.wishlists.snapshots import changes, current, sentence

REMOVED = ["It was removed from the list. This is what you chose."]
HIDDEN = ["The list is no longer shared with you. This is what you chose."]
RECEIVED = ["It has been marked as received."]
AGAIN = ["It is on the list again."]


@pytest.fixture
def claim(friend: User, wishlist: Wishlist) -> Claim:
    return claimed(a_wish(wishlist, price=Decimal(5), url="https://shop.example/k", description="red"), friend)


def told(claim: Claim) -> list[str]:
    """The notices on the giver's page as it would be now."""
    return [sentence(change) for change in changes(read(claim))]


def read(claim: Claim) -> Claim:
    assert claim.giver
    return claims_by(claim.giver).get(pk=claim.pk)


def item_of(claim: Claim) -> Item:
    assert claim.item
    return Item.objects.select_related("wishlist").get(pk=claim.item.pk)


def test_nothing_is_said_when_nothing_changed(claim: Claim) -> None:
    edit_item(item=item_of(claim), quantity=5, priority=2)
    edit_wishlist(wishlist=item_of(claim).wishlist, name="Another name of the list")
    assert told(claim) == []


@pytest.mark.parametrize(
    ("fields", "notices"),
    [
        ({"name": "Teapot"}, ["It is now called “Teapot”."]),
        ({"price": Decimal("7.5")}, ["The price is now $7.50."]),
        ({"price": None}, ["It has no price any more."]),
        ({"price": None, "currency": "EUR"}, ["It has no price any more."]),
        ({"currency": "EUR"}, ["The price is now €5.00."]),
        ({"url": ""}, ["It has no link any more."]),
        ({"url": "https://shop.example/t"}, ["The link is now https://shop.example/t."]),
        ({"description": "blue"}, ["The note now says: blue"]),
        ({"name": "T", "description": "b"}, ["It is now called “T”.", "The note now says: b"]),
    ],
)
def test_each_edit_is_a_sentence_until_the_giver_has_acknowledged_it(
    claim: Claim, fields: dict[str, object], notices: list[str]
) -> None:
    edit_item(item=item_of(claim), **fields)
    assert told(claim) == notices
    acknowledge_changes(claim=read(claim))
    assert told(claim) == []


def remove(claim: Claim) -> None:
    delete_item(item=item_of(claim))


def remove_list(claim: Claim) -> None:
    delete_wishlist(wishlist=item_of(claim).wishlist)


def receive(claim: Claim) -> None:
    receive_item(item=item_of(claim))


def hide(claim: Claim) -> None:
    edit_wishlist(wishlist=item_of(claim).wishlist, visibility=Visibility.PRIVATE_LIST)


def part(claim: Claim) -> None:
    disconnect(connection=Connection.objects.get())


def put_back(claim: Claim) -> None:
    restore_item(item=item_of(claim))


def put_list_back(claim: Claim) -> None:
    restore_wishlist(wishlist=item_of(claim).wishlist)


def unreceive(claim: Claim) -> None:
    unreceive_item(item=item_of(claim))


def show(claim: Claim) -> None:
    edit_wishlist(wishlist=item_of(claim).wishlist, visibility=Visibility.PARTNER_ONLY)


def make_up(claim: Claim) -> None:
    assert claim.giver
    befriend(item_of(claim).wishlist.owner, claim.giver)


@pytest.mark.parametrize(
    ("off", "notices", "on"),
    [
        (remove, REMOVED, put_back),
        (remove_list, REMOVED, put_list_back),
        (receive, RECEIVED, unreceive),
        (hide, HIDDEN, show),
        (part, HIDDEN, make_up),
    ],
)
def test_a_wish_that_goes_and_comes_back_is_told_both_times(
    claim: Claim, off: Callable[[Claim], None], notices: list[str], on: Callable[[Claim], None]
) -> None:
    off(claim)
    assert told(claim) == notices
    acknowledge_changes(claim=read(claim))
    assert told(claim) == []
    on(claim)
    assert told(claim) == AGAIN
    acknowledge_changes(claim=read(claim))
    assert told(claim) == []


@pytest.mark.parametrize("off", [remove, remove_list, hide, part])
def test_what_the_owner_changes_out_of_sight_is_not_told(claim: Claim, off: Callable[[Claim], None]) -> None:
    known = current(read(claim))
    off(claim)
    Item.objects.update(name="Secret")
    assert {**current(read(claim)), "state": "open"} == known


def test_a_purged_wish_is_still_what_the_giver_chose(claim: Claim) -> None:
    remove(claim)
    purge_deleted(before=timezone.now())
    assert (told(claim), current(read(claim))["name"]) == (REMOVED, "Kettle")
    acknowledge_changes(claim=read(claim))
    assert told(claim) == []


def test_acknowledging_takes_the_new_event_date_only_while_the_list_can_be_seen(claim: Claim) -> None:
    wishlist = item_of(claim).wishlist
    edit_wishlist(wishlist=wishlist, event_date=date(2026, 12, 24))
    acknowledge_changes(claim=read(claim))
    assert read(claim).event_date == date(2026, 12, 24)
    edit_wishlist(wishlist=wishlist, event_date=date(2027, 1, 6), visibility=Visibility.PRIVATE_LIST)
    acknowledge_changes(claim=read(claim))
    assert read(claim).event_date == date(2026, 12, 24)


def test_acknowledging_a_claim_that_was_undone_meanwhile_does_nothing(claim: Claim) -> None:
    undo_claim(claim=claim)
    acknowledge_changes(claim=claim)
    assert Claim.objects.count() == 0


@pytest.mark.parametrize("visibility", list(Visibility))
def test_a_guest_sees_the_wish_as_long_as_their_link_is_valid(owner: User, visibility: Visibility) -> None:
    wishlist = a_list(owner, visibility=visibility)
    item = a_wish(wishlist)
    _claim, token = claimed_by_guest(item, share_token=share_wishlist(wishlist=wishlist))
    edit_item(item=item, name="Teapot")
    assert [sentence(change) for change in changes(guest_claims(token).get())] == ["It is now called “Teapot”."]
    share_wishlist(wishlist=wishlist)
    assert [sentence(change) for change in changes(guest_claims(token).get())] == HIDDEN


def test_a_friend_who_came_by_link_does_not_need_the_link(claim: Claim) -> None:
    share_wishlist(wishlist=item_of(claim).wishlist)
    share_wishlist(wishlist=item_of(claim).wishlist)
    assert told(claim) == []
