"""The previous query pattern gives the same dashboard as the new one, in any world, also through the switch."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from hypothesis import given, settings

from tests.dashboard.worlds import TODAY, World, worlds
from tests.support import budgets
from tests.support.cast import CAST, make_world, rolled_back
from tests.support.counting import counted
from wishare.accounts.models import User
from wishare.activity.models import Activity
from wishare.core import flags
from wishare.core.prepared import Prepared
from wishare.dashboard import loading, reference
from wishare.dashboard.drawing import body, previous_body
from wishare.dashboard.loading import Dashboard, load_dashboard
from wishare.dashboard.versions import versions_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few that most worlds have more: what is first then matters. The query is compiled anew for them."""
    for module in (loading, reference):
        monkeypatch.setattr(module, "LISTS_A_SECTION", 2)
        monkeypatch.setattr(module, "EVENTS", 2)
    monkeypatch.setattr(loading, "_rows", Prepared(loading._newest_and_upcoming, viewer=int, today=date))


@pytest.mark.usefixtures("few_at_a_time")
@settings(max_examples=40)
@given(world=worlds)
def test_both_loaders_give_the_same_page(world: World) -> None:
    with rolled_back():
        for viewer in world.make():
            if viewer.is_active:  # nobody else has a dashboard
                _compare(viewer)


def _compare(viewer: User) -> None:
    """The rows in their order, the numbers, and what is drawn of them, to the byte."""
    ours = load_dashboard(viewer, TODAY, versions_of(viewer).deeds, use_cache=False)
    theirs = reference.load_dashboard(viewer, TODAY)
    assert _names(ours) == _names(theirs)
    assert ours.stats == theirs.stats
    assert body(viewer, TODAY, use_cache=False) == previous_body(viewer, TODAY)


def _names(page: Dashboard) -> tuple[list[str], ...]:
    """What a failure can be read from, in the order of the page."""
    lists = [[row.name for row in rows] for rows in (page.lists.mine, page.lists.friends, page.lists.upcoming)]
    return (*lists, _told(page.activity.own), _told(page.activity.friends))


def _told(activities: list[Activity]) -> list[str]:
    return [f"{row.pk} {row.kind} {row.created_at}" for row in activities]


@pytest.mark.parametrize("viewer", [name for name in CAST if name not in {"visitor", "guest"}])
def test_the_switch_changes_no_byte_and_asks_no_cache(viewer: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(budgets.COLD, "dashboard")  # that it costs more is why it is the previous one
    world = make_world()
    browser = world.client(viewer)
    drawn = _page(browser)
    flags.set_share("previous_query_pattern", flags.EVERYONE)
    flags.share_of("fragment_caching")
    with counted() as cost:
        assert _page(browser) == drawn
    assert cost.cache == []
    cache.clear()
    assert _page(browser) == drawn


def _page(browser: Client) -> str:
    """Without the CSRF token, which differs from one response to the next."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "CSRF", browser.get("/dashboard").content.decode())
