"""The table of routes and the URL patterns name the same routes, or the application does not start."""

import pytest
from django.core.checks import run_checks
from django.urls import path

from wishare import urls
from wishare.access import routes
from wishare.access.checks import route_names
from wishare.access.routes import OPEN_TO_VISITORS, ROUTES, Who, page
from wishare.pages import views


def complaints() -> list[str]:
    return [message.msg for message in run_checks() if message.id == "wishare.E001"]


def test_every_route_has_a_row() -> None:
    assert complaints() == []
    assert set(route_names()) == ROUTES.keys()


def test_no_two_patterns_share_a_name() -> None:
    names = list(route_names())
    assert len(names) == len(set(names))


def test_a_route_without_a_row_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(routes.ROUTES, "wishlist_givers")
    assert complaints() == ["route 'wishlist_givers' has no row in access/routes.py"]


def test_a_row_without_a_route_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(routes.ROUTES, "spy", page(Who.ANYONE))
    assert complaints() == ["row 'spy' in access/routes.py has no route"]


@pytest.mark.parametrize("name", ["spy", None])
def test_a_new_pattern_is_found(name: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    new = path("spy", views.robots, name=name)
    monkeypatch.setattr("wishare.access.checks.get_resolver", lambda: _Root([*urls.urlpatterns, new]))
    assert complaints() == [f"route {name!r} has no row in access/routes.py"]


def test_circles_open_to_visitors_are_few_and_need_no_account_by_their_name() -> None:
    closed = [who for who in Who if who not in OPEN_TO_VISITORS]
    assert {Who.SIGNED_IN, Who.LIST_OWNER, Who.GIVER, Who.CLAIM_GIVER} <= set(closed)
    assert all(ROUTES[name].who in closed for name in ROUTES if name.startswith(("item_", "claim_", "wishlist_")))


class _Root:
    """The patterns as a resolver shows them."""

    def __init__(self, url_patterns: list[object]) -> None:
        self.url_patterns = url_patterns
