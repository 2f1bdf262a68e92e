"""News where a hundred thousand lists are: a few short joins, answered from the index of who did it."""

from collections.abc import Iterator

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from bench.sizes import DAY
from tests.indexes import databases
from tests.indexes.pages import hub, viewer
from tests.indexes.plans import effort, queries, used_indexes, without_statistics
from wishare.activity.models import Activity
from wishare.activity.queries import NEWEST, latest, news_begin, of_friends, of_oneself
from wishare.activity.stats import count
from wishare.core.pagination import paginate

INDEX = "index_activities_of_actor"
#: Rows of a page, with their targets, and of some that may not be told; in thousands of steps for SQLite.
FEW = {"postgresql": 500, "sqlite": 20}
#: What a thousand friends did in 90 days; an index that did not help would read everybody's.
MANY = {"postgresql": 100_000, "sqlite": 2_000}
ENOUGH = 60_000


@pytest.fixture(scope="module", autouse=True)
def data_set(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with django_db_blocker.unblock(), databases.seeded("M"):
        yield


PARTS = {
    "the dashboard": lambda: latest(viewer(), DAY),
    "news": lambda: paginate(of_friends(viewer(), news_begin(DAY)), tuple(NEWEST), "", 20),
    "what oneself did": lambda: paginate(of_oneself(viewer()), tuple(NEWEST), "", 20),
    "numbers": lambda: count(viewer(), DAY),
}


def test_there_is_enough_to_look_for() -> None:
    assert Activity.objects.count() > ENOUGH
    assert latest(viewer(), DAY).friends
    assert of_oneself(hub()).exists()


@pytest.mark.parametrize("part", PARTS)
def test_it_is_answered_from_the_index_and_reads_little(part: str) -> None:
    assert INDEX in used_indexes(PARTS[part])
    assert effort(PARTS[part]) <= FEW[connection.vendor]
    with without_statistics():
        assert INDEX in used_indexes(PARTS[part])
        assert effort(PARTS[part]) <= FEW[connection.vendor]


def test_with_a_thousand_friends_it_is_bounded_by_what_these_did() -> None:
    assert latest(hub(), DAY).friends
    assert effort(lambda: latest(hub(), DAY)) <= MANY[connection.vendor]


def test_the_statements_are_short_and_join_few_tables() -> None:
    """PostgreSQL thinks for tens of milliseconds about the order of eight tables."""
    found = [sql for sql, _params in queries(lambda: latest(viewer(), DAY)) if "activity_activity" in sql]
    assert len(found) == 2
    assert all(len(sql) < 5_200 for sql in found)
    assert all(sql.count(" JOIN ") <= 5 for sql in found)
