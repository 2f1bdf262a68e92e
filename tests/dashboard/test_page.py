"""What is on the dashboard, for whom; that it costs little; and that it keeps the surprise."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import World, client_of, make_world, person, rolled_back
from tests.support.counting import Cost, counted
from tests.surprise.observe import SCENARIOS
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.models import Connection
from wishare.core import flags
from wishare.core.caching import fragments
from wishare.dashboard.loading import EVENTS, LISTS_A_SECTION, load_lists
from wishare.wishlists.actions import claims, items, lists

pytestmark = pytest.mark.django_db
ADDRESS = "/dashboard"


@pytest.fixture(autouse=True)
def no_switch_turned(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading them again every second has tests of its own, and would be counted here by chance."""
    monkeypatch.setattr(flags, "_stored", dict)


def html(viewer: User) -> str:
    return body(client_of(viewer))


def body(browser: Client) -> str:
    """The page without the CSRF token, which differs from one response to the next."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "CSRF", browser.get(ADDRESS).content.decode())


def test_a_new_person_is_told_how_to_begin() -> None:
    page = html(person("Nina"))
    assert "Hello, Nina" in page
    assert reverse("wishlist_create") in page
    assert page.count('class="empty"') == 2
    assert "Start your first list" in page
    assert "No dates ahead yet" in page
    assert "feed__row" not in page


def test_it_shows_lists_events_news_and_numbers() -> None:
    world = make_world()
    page = html(world.friend)
    assert "Christmas" in page
    assert "Clara Owner wishes for <b>Cups</b>" in page
    assert "Clara Owner is sharing <a" in page
    assert "You and <a" in page
    assert "Secret" not in page + html(world.other_friend)
    assert "Old plans" not in page


def test_what_is_written_by_people_is_escaped() -> None:
    olga = person("Olga")
    fred = friend_of(olga, "<script>Fred</script>")
    a_wish(a_list(fred, name="<i>List</i>", event_date=timezone.localdate()), name="<b>Wish</b>")
    for viewer in (olga, fred):
        page = html(viewer)
        assert "&lt;script&gt;Fred" in page
        assert not any(tag in page for tag in ("<script>Fred", "<i>List", "<b>Wish"))


def test_events_are_mine_and_my_friends_from_today_on() -> None:
    olga, today = person("Olga"), timezone.localdate()
    fred, stranger = friend_of(olga, "Fred"), person("Stefan")
    days = [(olga, 3), (fred, 1), (olga, -1), (fred, 0), (stranger, 2), (olga, 9), (fred, 8), (olga, 7)]
    for owner, ahead in days:
        visibility = Visibility.PUBLICLY_VISIBLE if owner == stranger else Visibility.PARTNER_ONLY
        day = today + timedelta(days=ahead)
        a_list(owner, name=f"In {ahead}", event_date=day, visibility=visibility)
    a_list(fred, name="Hidden", event_date=today, visibility=Visibility.PRIVATE_LIST)
    upcoming = load_lists(olga, today).upcoming
    assert [row.name for row in upcoming] == ["In 0", "In 1", "In 3", "In 7", "In 8"]
    assert len(upcoming) == EVENTS


def test_each_part_has_its_own_first_few() -> None:
    """Though they come in one query, and a list may be in two parts."""
    olga = person("Olga")
    fred = friend_of(olga, "Fred")
    for owner in (olga, fred):
        for number in range(7):
            day = timezone.localdate() + timedelta(days=number) if number % 2 else None
            a_list(owner, name=f"{owner.name} {number}", event_date=day)
    shown = load_lists(olga, timezone.localdate())
    assert [row.name for row in shown.mine] == [f"Olga {number}" for number in (6, 5, 4, 3)]
    assert [row.name for row in shown.friends] == [f"Fred {number}" for number in (6, 5, 4, 3)]
    assert [row.name for row in shown.upcoming] == ["Olga 1", "Fred 1", "Olga 3", "Fred 3", "Olga 5"]
    assert len(shown.mine) == LISTS_A_SECTION


# --- the surprise ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_gifts_change_no_byte_of_the_owners_dashboard(scenario: str) -> None:
    """Neither drawn anew nor from the cache, nor in what the database is asked."""
    world = make_world(claims=False)
    client = world.client("owner")
    cold, warm = _seen(client), _seen(client)
    with rolled_back():
        SCENARIOS[scenario](world)
        assert _seen(client) == warm
        cache.clear()
        assert _seen(client) == cold


@pytest.mark.parametrize("viewer", ["owner", "other_friend", "stranger"])
def test_nobody_but_the_buyer_is_told_of_a_gift(viewer: str) -> None:
    world = make_world(claims=False)
    client, buyer = world.client(viewer), world.client("friend")
    _cold, warm = _seen(client), _seen(client)
    claims.purchase_claim(claim=claimed(world.scarf, world.friend))
    assert _seen(client) == warm
    assert "You bought <b>Scarf</b>" in body(buyer)


def _seen(client: Client) -> tuple[object, ...]:
    with CaptureQueriesContext(connection) as queries:
        page = body(client)
    assert not [query for query in queries if "wishlists_claim" in query["sql"]]
    return len(queries), page


# --- never stale ----------------------------------------------------------------------------------------------------
def writes(world: World) -> Iterator[Callable[[], object]]:
    yield lambda: items.edit_item(item=world.scarf, name="Shawl")
    yield lambda: lists.edit_wishlist(wishlist=world.christmas, name="Yule")
    yield lambda: User.objects.filter(pk=world.owner.pk).update(name="Clara Neu", bio="New")
    yield lambda: User.objects.filter(pk=world.friend.pk).update(name="Felix Neu")
    yield lambda: claims.purchase_claim(claim=claimed(world.book, world.friend))
    yield lambda: lists.share_wishlist(wishlist=world.public)
    yield lambda: items.delete_item(item=world.plant)
    yield lambda: lists.edit_wishlist(wishlist=world.christmas, visibility=Visibility.PRIVATE_LIST)
    yield lambda: Connection.objects.all().delete()


def test_a_page_from_the_cache_is_the_page_without_it() -> None:
    world = make_world()
    browsers = [world.client(name) for name in ("owner", "friend", "other_friend")]
    for write in writes(world):
        for browser in browsers:
            browser.get(ADDRESS)
        write()
        for browser in browsers:
            kept = [body(browser) for _time in range(2)]
            cache.clear()
            assert kept == [body(browser)] * 2


def test_the_same_page_in_another_language_is_another_picture() -> None:
    world = make_world()
    browser = world.client("owner")
    browser.get(ADDRESS)
    browser.post("/preferences", {"language": "pt-br"})
    warm = body(browser)
    cache.clear()
    assert body(browser) == warm


# --- the budget -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("wishes", [1, 3, 30])
def test_the_budget_at_any_number_of_wishes(wishes: int) -> None:
    olga = person("Olga")
    for owner in (olga, friend_of(olga, "Fred")):
        for number in range(3):
            wishlist = a_list(owner, name=f"List {number}", event_date=timezone.localdate())
            for wish in range(wishes):
                a_wish(wishlist, name=f"Wish {wish}")
    within_budget(olga)


@pytest.mark.parametrize("friends", [0, 1, 3, 300])
def test_the_budget_at_any_number_of_friends(friends: int) -> None:
    olga = person("Olga")
    User.objects.bulk_create(User(email=f"f{number}@example.org", name=f"F {number}") for number in range(friends))
    known = User.objects.exclude(pk=olga.pk)
    Connection.objects.bulk_create(
        Connection(user=olga, partner=friend, status=Connection.Status.ACCEPTED) for friend in known
    )
    for friend in known:
        a_wish(a_list(friend, event_date=timezone.localdate()))
    within_budget(olga)


def within_budget(viewer: User) -> None:
    """Warm: the session with its account, the versions, and the one picture."""
    browser = client_of(viewer)
    cache.clear()
    with counted() as cold:
        browser.get(ADDRESS)
    assert 2 < len(cold.queries) <= 8, cold
    assert 0 < _writes(cold) <= 3, cold
    with counted() as warm:
        browser.get(ADDRESS)
    assert len(warm.queries) == 2, warm
    assert warm.cache == ["get_many"], warm


def _writes(cost: Cost) -> int:
    return len([call for call in cost.cache if call.startswith("set")])


def test_one_friends_new_name_for_a_list_draws_one_card_and_the_whole() -> None:
    olga = person("Olga")
    fred = friend_of(olga, "Fred")
    wishlists = [a_list(fred, name=f"List {number}") for number in range(3)]
    browser = client_of(olga)
    browser.get(ADDRESS)
    lists.edit_wishlist(wishlist=wishlists[1], name="Other")
    with patch.object(fragments, "_render", wraps=fragments._render) as drawn:
        assert "Other" in body(browser)
    assert {call.args[0].template for call in drawn.call_args_list} == {
        "dashboard/body.html",
        "components/wishlist_card.html",
        "activity/row.html",
    }
    assert drawn.call_count == 3
