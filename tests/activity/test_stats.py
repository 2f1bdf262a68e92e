"""The numbers of what somebody did: right in each window, kept for a while, and never wrong after a write."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed
from wishare.accounts.models import User
from wishare.activity.models import Activity, Actor
from wishare.activity.stats import KEPT_FOR, Counts, Stats, stats_of
from wishare.wishlists.actions import claims
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


def stats(viewer: User) -> Stats:
    return stats_of(viewer, version(viewer), timezone.localdate())


def version(viewer: User) -> int:
    return Actor.objects.filter(pk=viewer.pk).values_list("version", flat=True).first() or 0


def done_before(days: int, **rows: object) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    Activity.objects.filter(**rows).update(created_at=noon - timedelta(days=days))


def test_each_kind_is_counted_by_itself(owner: User, friend: User, item: Item) -> None:
    claims.purchase_claim(claim=claimed(item, friend))
    a_wish(a_list(friend), name="Drum")
    assert stats(friend).today == Counts(
        total=4, wishlists_created=1, items_added=1, items_purchased=1, friends_connected=1
    )
    assert stats(owner).month == Counts(total=3, wishlists_created=1, items_added=1, friends_connected=1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, (1, 1, 1)), (1, (0, 1, 1)), (6, (0, 1, 1)), (7, (0, 0, 1)), (29, (0, 0, 1)), (30, (0, 0, 0))],
)
def test_a_window_has_whole_days(days: int, expected: tuple[int, ...], owner: User, wishlist: Wishlist) -> None:
    done_before(days, wishlist=wishlist)
    numbers = stats(owner)
    assert (numbers.today.total, numbers.week.total, numbers.month.total) == expected


def test_a_second_look_asks_nothing_and_an_own_write_is_seen_at_once(owner: User, wishlist: Wishlist) -> None:
    read, today = version(owner), timezone.localdate()
    stats_of(owner, read, today)
    with CaptureQueriesContext(connection) as queries:
        stats_of(owner, read, today)
    assert len(queries) == 0
    a_wish(wishlist)
    assert stats(owner).today.items_added == 1
    Activity.objects.all().delete()
    assert stats(owner) == Stats()


def test_it_is_one_query_and_kept_for_a_quarter_of_an_hour(
    owner: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append(timeout))
    read, today = version(owner), timezone.localdate()
    stats_of(owner, read, today, use_cache=False)
    with CaptureQueriesContext(connection) as queries:
        stats_of(owner, read, today)
    assert len([query for query in queries if "activity_activity" in query["sql"]]) == 1
    assert kept == [KEPT_FOR] == [15 * 60]


def test_tomorrow_is_another_day(owner: User, wishlist: Wishlist) -> None:
    today, read = timezone.localdate(), version(owner)
    assert stats_of(owner, read, today).today.total == 1
    tomorrow = stats_of(owner, read, today + timedelta(days=1))
    assert (tomorrow.today.total, tomorrow.week.total) == (0, 1)


def test_others_are_not_counted(owner: User, wishlist: Wishlist) -> None:
    assert stats(person("Stefan")) == Stats()
