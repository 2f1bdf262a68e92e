"""Wishes, as their owner adds, edits, removes, archives and orders them."""

from datetime import timedelta
from decimal import Decimal
from typing import get_args

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed
from wishare.accounts.models import User
from wishare.core.errors import Refused
from wishare.wishlists.actions import items
from wishare.wishlists.actions.items import (
    Direction,
    add_item,
    delete_item,
    edit_item,
    move_item,
    move_item_before,
    receive_item,
    restore_item,
    unreceive_item,
)
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import open_items, received_items

URL = "https://shop.example/p?id=7"
DUPLICATE = r"^This product is on the list already, as “Kettle”\.$"


def fresh(item: Item) -> Item:
    return Item.objects.select_related("wishlist").get(pk=item.pk)


def order(wishlist: Wishlist) -> str:
    return "".join(open_items(wishlist).values_list("name", flat=True))


def letters(wishlist: Wishlist, names: str = "ABCD") -> dict[str, Item]:
    return {name: a_wish(wishlist, name) for name in names}


def test_a_new_wish_goes_to_the_end_and_changes_the_list(wishlist: Wishlist) -> None:
    letters(wishlist)
    assert order(wishlist) == "ABCD"
    assert Wishlist.objects.get().version > wishlist.version


def test_the_same_wish_sent_twice_within_a_minute_is_one_wish(wishlist: Wishlist) -> None:
    fields = {"name": "Kettle", "price": Decimal("12.50"), "url": URL}
    assert add_item(wishlist=wishlist, **fields) == add_item(wishlist=wishlist, **fields)
    assert Item.objects.count() == 1


def test_the_same_wish_after_a_minute_is_a_second_wish(wishlist: Wishlist, item: Item) -> None:
    Item.objects.update(created_at=timezone.now() - timedelta(seconds=61))
    assert a_wish(wishlist) != item


@pytest.mark.parametrize("gone", [delete_item, receive_item])
def test_the_same_wish_after_the_first_is_off_the_list_is_a_new_wish(
    wishlist: Wishlist, item: Item, gone: object
) -> None:
    gone(item=item)  # type: ignore[operator]
    assert a_wish(wishlist) != item


