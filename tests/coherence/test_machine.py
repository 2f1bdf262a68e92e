"""Never stale: random writes through every door, and pages from the cache that equal the pages without it.

`bin/test --coherence 100000 -k coherence` makes that many steps, half of them in each of two processes.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.apps import apps
from django.db import connection

from tests.coherence.machine import run
from tests.coherence.pages import DifferenceError, pages_without_id
from wishare.core import versions
from wishare.core.versions import Bump, Touch

pytestmark = pytest.mark.django_db
SHORT, PARTS = 120, 2
#: How many steps at most until a missing trigger is noticed.
SOON = 1000


@pytest.mark.parametrize("part", range(PARTS))
def test_pages_from_the_cache_are_the_pages_without_it(
    part: int, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]
) -> None:
    steps = request.config.getoption("coherence") or SHORT
    record_property("coherence steps", run(-(-steps // PARTS), part * 10**6))


@pytest.mark.once
@pytest.mark.parametrize(
    ("app", "rule"),
    [
        ("accounts", Bump("accounts.User", apart=("last_login",))),
        ("wishlists", Bump("wishlists.Wishlist", apart=("claims_version", "updated_at"))),
        ("wishlists", Touch("wishlists.Item", "wishlist", apart=("version", "claims_version"))),
    ],
)
def test_a_trigger_that_is_missing_is_noticed(app: str, rule: Bump | Touch) -> None:
    with without(app, rule), pytest.raises(DifferenceError):
        run(SOON, 7, shrink=False)


def test_the_pages_with_fragments_are_among_those_looked_at() -> None:
    assert {"wishlists", "dashboard", "discover", "calendar", "friends", "gifts"} <= pages_without_id().keys()


@contextmanager
def without(app: str, rule: Bump | Touch) -> Iterator[None]:
    """The database as it would be if somebody had forgotten a rule."""
    config = apps.get_app_config(app)
    declared: tuple[object, ...] = vars(type(config))["versions"]
    assert rule in declared
    left = tuple(other for other in declared if other != rule)
    try:
        with patch.object(config, "versions", left):
            assert versions.install()
            yield
    finally:
        connection.check_constraints()  # PostgreSQL changes no triggers of a table with rows that it has yet to check
        assert versions.install()
