"""Nothing that serves an owner reads gifts, and gifts write nothing that an owner can read."""

import re
from dataclasses import replace

import pytest
from django.db import connection
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

from tests.access.recipes import RECIPES
from tests.support.cast import World, add_claims, rolled_back
from tests.support.working import work_off
from tests.surprise.observe import SCENARIOS, Scenario
from wishare.access.choices import CommentAudience
from wishare.access.routes import ROUTES
from wishare.accounts.models import User
from wishare.comments.models import Comment, Givers
from wishare.connections.models import Connection, Invitation
from wishare.dashboard.versions import versions_of
from wishare.wishlists.models import Claim, Item, Wishlist

CLAIMS = re.compile(rf'"{Claim._meta.db_table}"')
THEIR_OWN = "as a giver: their own gifts, or one they say is theirs"
THE_SECRET = "as a guest: the gift that a manage link opens, whoever holds it"
#: Where an owner's request may read the table of claims, and as what.
READS_CLAIMS = {
    "gifts": THEIR_OWN,
    "account_export": THEIR_OWN,
    "account_delete": "gives back what they chose, and ends their wishes",
    "claim_purchase": THEIR_OWN,
    "claim_unpurchase": THEIR_OWN,
    "claim_undo": THEIR_OWN,
    "claim_acknowledge": THEIR_OWN,
    "guest_claim": THE_SECRET,
    "guest_purchase": THE_SECRET,
    "guest_unpurchase": THE_SECRET,
    "guest_undo": THE_SECRET,
    "guest_acknowledge": THE_SECRET,
    "wishlist_givers": "the page that ends the surprise, from the reveal date on",
}


@pytest.mark.parametrize("revealed", [False, True], ids=["secret", "revealed"])
@pytest.mark.parametrize("route", list(ROUTES))
def test_a_request_by_the_owner_does_not_read_claims(route: str, revealed: bool, world: World) -> None:
    add_claims(world)
    work_off()  # the givers are told by jobs, which are nobody's request
    if revealed:
        world = replace(world, christmas=world.birthday, book=world.candle, cups=world.candle)
    read = [sql for method in ROUTES[route].methods for sql in _queries(route, method, world)]
    assert read, "no query at all" if route in READS_CLAIMS else "not even a session"
    about_claims = [sql for sql in read if CLAIMS.search(sql)]
    assert bool(about_claims) == (route in READS_CLAIMS), about_claims


def test_the_givers_page_reads_no_claims_before_the_reveal(world: World) -> None:
    add_claims(world)
    secret = replace(world, birthday=world.christmas)
    assert not [sql for sql in _queries("wishlist_givers", "GET", secret) if CLAIMS.search(sql)]


@pytest.mark.parametrize("route", ["gifts", "account_export"])
def test_the_owner_reads_only_claims_of_their_own(route: str, world: World) -> None:
    add_claims(world)
    method = ROUTES[route].methods[0]
    own = f'"{Claim._meta.db_table}"."giver_id" = {world.owner.pk}'
    about_claims = [sql for sql in _queries(route, method, world) if CLAIMS.search(sql)]
    assert about_claims
    assert all(own in sql for sql in about_claims), about_claims


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
    about_comments = [sql for sql in _queries(route, "GET", world) if f'FROM "{Comment._meta.db_table}"' in sql]
    assert len(about_comments) == 1
    assert '"audience" IN (0)' in about_comments[0]


def test_what_givers_say_moves_the_number_of_other_givers_and_not_the_owner_s(world: World) -> None:
    """The dashboard adds up what givers of others say, never of oneself."""
    add_claims(world)
    found = [sql for sql in _queries("dashboard", "GET", world) if Givers._meta.db_table in sql]
    assert found
    before, of_giver = versions_of(world.owner), versions_of(world.other_friend)
    SCENARIOS["whispered"](world)
    assert versions_of(world.owner) == before
    assert versions_of(world.other_friend).friends > of_giver.friends


def _queries(route: str, method: str, world: World) -> list[str]:
    address = RECIPES[route].address(route, world)
    with rolled_back():
        client = world.client("owner")
        with CaptureQueriesContext(connection) as queries:
            response = client.generic(method, address) if method == "GET" else client.post(address, RECIPES[route].data)
            b"".join(response)
    return [query["sql"] for query in queries]


def _readable() -> list[object]:
    """All rows in the database's own order, without the counter that only givers' pages depend on."""
    kept: tuple[type[Model], ...] = (User, Connection, Invitation, Wishlist, Item)
    rows = [row for model in kept for row in model._default_manager.order_by("pk").values()]
    rows += Comment.objects.filter(audience=CommentAudience.EVERYONE).order_by("pk").values()
    return [{name: value for name, value in row.items() if name != "claims_version"} for row in rows]


def _for_givers() -> list[list[int]]:
    claims = Item.objects.order_by("pk").values_list("claims_version", flat=True)
    return [list(claims), list(Givers.objects.order_by("pk").values_list("version", flat=True))]
