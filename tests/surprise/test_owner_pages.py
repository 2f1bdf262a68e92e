"""What an owner or a visitor can observe is the same, byte for byte, with and without gifts."""

import random
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from difflib import unified_diff
from unittest.mock import Mock

import pytest
from django.utils import timezone

from tests.access.recipes import RECIPES
from tests.support.cast import World, rolled_back
from tests.support.isolation import isolated
from tests.surprise.observe import AROUND_A_POST, SCENARIOS, Scenario, Seen, observe, scenarios
from wishare.access.routes import ROUTES
from wishare.core import outbox
from wishare.core.ids import new_token

#: (route, viewer) → why it may differ. Everything else in ROUTES may not.
MAY_DIFFER = {
    ("wishlist_givers", "owner"): "the owner's page after the reveal; before it, see test_reveal.py",
    ("share_claim", "visitor"): "whoever chooses a wish acts as a giver and is told when it is taken",
}
#: Their address names a gift: the owner guesses right, and it is as if it did not exist.
BY_CLAIM = {"claim_purchase", "claim_unpurchase", "claim_undo", "claim_acknowledge"}
#: Their address is the secret of one guest, which neither owner nor visitor has.
BY_SECRET = {"guest_claim", "guest_purchase", "guest_unpurchase", "guest_undo", "guest_acknowledge"}
#: One way of using a route: its name, a method, and who does it.
Case = tuple[str, str, str]
CASES: list[Case] = [
    (route, method, viewer)
    for route in ROUTES
    for method in ROUTES[route].methods
    for viewer in ("owner", "visitor")
    if (route, viewer) not in MAY_DIFFER
]


#: Each is made once, and all look at it.
WORLDS = SCENARIOS | AROUND_A_POST
#: The fullest, which are tried on every database; the others on one.
FULLEST = {"all_taken_and_bought", "whispered", "everything"}


@pytest.fixture(scope="module", autouse=True)
def one_moment(shared_world: World) -> Iterator[None]:
    """All observations happen at the same time, after all that the world has seen."""
    now = timezone.now()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: now)
        patch.setattr(time, "time", now.timestamp)
        patch.setattr(outbox, "datetime", Mock(wraps=datetime, now=lambda zone: now))
        yield


@pytest.fixture(scope="module")
def shared_world(shared_world: World) -> World:
    """Whoever asks for the gift of a guest asks for the same, which nobody has given."""
    return replace(shared_world, manage_token=new_token())


@pytest.fixture(scope="module")
def without() -> dict[Case, list[Seen]]:
    """What is seen before anybody gives, kept for all worlds."""
    return {}


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=() if name in FULLEST else pytest.mark.once) for name in WORLDS]
)
def test_gifts_cannot_be_observed(name: str, world: World, without: dict[Case, list[Seen]]) -> None:
    cases = [case for case in CASES if name in scenarios(case[1], case[2])]
    for case in cases:
        without[case] = without.get(case) or _look(case, world)
    now = WORLDS[name](world)
    assert any(viewer == "owner" for _route, _method, viewer in cases)
    for case in cases:
        seen = _look(case, now if case[0] in BY_CLAIM else world)
        assert not _difference(without[case], seen), f"{case} shows {name}"


def _look(case: Case, world: World) -> list[Seen]:
    """What is seen, with nothing left of what others have looked at."""
    route, method, viewer = case
    random.seed(route)  # the ids of mails are drawn
    with isolated(), rolled_back():
        seen = observe(route, world, viewer, RECIPES[route].args(world), method)
    assert seen[0][0].split()[0] == method
    return seen


def _difference(one: list[Seen], other: list[Seen]) -> str:
    """The lines that differ; empty if not one byte does."""
    if one == other:
        return ""
    before, after = ([repr(part) for seen in side for part in _parts(seen)] for side in (one, other))
    return "\n".join(line for line in unified_diff(before, after, n=0, lineterm=""))


def _parts(seen: Seen) -> list[object]:
    address, status, headers, cookies, body = seen
    return [address, status, *headers, *cookies, *body.splitlines(keepends=True)]


def test_only_secrets_of_guests_are_not_tried(world: World) -> None:
    assert {route for route in ROUTES if "manage" in ROUTES[route].who.value} == BY_SECRET
    assert {route for route in ROUTES if "giver of a claim" in ROUTES[route].who.value} == BY_CLAIM
    assert all(route in ROUTES for route, _viewer in MAY_DIFFER)


SHOWN = [
    ("wishlist", "friend", "partly_taken"),
    ("wishlist", "other_friend", "partly_taken"),
    ("wishlist", "friend", "taken_by_a_guest"),
    ("wishlist", "friend", "all_taken_and_bought"),
    ("share", "guest", "partly_taken"),
    ("share", "guest", "taken_by_a_guest"),
    ("share", "other_friend", "all_taken_and_bought"),
    ("gifts", "friend", "partly_taken"),
    ("gifts", "friend", "all_taken_and_bought"),
    ("wishlist", "friend", "whispered"),
    ("list_comments", "other_friend", "whispered"),
    ("item_comments", "other_friend", "whispered"),
    ("dashboard", "other_friend", "whispered"),
    ("wishlist_givers", "owner", "all_taken_and_bought"),
    ("account_export", "friend", "partly_taken"),
    ("share_claim", "visitor", "taken_by_a_guest"),
]


@pytest.mark.parametrize(("route", "viewer", "scenario"), SHOWN)
def test_there_is_something_to_observe(route: str, viewer: str, scenario: str, world: World) -> None:
    """The comparison above would see it: to givers the same gifts do show."""
    without = observe(route, world, viewer)
    with rolled_back():
        assert observe(route, SCENARIOS[scenario](world), viewer) != without


@pytest.mark.parametrize("route", ["wishlist", "share", "gifts"])
def test_after_undo_a_giver_sees_what_was_before(route: str, world: World) -> None:
    viewer = "guest" if route == "share" else "friend"
    without = observe(route, world, viewer)
    with rolled_back():
        assert observe(route, SCENARIOS["undone"](world), viewer) == without


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=SCENARIOS)
def test_a_list_whose_surprise_is_over_does_not_show_gifts_itself(scenario: Scenario, world: World) -> None:
    """They are on a page of their own."""
    revealed = replace(world, christmas=world.birthday, cups=world.candle, book=world.candle)
    without = observe("wishlist", revealed, "owner")
    with rolled_back():
        scenario(world)
        assert observe("wishlist", revealed, "owner") == without
