"""Reserving, buying and giving back, with an account and as a guest."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.utils import timezone

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest, friend_of
from wishare.accounts.models import User
from wishare.core.errors import Refused
from wishare.core.ids import digest_of
from wishare.wishlists.actions.claims import (
    claim_item,
    claim_item_as_guest,
    purchase_claim,
    release_claims,
    undo_claim,
    unpurchase_claim,
)
from wishare.wishlists.actions.items import delete_item, edit_item, receive_item
from wishare.wishlists.actions.lists import delete_wishlist
from wishare.wishlists.choices import ItemStatus
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import giver_item, guest_claims, with_claims

TAKEN = r"^Somebody was faster: this wish is taken\.$"
GONE = r"^This wish is not on the list any more\.$"


def versions(item: Item) -> tuple[int, int, int, int]:
    """What the owner may know about, and what givers know about, of a wish and its list."""
    row = Item.objects.select_related("wishlist").get(pk=item.pk)
    return row.version, row.wishlist.version, row.claims_version, row.wishlist.claims_version


def status(item: Item, viewer: User) -> tuple[ItemStatus, int]:
    [seen] = map(giver_item, with_claims(Item.objects.filter(pk=item.pk), viewer))
    return seen.status, seen.left


def test_a_claim_remembers_the_wish_the_event_and_the_link(owner: User, friend: User) -> None:
    wishlist = a_list(owner, event_date=date(2026, 12, 24))
    item = a_wish(wishlist, description="red", url="https://shop.example/k", price=5, currency="EUR")
    claim = claim_item(item=item, giver=friend, share_token="x" * 43)
    assert (claim.status, claim.quantity, claim.event_date) == (Claim.Status.RESERVED, 1, date(2026, 12, 24))
    assert claim.share_token == "x" * 43
    assert claim.snapshot == {
        "name": "Kettle",
        "description": "red",
        "price": "5.00",
        "currency": "EUR",
        "url": "https://shop.example/k",
        "list_name": "Birthday",
        "owner_name": "Olga",
        "state": "open",
    }


def test_claiming_moves_only_what_givers_know(friend: User, item: Item) -> None:
    updated_at = [item.updated_at, Wishlist.objects.get().updated_at]
    seen = [versions(item)]
    claim = claimed(item, friend)
    for write in (purchase_claim, unpurchase_claim, undo_claim):
        seen.append(versions(item))
        write(claim=claim)
    seen.append(versions(item))
    assert {row[:2] for row in seen} == {seen[0][:2]}
    assert all(then[2] < now[2] and then[3] < now[3] for then, now in pairwise(seen))
    assert [Item.objects.get().updated_at, Wishlist.objects.get().updated_at] == updated_at


def test_quantity_is_shared_out_until_nothing_is_left(owner: User, friend: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Cups", quantity=3)
    claimed(item, friend, quantity=2)
    with pytest.raises(Refused, match=r"^Only 1 is left\.$"):
        claim_item(item=item, giver=friend_of(owner, "Greedy"), quantity=2)
    claimed_by_guest(item)
    with pytest.raises(Refused, match=TAKEN):
        claimed_by_guest(item, "Late")
    assert Claim.objects.count() == 2


def test_more_than_there_ever_was_is_refused_with_the_number_left(friend: User, wishlist: Wishlist) -> None:
    with pytest.raises(Refused, match=r"^Only 3 are left\.$"):
        claim_item(item=a_wish(wishlist, "Cups", quantity=3), giver=friend, quantity=4)


def test_a_wish_that_shrank_below_its_claims_is_taken_and_not_negative(
    owner: User, friend: User, wishlist: Wishlist
) -> None:
    item = a_wish(wishlist, "Cups", quantity=3)
    claimed(item, friend, quantity=3)
    edit_item(item=item, quantity=1)
    other = friend_of(owner, "Late")
    with pytest.raises(Refused, match=TAKEN):
        claim_item(item=item, giver=other)
    assert status(item, other) == (ItemStatus.RESERVED, 0)


def test_the_same_giver_twice_is_told_where_to_look(friend: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Cups", quantity=3)
    claimed(item, friend)
    with pytest.raises(Refused, match=r"^You have chosen this already\. You find it under My gifts\.$"):
        claim_item(item=item, giver=friend)
    assert Claim.objects.get().quantity == 1


def test_an_undone_claim_is_free_again_for_everybody(friend: User, item: Item) -> None:
    undo_claim(claim=claimed(item, friend))
    claim = claimed(item, friend)
    undo_claim(claim=claim)
    undo_claim(claim=claim)
    guest, _token = claimed_by_guest(item)
    assert list(Claim.objects.all()) == [guest]


def test_buying_twice_keeps_the_first_moment_and_can_be_taken_back(friend: User, item: Item) -> None:
    claim = claimed(item, friend)
    assert status(item, friend) == (ItemStatus.RESERVED, 0)
    purchase_claim(claim=claim)
    first = Claim.objects.get().purchased_at
    purchase_claim(claim=claim)
    assert first is not None
    assert Claim.objects.get().purchased_at == first
    assert status(item, friend) == (ItemStatus.PURCHASED, 0)
    unpurchase_claim(claim=claim)
    assert (Claim.objects.get().purchased_at, status(item, friend)) == (None, (ItemStatus.RESERVED, 0))


def test_a_wish_of_several_is_bought_only_when_all_are(owner: User, friend: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Cups", quantity=2)
    purchase_claim(claim=claimed(item, friend))
    assert status(item, friend) == (ItemStatus.AVAILABLE, 1)
    other, _token = claimed_by_guest(item)
    assert status(item, friend) == (ItemStatus.RESERVED, 0)
    purchase_claim(claim=other)
    assert status(item, friend) == (ItemStatus.PURCHASED, 0)


@pytest.mark.parametrize("gone", [delete_item, receive_item])
def test_a_wish_off_the_list_cannot_be_claimed(friend: User, item: Item, gone: object) -> None:
    gone(item=item)  # type: ignore[operator]
    with pytest.raises(Refused, match=GONE):
        claim_item(item=item, giver=friend)
    with pytest.raises(Refused, match=GONE):
        claimed_by_guest(item)


def test_a_wish_of_a_deleted_or_purged_list_cannot_be_claimed(friend: User, item: Item) -> None:
    delete_wishlist(wishlist=item.wishlist)
    with pytest.raises(Refused, match=GONE):
        claim_item(item=item, giver=friend)
    Wishlist.objects.all().delete()
    with pytest.raises(Refused, match=GONE):
        claim_item(item=item, giver=friend)


def test_a_guest_holds_the_only_copy_of_the_manage_link(item: Item) -> None:
    made = claim_item_as_guest(item=item, name="Gil", email="Gil@Example.ORG", share_token="s" * 43)
    stored = Claim.objects.values().get()
    assert made.manage_token not in str(stored)
    assert stored["manage_digest"] == digest_of(made.manage_token)
    assert (stored["guest_name"], stored["guest_email"], stored["giver_id"]) == (
        "Gil",
        "gil@example.org",
        None,
    )
    assert list(guest_claims(made.manage_token)) == [made.claim]
    assert list(guest_claims("x" * 43)) == []


def test_a_guests_form_sent_twice_is_one_claim_under_the_link_shown_last(wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Cups", quantity=3)
    first, lost = claimed_by_guest(item, email="gil@example.org")
    second, token = claimed_by_guest(item, email="gil@example.org")
    assert (first, Claim.objects.count()) == (second, 1)
    assert [list(guest_claims(word)) for word in (lost, token)] == [[], [first]]


def test_a_form_sent_twice_for_the_last_one_is_not_told_that_somebody_was_faster(item: Item) -> None:
    assert claimed_by_guest(item)[0] == claimed_by_guest(item)[0]


def test_another_guest_and_the_same_guest_later_make_claims_of_their_own(wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Cups", quantity=4)
    claimed_by_guest(item, "Gil")
    claimed_by_guest(item, "Gilda")
    claimed_by_guest(item, "Gil", email="gil@example.org")
    Claim.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    claimed_by_guest(item, "Gil")
    assert Claim.objects.count() == 4


def test_who_leaves_gives_everything_back_and_nobody_else_loses_anything(
    owner: User, friend: User, wishlist: Wishlist
) -> None:
    cups, lamp = a_wish(wishlist, "Cups", quantity=2), a_wish(a_list(person("Paul"), "Paul's"), "Lamp")
    claimed(cups, friend)
    purchase_claim(claim=claimed(lamp, friend))
    kept, _token = claimed_by_guest(cups)
    before = [versions(cups), versions(lamp)]
    release_claims(giver=friend)
    assert list(Claim.objects.all()) == [kept]
    for then, now in zip(before, [versions(cups), versions(lamp)], strict=True):
        assert now[:2] == then[:2]
        assert now[2] > then[2]
        assert now[3] > then[3]
