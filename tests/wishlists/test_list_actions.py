"""Lists, as their owner makes, changes, deletes, restores and shares them."""

from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.core.errors import Refused
from wishare.wishlists.actions import lists
from wishare.wishlists.actions.lists import (
    create_wishlist,
    delete_wishlist,
    edit_wishlist,
    purge_deleted,
    restore_wishlist,
    reveal_date,
    share_wishlist,
    unshare_wishlist,
)
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.lists import shared_lists

TODAY = date(2026, 5, 10)
DAY = timedelta(days=1)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> date:
    monkeypatch.setattr(timezone, "localdate", lambda: TODAY)
    return TODAY


def fresh(wishlist: Wishlist) -> Wishlist:
    return Wishlist.objects.get(pk=wishlist.pk)


def long_ago(wishlist: Wishlist) -> None:
    Wishlist.objects.filter(pk=wishlist.pk).update(created_at=timezone.now() - timedelta(seconds=61))


def test_the_first_list_is_the_default_list_and_later_ones_are_not(owner: User) -> None:
    assert [a_list(owner, name).is_default for name in ("A", "B", "C")] == [True, False, False]


def test_two_people_have_a_default_list_each(owner: User) -> None:
    assert [a_list(owner).is_default, a_list(person("Paul")).is_default] == [True, True]


def test_the_same_list_sent_twice_within_a_minute_is_one_list(owner: User) -> None:
    fields = {"name": "Xmas", "event_date": date(2026, 12, 24), "visibility": Visibility.PRIVATE_LIST}
    assert create_wishlist(owner=owner, **fields) == create_wishlist(owner=owner, **fields)
    assert Wishlist.objects.count() == 1


def test_the_same_list_after_a_minute_is_a_second_list(owner: User) -> None:
    first = a_list(owner)
    long_ago(first)
    assert a_list(owner) != first


def test_a_list_that_differs_in_one_field_is_a_second_list(owner: User) -> None:
    assert a_list(owner) != a_list(owner, description="the other one")


def test_the_same_list_after_deleting_the_first_is_a_new_list(owner: User, wishlist: Wishlist) -> None:
    delete_wishlist(wishlist=wishlist)
    assert a_list(owner) != wishlist


def test_more_lists_than_the_limit_are_refused(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists, "LISTS_AT_MOST", 2)
    second = [a_list(owner, "A"), a_list(owner, "B")][1]
    with pytest.raises(Refused, match=r"^You have 2 lists already\. Delete one first\.$"):
        a_list(owner, "C")
    delete_wishlist(wishlist=second)
    assert a_list(owner, "C").name == "C"
    with pytest.raises(Refused, match=r"^You have 2 lists already\. Delete one first\.$"):
        restore_wishlist(wishlist=second)
    assert fresh(second).deleted_at


def test_editing_changes_the_given_fields_and_the_version(wishlist: Wishlist) -> None:
    edited = edit_wishlist(wishlist=wishlist, name="Wedding", visibility=Visibility.PUBLICLY_VISIBLE)
    assert (edited.name, edited.visibility) == ("Wedding", 2)
    assert edited.version > wishlist.version
    assert fresh(wishlist).name == "Wedding"
    assert edited.claims_version == wishlist.claims_version


def test_a_cover_is_kept_replaced_and_removed(owner: User, django_capture_on_commit_callbacks: object) -> None:
    wishlist = a_list(owner, cover=ContentFile(b"one", name="one.webp"))
    first = wishlist.cover.name
    assert edit_wishlist(wishlist=wishlist, cover=None).cover.name == first
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        second = edit_wishlist(wishlist=wishlist, cover=ContentFile(b"two", name="two.webp")).cover.name
    assert (default_storage.exists(first), default_storage.exists(second)) == (False, True)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        assert edit_wishlist(wishlist=wishlist, cover=False).cover.name == ""
    assert default_storage.exists(second) is False


@pytest.mark.parametrize(
    ("event", "chosen", "current", "expected"),
    [
        (None, None, None, None),
        (TODAY + 9 * DAY, None, None, TODAY + 10 * DAY),
        (TODAY + 9 * DAY, TODAY + 3 * DAY, None, TODAY + 3 * DAY),
        (None, TODAY + 3 * DAY, None, TODAY + 3 * DAY),
        (TODAY - 40 * DAY, None, None, TODAY + DAY),
        (TODAY, TODAY, None, TODAY + DAY),
        (TODAY - 40 * DAY, None, TODAY - 39 * DAY, TODAY - 39 * DAY),
        (TODAY + 9 * DAY, TODAY - 2 * DAY, TODAY - 2 * DAY, TODAY - 2 * DAY),
        (TODAY + 9 * DAY, TODAY - 2 * DAY, TODAY + 10 * DAY, TODAY + DAY),
        (None, None, TODAY + 10 * DAY, None),
    ],
)
def test_the_reveal_date_is_the_chosen_day_else_the_day_after_the_event_and_never_moves_before_tomorrow(
    today: date, event: date | None, chosen: date | None, current: date | None, expected: date | None
) -> None:
    assert reveal_date(event_date=event, chosen=chosen, current=current) == expected