def test_a_full_list_refuses_more_and_a_removed_wish_makes_room(
    wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(items, "ITEMS_AT_MOST", 2)
    rows = letters(wishlist, "AB")
    with pytest.raises(Refused, match=r"^This list is full: it has 2 wishes\.$"):
        a_wish(wishlist, "C")
    delete_item(item=rows["A"])
    a_wish(wishlist, "C")
    assert order(wishlist) == "BC"


def test_a_removed_wish_waits_until_there_is_room(wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(items, "ITEMS_AT_MOST", 2)
    rows = letters(wishlist, "AB")
    delete_item(item=rows["A"])
    third = a_wish(wishlist, "C")
    with pytest.raises(Refused, match=r"^This list is full: it has 2 wishes\.$"):
        restore_item(item=rows["A"])
    assert order(wishlist) == "BC"
    restore_item(item=third)  # which was not removed
    delete_item(item=third)
    restore_item(item=rows["A"])
    assert order(wishlist) == "AB"


def test_a_product_is_on_a_list_once_whatever_the_tracking(wishlist: Wishlist) -> None:
    a_wish(wishlist, url=URL)
    with pytest.raises(Refused, match=DUPLICATE):
        a_wish(wishlist, "Again", url="http://www.shop.example/p/?utm_source=mail&id=7#reviews")
    assert Item.objects.count() == 1


def test_another_variant_and_another_list_may_have_the_product(owner: User, wishlist: Wishlist) -> None:
    a_wish(wishlist, url=URL)
    a_wish(wishlist, "Blue", url="https://shop.example/p?id=8")
    a_wish(a_list(owner, "Other"), url=URL)
    assert Item.objects.count() == 3


def test_wishes_without_an_address_are_never_duplicates(wishlist: Wishlist, item: Item) -> None:
    a_wish(wishlist, "Other")
    assert order(wishlist) == "KettleOther"


def test_editing_towards_another_wishs_product_is_refused_and_changes_nothing(wishlist: Wishlist) -> None:
    a_wish(wishlist, url=URL)
    other = a_wish(wishlist, "Pot", url="https://shop.example/pot")
    with pytest.raises(Refused, match=DUPLICATE):
        edit_item(item=other, name="Changed", url=URL)
    assert (fresh(other).name, fresh(other).url) == ("Pot", "https://shop.example/pot")


def test_editing_a_wish_without_changing_its_address_is_no_duplicate_of_itself(wishlist: Wishlist) -> None:
    item = a_wish(wishlist, url=URL)
    edit_item(item=item, name="Better kettle", url=URL)
    assert fresh(item).name == "Better kettle"
    assert fresh(item).version > item.version


@pytest.mark.parametrize(("off", "back"), [(delete_item, restore_item), (receive_item, unreceive_item)])
def test_a_wish_does_not_come_back_when_its_product_was_added_meanwhile(
    wishlist: Wishlist, off: object, back: object
) -> None:
    first = a_wish(wishlist, "Old", url=URL)
    off(item=first)  # type: ignore[operator]
    second = a_wish(wishlist, url=URL)
    with pytest.raises(Refused, match=DUPLICATE):
        back(item=first)  # type: ignore[operator]
    assert order(wishlist) == "Kettle"
    delete_item(item=second)
    back(item=first)  # type: ignore[operator]
    assert order(wishlist) == "Old"


def test_restoring_a_received_wish_does_not_mind_its_product_on_the_list(wishlist: Wishlist) -> None:
    first = a_wish(wishlist, "Old", url=URL)
    receive_item(item=first)
    delete_item(item=first)
    a_wish(wishlist, url=URL)
    restore_item(item=first)
    assert [item.name for item in received_items(wishlist)] == ["Old"]


def test_a_removed_wish_comes_back_to_its_place(wishlist: Wishlist) -> None:
    rows = letters(wishlist)
    delete_item(item=rows["B"])
    assert order(wishlist) == "ACD"
    restore_item(item=rows["B"])
    assert order(wishlist) == "ABCD"


def test_receiving_twice_keeps_the_first_moment_and_unreceiving_opens_again(wishlist: Wishlist, item: Item) -> None:
    receive_item(item=item)
    first = fresh(item).received_at
    receive_item(item=item)
    assert (fresh(item).received_at, order(wishlist)) == (first, "")
    unreceive_item(item=item)
    assert (fresh(item).received_at, order(wishlist)) == (None, "Kettle")


@pytest.mark.parametrize(
    ("name", "direction", "expected"),
    [
        ("B", "up", "BACD"),
        ("A", "up", "ABCD"),
        ("B", "down", "ACBD"),
        ("D", "down", "ABCD"),
        ("C", "top", "CABD"),
        ("B", "bottom", "ACDB"),
    ],
)
def test_a_wish_moves_by_one_place_or_to_an_end(
    wishlist: Wishlist, name: str, direction: Direction, expected: str
) -> None:
    move_item(item=letters(wishlist)[name], direction=direction)
    assert order(wishlist) == expected


@pytest.mark.parametrize(
    ("name", "before", "expected"),
    [("D", "A", "DABC"), ("A", "D", "BCAD"), ("A", "A", "BCDA"), ("B", None, "ACDB"), ("B", "C", "ABCD")],
)
def test_a_wish_moves_before_another_or_to_the_end(
    wishlist: Wishlist, name: str, before: str | None, expected: str
) -> None:
    rows = letters(wishlist)
    move_item_before(item=rows[name], before=rows[before] if before else None)
    assert order(wishlist) == expected


def test_before_a_wish_of_another_list_means_the_end(owner: User, wishlist: Wishlist) -> None:
    rows = letters(wishlist)
    move_item_before(item=rows["A"], before=a_wish(a_list(owner, "Other")))
    assert order(wishlist) == "BCDA"


@pytest.mark.parametrize("off", [delete_item, receive_item])
def test_a_wish_off_the_list_cannot_be_moved(wishlist: Wishlist, item: Item, off: object) -> None:
    off(item=item)  # type: ignore[operator]
    for move in (
        lambda: move_item(item=item, direction="up"),
        lambda: move_item_before(item=item, before=None),
    ):
        with pytest.raises(Refused, match=r"^This wish is not on the list any more\.$"):
            move()


def test_no_write_of_the_owner_touches_what_givers_know(owner: User, friend: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, url=URL)
    claim = claimed(item, friend)
    before = (fresh(item).claims_version, fresh(item).wishlist.claims_version)
    edit_item(item=item, name="Pot", quantity=2)
    for write in (delete_item, restore_item, receive_item, unreceive_item):
        write(item=item)
    move_item(item=item, direction="top")
    assert (fresh(item).claims_version, fresh(item).wishlist.claims_version) == before
    claim.refresh_from_db()
    assert (claim.item_id, claim.quantity, claim.snapshot["name"]) == (item.pk, 1, "Kettle")


def test_a_picture_is_kept_replaced_and_removed(wishlist: Wishlist, django_capture_on_commit_callbacks: object) -> None:
    item = a_wish(wishlist, image=ContentFile(b"one", name="one.webp"))
    first = item.image.name
    assert edit_item(item=item, name="Pot").image.name == first
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        second = edit_item(item=item, image=ContentFile(b"two", name="two.webp")).image.name
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        edit_item(item=item, image=False)
    assert (fresh(item).image.name, default_storage.exists(second)) == ("", False)


MOVES = st.lists(st.tuples(st.integers(0, 4), st.sampled_from(get_args(Direction))), max_size=8)


class AnyMoves(TestCase):
    @settings(max_examples=25)
    @given(MOVES)
    def test_any_moves_keep_every_wish_once_and_agree_with_a_list_in_memory(
        self, moves: list[tuple[int, Direction]]
    ) -> None:
        wishlist = a_list(person("Mover"))
        rows = letters(wishlist, "ABCDE")
        expected = list(rows)
        for at, direction in moves:
            name = sorted(rows)[at]
            move_item(item=rows[name], direction=direction)
            place = expected.index(name)
            expected.remove(name)
            target = {"up": max(place - 1, 0), "down": place + 1, "top": 0, "bottom": 4}[direction]
            expected.insert(target, name)
        assert order(wishlist) == "".join(expected)
