"""What an owner or a visitor can observe is the same, byte for byte, with and without gifts."""

import time
from dataclasses import replace
from difflib import unified_diff

import pytest
from django.utils import timezone

from tests.access.recipes import RECIPES
from tests.support.cast import World, rolled_back
from tests.surprise.observe import SCENARIOS, Scenario, Seen, observe, scenarios
from wishare.access.routes import ROUTES
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
CASES = [
    (route, method, viewer)
    for route in ROUTES
    for method in ROUTES[route].methods
    for viewer in ("owner", "visitor")
    if (route, viewer) not in MAY_DIFFER
]


@pytest.fixture(autouse=True)
def one_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both observations happen at the same time."""
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    monkeypatch.setattr(time, "time", now.timestamp)


@pytest.mark.parametrize(("route", "method", "viewer"), CASES)
def test_gifts_cannot_be_observed(route: str, method: str, viewer: str, world: World) -> None:
    world = replace(world, manage_token=new_token())
    args = RECIPES[route].args(world)
    without = observe(route, world, viewer, args, method)
    assert without[0][0].split()[0] == method
    for name, scenario in scenarios(method, viewer).items():
        with rolled_back():
            now = scenario(world)
            if route in BY_CLAIM:
                args = RECIPES[route].args(now)
            observed = observe(route, now, viewer, args, method)
            assert not _difference(without, observed), f"{method} {route} shows {viewer} that {name}"


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