def test_a_reveal_date_nobody_chose_moves_with_the_event(owner: User, today: date) -> None:
    wishlist = a_list(owner, event_date=today + 5 * DAY)
    shown_in_form = wishlist.reveal_on
    edited = edit_wishlist(wishlist=wishlist, event_date=today + 50 * DAY, reveal_on=shown_in_form)
    assert edited.reveal_on == today + 51 * DAY


def test_a_chosen_reveal_date_stays_when_the_event_moves_but_never_before_the_event(owner: User, today: date) -> None:
    chosen = today + 20 * DAY
    wishlist = a_list(owner, event_date=today + 5 * DAY, reveal_on=chosen)
    edited = edit_wishlist(wishlist=wishlist, event_date=today + 9 * DAY, reveal_on=chosen)
    assert edited.reveal_on == chosen
    edited = edit_wishlist(wishlist=wishlist, event_date=today + 50 * DAY, reveal_on=chosen)
    assert edited.reveal_on == today + 51 * DAY


def test_a_list_used_again_for_next_year_is_a_surprise_again(owner: User, today: date) -> None:
    wishlist = a_list(owner, event_date=today + DAY)
    Wishlist.objects.update(event_date=today - 9 * DAY, reveal_on=today - 8 * DAY)
    edited = edit_wishlist(wishlist=wishlist, event_date=today + 300 * DAY, reveal_on=today - 8 * DAY)
    assert edited.reveal_on == today + 301 * DAY


def test_a_deleted_list_is_nobodys_and_comes_back_as_it_was(owner: User, wishlist: Wishlist, item: Item) -> None:
    token = share_wishlist(wishlist=wishlist)
    delete_wishlist(wishlist=wishlist)
    assert list(shared_lists(token)) == []
    assert fresh(wishlist).is_default is False
    restore_wishlist(wishlist=wishlist)
    assert list(shared_lists(token)) == [wishlist]
    assert (fresh(wishlist).is_default, fresh(wishlist).items.get()) == (True, item)


def test_a_restored_list_is_not_a_second_default(owner: User, wishlist: Wishlist) -> None:
    delete_wishlist(wishlist=wishlist)
    a_list(owner, "New default")
    restore_wishlist(wishlist=wishlist)
    assert [row.name for row in Wishlist.objects.filter(is_default=True)] == ["New default"]


def test_restoring_twice_keeps_the_default_list(owner: User, wishlist: Wishlist) -> None:
    restore_wishlist(wishlist=wishlist)
    assert fresh(wishlist).is_default is True


def test_a_new_share_link_ends_the_earlier_one(wishlist: Wishlist) -> None:
    first, second = share_wishlist(wishlist=wishlist), share_wishlist(wishlist=wishlist)
    assert [list(shared_lists(token)) for token in (first, second)] == [[], [wishlist]]
    assert len(second) == 43
    assert fresh(wishlist).version > wishlist.version


def test_a_list_that_is_not_shared_has_no_link_at_all(wishlist: Wishlist) -> None:
    token = share_wishlist(wishlist=wishlist)
    unshare_wishlist(wishlist=wishlist)
    assert [list(shared_lists(word)) for word in (token, "", "None")] == [[], [], []]


def test_purging_removes_what_was_deleted_before_and_leaves_givers_their_snapshot(
    owner: User, friend: User, wishlist: Wishlist, item: Item
) -> None:
    other = a_wish(a_list(owner, "Other"), "Lamp")
    claims = [claimed(item, friend), claimed_by_guest(other)[0]]
    delete_wishlist(wishlist=wishlist)
    Item.objects.filter(pk=other.pk).update(deleted_at=timezone.now())
    assert purge_deleted(before=timezone.now() - DAY) == 0
    purge_deleted(before=timezone.now() + DAY)
    assert [row.name for row in Wishlist.objects.all()] == ["Other"]
    assert Item.objects.count() == 0
    kept = Claim.objects.filter(pk__in=[claim.pk for claim in claims]).order_by("pk")
    assert [(claim.item, claim.snapshot["name"]) for claim in kept] == [(None, "Kettle"), (None, "Lamp")]


def test_purging_removes_the_pictures_too(owner: User, django_capture_on_commit_callbacks: object) -> None:
    wishlist = a_list(owner, cover=ContentFile(b"cover", name="cover.webp"))
    item = a_wish(wishlist, image=ContentFile(b"picture", name="picture.webp"))
    names = [wishlist.cover.name, item.image.name]
    delete_wishlist(wishlist=wishlist)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        purge_deleted(before=timezone.now() + DAY)
    assert [default_storage.exists(name) for name in names] == [False, False]
