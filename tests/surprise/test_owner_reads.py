"""Nothing that serves an owner reads gifts: every route, with its gifts given."""

from dataclasses import replace

import pytest

from tests.support.cast import World
from tests.support.fixtures import shared_world
from tests.surprise.observe import CLAIMS, queries
from wishare.access.routes import ROUTES
from wishare.wishlists.models import Claim

__all__ = ["shared_world"]  # with claims
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
    if revealed:
        world = replace(world, christmas=world.birthday, book=world.candle, cups=world.candle)
    read = [sql for method in ROUTES[route].methods for sql in queries(route, method, world)]
    assert read, "no query at all" if route in READS_CLAIMS else "not even a session"
    about_claims = [sql for sql in read if CLAIMS.search(sql)]
    assert bool(about_claims) == (route in READS_CLAIMS), about_claims


def test_the_givers_page_reads_no_claims_before_the_reveal(world: World) -> None:
    secret = replace(world, birthday=world.christmas)
    assert not [sql for sql in queries("wishlist_givers", "GET", secret) if CLAIMS.search(sql)]


@pytest.mark.parametrize("route", ["gifts", "account_export"])
def test_the_owner_reads_only_claims_of_their_own(route: str, world: World) -> None:
    method = ROUTES[route].methods[0]
    own = f'"{Claim._meta.db_table}"."giver_id" = {world.owner.pk}'
    about_claims = [sql for sql in queries(route, method, world) if CLAIMS.search(sql)]
    assert about_claims
    assert all(own in sql for sql in about_claims), about_claims
