"""Gifts write nothing that an owner can read, and comments for givers are not asked for."""

import pytest
from django.db.models import Model

from tests.support.cast import World, add_claims
from tests.surprise.observe import SCENARIOS, Scenario, queries
from wishare.access.choices import CommentAudience
from wishare.accounts.models import User
from wishare.comments.models import Comment, Givers
from wishare.connections.models import Connection, Invitation
from wishare.dashboard.versions import versions_of
from wishare.wishlists.models import Item, Wishlist


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_gifts_touch_nothing_that_an_owner_can_read(scenario: Scenario, world: World) -> None:
    """`updated_at`, `version`, positions and all other columns, except the counters for givers."""
    before, counters = _readable(), _for_givers()
    scenario(world)
    assert _readable() == before
    assert _for_givers() != counters


@pytest.mark.parametrize("route", ["wishlist", "list_comments", "item_comments"])
def test_the_owner_asks_only_for_comments_that_are_for_everyone(route: str, world: World) -> None:
    add_claims(world)
    about_comments = [sql for sql in queries(route, "GET", world) if f'FROM "{Comment._meta.db_table}"' in sql]
    assert len(about_comments) == 1
    assert '"audience" IN (0)' in about_comments[0]


def test_what_givers_say_moves_the_number_of_other_givers_and_not_the_owner_s(world: World) -> None:
    """The dashboard adds up what givers of others say, never of oneself."""
    add_claims(world)
    found = [sql for sql in queries("dashboard", "GET", world) if Givers._meta.db_table in sql]
    assert found
    before, of_giver = versions_of(world.owner), versions_of(world.other_friend)
    SCENARIOS["whispered"](world)
    assert versions_of(world.owner) == before
    assert versions_of(world.other_friend).friends > of_giver.friends


def _readable() -> list[object]:
    """All rows in the database's own order, without the counter that only givers' pages depend on."""
    kept: tuple[type[Model], ...] = (User, Connection, Invitation, Wishlist, Item)
    rows = [row for model in kept for row in model._default_manager.order_by("pk").values()]
    rows += Comment.objects.filter(audience=CommentAudience.EVERYONE).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "claims_version"} for row in rows]


def _for_givers() -> list[list[int]]:
    claims = Item.objects.order_by("pk").values_list("claims_version", flat=True)
    return [list(claims), list(Givers.objects.order_by("pk").values_list("version", flat=True))]
