"""The numbers of what somebody did: right in each window, kept for a while, and never wrong after a write."""

from datetime import datetime, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.cast import person
from tests.wishlists.making import a_list, a_wish, claimed
from wishare.accounts.models import User
from wishare.activity.models import Activity
from wishare.activity.queries import latest
from wishare.activity.stats import KEPT_FOR, Counts, Stats, stats_of
from wishare.wishlists.actions import claims
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db


def stats(viewer: User) -> Stats:
    return stats_of(viewer, latest(viewer).version)


def done_before(days: int, **rows: object) -> None:
    noon = timezone.localtime().replace(hour=12, minute=0)
    Activity.objects.filter(**rows).update(created_at=noon - timedelta(days=days))


def test_each_kind_is_counted_by_itself(olga: User, fred: User, item: Item) -> None:
    claims.purchase_claim(claim=claimed(item, fred))
    a_wish(a_list(fred), name="Drum")
    assert stats(fred).today == Counts(
        total=4, wishlists_created=1, items_added=1, items_purchased=1, friends_connected=1
    )
    assert stats(olga).month == Counts(total=3, wishlists_created=1, items_added=1, friends_connected=1)


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, (1, 1, 1)), (1, (0, 1, 1)), (6, (0, 1, 1)), (7, (0, 0, 1)), (29, (0, 0, 1)), (30, (0, 0, 0))],
)
def test_a_window_has_whole_days(days: int, expected: tuple[int, ...], olga: User, wishlist: Wishlist) -> None:
    done_before(days, wishlist=wishlist)
    numbers = stats(olga)
    assert (numbers.today.total, numbers.week.total, numbers.month.total) == expected


def test_a_second_look_asks_nothing_and_an_own_write_is_seen_at_once(olga: User, wishlist: Wishlist) -> None:
    version = latest(olga).version
    stats_of(olga, version)
    with CaptureQueriesContext(connection) as queries:
        stats_of(olga, version)
    assert len(queries) == 0
    a_wish(wishlist)
    assert stats(olga).today.items_added == 1
    Activity.objects.all().delete()
    assert stats(olga) == Stats()


def test_it_is_one_query_and_kept_for_a_quarter_of_an_hour(
    olga: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[int] = []
    monkeypatch.setattr(cache, "set", lambda key, value, timeout: kept.append(timeout))
    version = latest(olga).version
    stats_of(olga, version, use_cache=False)
    with CaptureQueriesContext(connection) as queries:
        stats_of(olga, version)
    assert len([query for query in queries if "activity_activity" in query["sql"]]) == 1
    assert kept == [KEPT_FOR] == [15 * 60]


def test_tomorrow_is_another_day(olga: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch) -> None:
    assert stats(olga).today.total == 1
    tomorrow: datetime = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert stats(olga).today.total == 0
    assert stats(olga).week.total == 1


def test_others_are_not_counted(olga: User, wishlist: Wishlist) -> None:
    assert stats(person("Stefan")) == Stats()
