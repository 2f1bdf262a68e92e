"""Never stale: random writes through every door, and pages from the cache that equal the pages without it.

`bin/test --coherence 100000` makes that many steps, in a process for each core.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from random import Random
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection

from tests.coherence.machine import run
from tests.coherence.pages import DifferenceError, pages_without_id
from tests.coherence.stage import WRITES, Stage, perform, set_stage
from wishare.accounts.models import User
from wishare.core import versions
from wishare.core.versions import MAKERS, Bump, Touch, Trigger
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db
SHORT, PARTS = 120, 2
#: How many steps at most until a missing trigger is noticed: among all writes, and among those of its table.
SOON, VERY_SOON = 1000, 100
#: The writes of a table that move no other version on the way. Those of a table that is not here are all there are.
ALONE = {
    "accounts_user": ["people_updated", "people_bulk_updated", "person_renamed_in_sql"],
    "connections_connection": ["friends_of_one_meet", "friendships_updated", "friendship_written_in_sql"],
    "wishlists_item": ["items_updated", "item_written_in_sql"],
    "wishlists_wishlist": ["lists_updated", "list_written_in_sql", "lists_bulk_created", "lists_removed_for_good"],
    "activity_activity": [
        *("news_bulk_created", "news_saved", "news_deleted_in_sql", "news_almost_forgotten"),
        *("activities_deleted", "activities_moved_in_time"),
    ],
    "comments_comment": [*["comments_updated"] * 2, "comment_written_in_sql", "comment_deleted_in_sql", "comment_made"],
}
#: What says something among givers, some of whom know each other, and changes it by a door that moves nothing else.
AMONG_GIVERS = {
    "comments_comment": ["friends_of_one_meet", "whisper_made", "whispers_updated"],
    "activity_activity": ["friends_of_one_meet", *["whisper_made"] * 2, "news_of_whisper_deleted_in_sql"],
}
#: What cannot be noticed on a page, because other numbers of its key move whenever these do.
CARRIED_BY_OTHERS = {
    "connections_connection INSERT": "who is a friend decides which versions are summed; the news of it are inserted",
    "connections_connection DELETE": "the same, and the news of it are deleted with it",
    "comments_comment INSERT": "it is told only with the news of it, which are inserted",
}


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_from_the_cache_are_the_pages_without_it(
    part: int, record_property: Callable[[str, object], None]
) -> None:
    record_property("coherence steps", run(-(-SHORT // PARTS), part * 10**6))


ITEM_TOUCHES_LIST = Touch("wishlists.Item", "wishlist", apart=("version", "claims_version"))


@pytest.mark.once
def test_a_version_that_does_not_move_is_noticed_among_all_writes() -> None:
    with without(triggers_of(ITEM_TOUCHES_LIST)), pytest.raises(DifferenceError):
        run(SOON, 7, shrink=False)


@pytest.mark.once
@pytest.mark.parametrize(
    "rule",
    [
        Bump("accounts.User", apart=("circle_version", "last_login")),
        Bump("wishlists.Wishlist", apart=("claims_version", "updated_at")),
        ITEM_TOUCHES_LIST,
    ],
    ids=lambda rule: f"{rule.model} {rule.column}",
)
def test_a_version_of_a_row_that_does_not_move_is_noticed(rule: Bump | Touch) -> None:
    with without(triggers_of(rule)), pytest.raises(DifferenceError):
        write_alone(apps.get_model(rule.model)._meta.db_table)


def of_circles() -> dict[str, list[Trigger]]:
    """The triggers that move what the dashboards of friends are kept under, by table and event.

    Two of one table and event, for the two sides of a friendship, are dropped together: to whom both are friends
    each of them does for the other.
    """
    found: dict[str, list[Trigger]] = defaultdict(list)
    for trigger in triggers():
        if "circle_version" in trigger.body:
            found[f"{trigger.table} {trigger.event.split()[1]}"].append(trigger)
    return found


def triggers() -> list[Trigger]:
    return list(versions.declared(connection.vendor))


def triggers_of(rule: Bump | Touch) -> list[Trigger]:
    return list(MAKERS[type(rule)](rule, connection.vendor))


@pytest.mark.parametrize("name", sorted(of_circles().keys() - CARRIED_BY_OTHERS.keys() - {"accounts_user INSERT"}))
def test_a_circle_that_does_not_move_is_noticed(name: str) -> None:
    with without(of_circles()[name]), pytest.raises(DifferenceError):
        write_alone(name.split(maxsplit=1)[0])


@pytest.mark.parametrize("table", ["comments_comment", "activity_activity"])
def test_what_is_said_among_givers_and_moves_no_version_is_noticed(table: str) -> None:
    rules = {
        "comments_comment": Touch("comments.Comment", "givers", apart=("version",)),
        "activity_activity": Touch("activity.Activity", "givers"),
    }
    with without(triggers_of(rules[table])), pytest.raises(DifferenceError):
        write_alone(table, AMONG_GIVERS[table])


def test_somebody_who_begins_anew_with_old_numbers_is_noticed() -> None:
    """Nothing else is left of who was deleted for good and is put back. The other number alone is enough, too."""
    begin = [trigger for trigger in triggers() if trigger.table == "accounts_user" and " INSERT" in trigger.event]
    assert set(of_circles()["accounts_user INSERT"]) < set(begin)
    with without(begin), pytest.raises(DifferenceError):
        put_somebody_back(set_stage())
    put_somebody_back(set_stage())


def write_alone(table: str, names: Sequence[str] = ()) -> None:
    """After each write all see their dashboards."""
    stage, random = set_stage(), Random(7)
    with stage.clock.rules():
        for _ in range(VERY_SOON):
            perform(random.choice(names or ALONE.get(table) or sorted(WRITES)), stage, random)
            compare_dashboards(stage)


def put_somebody_back(stage: Stage) -> None:
    user = stage.join()
    Wishlist.objects.bulk_create([Wishlist(owner=user, name="Gone with its owner")])
    copy = User.objects.get(pk=user.pk)
    compare_dashboards(stage)
    User.objects.filter(pk=user.pk).delete()
    copy.save(force_insert=True)
    stage.browsers.sign_in(copy)
    compare_dashboards(stage)


def compare_dashboards(stage: Stage) -> None:
    for look in stage.browsers.dashboards():
        stage.browsers.compare(look)


def test_the_pages_with_fragments_are_among_those_looked_at() -> None:
    pages = {"wishlists", "dashboard", "discover", "calendar", "friends", "gifts", "activity"}
    assert pages <= pages_without_id().keys()


@contextmanager
def without(missing: list[Trigger]) -> Iterator[None]:
    """The database as it would be if somebody had forgotten these triggers."""
    declared = triggers()
    left = [trigger for trigger in declared if trigger not in missing]
    assert len(left) == len(declared) - len(missing)
    try:
        with patch.object(versions, "declared", lambda vendor: iter(left)):
            assert versions.install()
            yield
    finally:
        connection.check_constraints()  # PostgreSQL changes no triggers of a table with rows that it has yet to check
        assert versions.install()
