"""The page of all activities: both parts, by day, page by page, at what cost, and without a word about gifts."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import befriend, client_of, make_world, person, rolled_back
from tests.support.counting import cost_of
from tests.surprise.observe import SCENARIOS
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.accounts.actions import update_profile
from wishare.accounts.models import User
from wishare.activity import views
from wishare.activity.fragments import pictures
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import news_begin, of_friends, of_oneself
from wishare.core import flags
from wishare.wishlists.actions import claims, lists
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db

NEWS = reverse("activity")
OWN = f"{NEWS}?of=me"
HTMX = {"HX-Request": "true"}


def page(browser: Client, address: str = NEWS, **query: str) -> str:
    """Without the CSRF token, which differs from one response to the next."""
    return re.sub(r"\b[A-Za-z0-9]{64}\b", "CSRF", browser.get(address, query or None).content.decode())


def done_at(days: int, **rows: object) -> None:
    """Some of what was done was done at noon of an earlier day."""
    noon = timezone.localtime().replace(hour=12, minute=0, second=0, microsecond=0)
    Activity.objects.filter(**rows).update(created_at=noon - timedelta(days=days))


# --- what is on it --------------------------------------------------------------------------------------------------
def test_there_are_two_parts_and_a_way_to_each(owner: User, friend: User, item: Item) -> None:
    browser = client_of(friend)
    news, own = page(browser), page(browser, OWN)
    assert "Olga wishes for <b>Kettle</b>" in news
    assert "You and" not in news
    assert "You and <a" in own
    assert "Kettle" not in own
    for html in (news, own):
        assert f'href="{NEWS}"' in html
        assert f'href="{OWN}"' in html
        assert html.count("feed__row") == (2 if html is news else 1)


def test_pictures_ask_nothing_more(owner: User, friend: User, item: Item) -> None:
    """All that a sentence shows comes with its row, and little else of the people and lists does."""
    lists.share_wishlist(wishlist=item.wishlist)
    update_profile(user=owner, bio="Hello")
    befriend(friend, friend_of(owner, "Gina"))
    claims.purchase_claim(claim=claimed(item, friend))
    parts = [
        (owner, list(of_oneself(owner))),
        (friend, list(of_oneself(friend))),
        (friend, list(of_friends(friend, news_begin(timezone.localdate())))),
    ]
    found = [row for _viewer, rows in parts for row in rows]
    assert {row.kind for row in found} == set(Kind) - {Kind.ITEM_COMMENTED, Kind.WISHLIST_COMMENTED}
    flags.share_of("fragment_caching")  # the switches are read now and then
    with CaptureQueriesContext(connection) as queries:
        drawn = [pictures(rows, viewer, use_cache=False) for viewer, rows in parts]
    assert len(queries) == 0
    assert sum(len(made) for made in drawn) == len(found)
    assert all("bio" in row.person.get_deferred_fields() for row in found if row.person)


@pytest.mark.parametrize(("address", "helps"), [(NEWS, "invitation"), (OWN, "wishlist_create")])
def test_who_has_nothing_to_read_is_told_how_to_begin(address: str, helps: str) -> None:
    html = page(client_of(person("Nina")), address)
    assert html.count('class="empty"') == 1
    assert reverse("friends" if helps == "invitation" else helps) in html.partition('class="empty"')[2]
    assert "feed__row" not in html


def test_the_dashboard_leads_to_both_parts(owner: User, friend: User, item: Item) -> None:
    dashboard = page(client_of(friend), reverse("dashboard"))
    assert f'href="{NEWS}"' in dashboard
    assert f'href="{OWN}"' in dashboard
    assert "All news" not in page(client_of(person("Nina")), reverse("dashboard"))


def test_what_people_write_is_escaped(owner: User, friend: User) -> None:
    a_wish(a_list(owner, name="<i>List</i>"), name="<script>x</script>")
    html = page(client_of(friend))
    assert "<script>x" not in html
    assert "&lt;script&gt;x" in html
    assert "<i>List" not in html


def test_a_new_name_of_anything_is_on_the_next_page(owner: User, friend: User, item: Item) -> None:
    browser = client_of(friend)
    assert "Olga wishes for <b>Kettle</b>" in page(browser)
    User.objects.filter(pk=owner.pk).update(name="Olga B.")
    assert "Olga B. wishes for <b>Kettle</b>" in page(browser)
    Item.objects.filter(pk=item.pk).update(name="Teapot")
    assert "Olga B. wishes for <b>Teapot</b>" in page(browser)
    Wishlist.objects.filter(pk=item.wishlist_id).update(name="Easter")
    html = page(browser)
    assert ("Easter</a>" in html, "Birthday" in html) == (True, False)


def test_news_end_after_90_days_and_ones_own_do_not(owner: User, friend: User, item: Item) -> None:
    done_at(91)
    assert "feed__row" not in page(client_of(friend))
    assert page(client_of(owner), OWN).count("feed__row") == 3
    done_at(90)
    assert page(client_of(friend)).count("feed__row") == 2


# --- days -----------------------------------------------------------------------------------------------------------
def test_rows_stand_under_their_days(owner: User, friend: User, item: Item) -> None:
    done_at(3, kind=Kind.WISHLIST_CREATED)
    done_at(1, kind=Kind.FRIEND_CONNECTED)
    days = client_of(owner).get(OWN).context["days"]
    today = timezone.localdate()
    ago = [(today - day.date).days for day in days]
    assert (ago, [len(day.rows) for day in days]) == ([0, 1, 3], [1, 1, 1])
    html = page(client_of(owner), OWN)
    assert html.index("Today") < html.index("Yesterday") < html.index((today - timedelta(days=3)).strftime("%A"))


def test_days_are_those_of_the_server(owner: User, friend: User, item: Item) -> None:
    with timezone.override("America/Sao_Paulo"):
        midnight = timezone.make_aware(datetime.combine(timezone.localdate(), time.min))
        Activity.objects.filter(kind=Kind.ITEM_ADDED).update(created_at=midnight)
        Activity.objects.filter(kind=Kind.WISHLIST_CREATED).update(created_at=midnight - timedelta(microseconds=1))
        days = client_of(friend).get(NEWS).context["days"]
        assert [(timezone.localdate() - day.date).days for day in days] == [0, 1]


def test_another_year_is_named(owner: User) -> None:
    wishlist = a_list(owner)
    Activity.objects.filter(wishlist=wishlist).update(created_at=datetime(2019, 3, 5, 12, tzinfo=UTC))
    assert "March 5 <span>2019</span>" in page(client_of(owner), OWN)


@pytest.mark.parametrize("scripted", [True, False], ids=["htmx", "plain"])
def test_a_day_that_goes_on_is_named_once(
    owner: User, wishlist: Wishlist, scripted: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With htmx the rows are put below those of the page before; a plain link leads to a page of its own."""
    monkeypatch.setattr(views, "ACTIVITIES_A_PAGE", 2)
    for number in range(4):
        a_wish(wishlist, name=f"Wish {number}")
    browser = client_of(owner)
    first = browser.get(OWN)
    day = timezone.localdate().isoformat()
    assert f"day={day}" in first.content.decode()
    query = {"of": "me", "after": first.context["next_cursor"], "day": day}
    second = browser.get(NEWS, query, headers=HTMX if scripted else {})
    assert [row.continued for row in second.context["days"]] == [scripted]
    assert ("<h2" in second.content.decode().partition("<main")[2].partition("</main>")[0]) != scripted


# --- page by page ---------------------------------------------------------------------------------------------------
def all_pages(browser: Client, address: str, between: Iterator[object]) -> list[str]:
    """The pictures of all pages in order, with something happening between any two of them."""
    seen: list[str] = []
    after = ""
    for _page in range(30):
        context = browser.get(address, {"of": "me" if address == OWN else "", "after": after}).context
        seen += [picture for day in context["days"] for picture in day.rows]
        after = context["next_cursor"]
        if not after:
            return seen
        next(between, None)
    raise AssertionError("pages go on for ever")


@pytest.mark.parametrize("address", [NEWS, OWN])
@pytest.mark.parametrize("at_once", [True, False], ids=["at one moment", "one after the other"])
def test_nothing_is_missed_or_told_twice_while_new_things_happen(
    address: str, at_once: bool, friend: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "ACTIVITIES_A_PAGE", 3)
    for number in range(11):
        a_wish(wishlist, name=f"Wish {number}")
    if at_once:
        Activity.objects.update(created_at=timezone.now())
    browser = client_of(wishlist.owner if address == OWN else friend)
    before = all_pages(browser, address, iter(()))
    assert len(before) == len(set(before)) == (13 if address == OWN else 12)
    later = (a_wish(wishlist, name=f"Later {number}") for number in range(9))
    assert all_pages(browser, address, later) == before
    assert len(all_pages(browser, address, iter(()))) > len(before)


def test_a_page_has_twenty(owner: User, friend: User, wishlist: Wishlist) -> None:
    for number in range(25):
        a_wish(wishlist, name=f"Wish {number}")
    browser = client_of(friend)
    first = browser.get(NEWS)
    assert first.content.decode().count("feed__row") == 20
    more = re.search(r'href="(\?[^"]*after=[^"]*)"', first.content.decode())
    assert more
    assert page(browser, NEWS + more[1].replace("&amp;", "&")).count("feed__row") == 6


@pytest.mark.parametrize("query", ["after=forged", "of=you", "of=me2", "day=2026-01-01", "day=%27--", "after=a:b"])
def test_forged_addresses_are_as_if_they_were_plain(query: str, owner: User, friend: User, item: Item) -> None:
    browser = client_of(friend)
    plain, forged = (page(browser, address).partition("<main")[2] for address in (NEWS, f"{NEWS}?{query}"))
    assert forged.partition("</main>")[0] == plain.partition("</main>")[0]


# --- what it costs --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("friends", [1, 12])
@pytest.mark.parametrize("address", [NEWS, OWN])
def test_the_budget_at_any_number_of_friends(address: str, friends: int, owner: User) -> None:
    for number in range(friends):
        a_wish(a_list(friend_of(owner, f"Friend {number}")))
        a_wish(a_list(owner))
    browser = client_of(owner)
    flags.forget()
    cache.clear()
    cold, warm = cost_of(browser, address), cost_of(browser, address)
    assert 2 <= len(warm.queries) <= len(cold.queries) <= 4, cold
    assert (cold.cache, warm.cache) == (["get_many", "set_many"], ["get_many"])


def test_the_switch_for_kept_pictures_is_heeded(owner: User, friend: User, item: Item) -> None:
    browser = client_of(friend)
    kept = page(browser)
    flags.set_share("fragment_caching", flags.NOBODY)
    assert cost_of(browser, NEWS).cache == []
    assert page(browser) == kept


# --- the surprise ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_gifts_change_no_byte_of_an_owners_page(scenario: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither drawn anew nor from the cache, nor in what the database is asked."""
    monkeypatch.setattr(flags, "_stored", dict)  # read anew every second, that is at any of these requests
    world = make_world(claims=False)
    browser = world.client("owner")
    without = {address: (_seen(browser, address), _seen(browser, address)) for address in (NEWS, OWN)}
    assert "Cups" in without[OWN][0][1]
    with rolled_back():
        SCENARIOS[scenario](world)
        for address, (_cold, warm) in without.items():
            assert _seen(browser, address) == warm
        cache.clear()
        for address, (cold, _warm) in without.items():
            assert _seen(browser, address) == cold


@pytest.mark.parametrize("viewer", ["owner", "other_friend", "stranger"])
def test_nobody_but_the_buyer_reads_of_a_gift(viewer: str) -> None:
    world = make_world(claims=False)
    befriend(world.friend, world.other_friend)
    browser, buyer = world.client(viewer), world.client("friend")
    before = [page(browser, address) for address in (NEWS, OWN)]
    claims.purchase_claim(claim=claimed(world.scarf, world.friend))
    assert [page(browser, address) for address in (NEWS, OWN)] == before
    assert "You bought <b>Scarf</b>" in page(buyer, OWN)
    assert "You bought" not in page(buyer, NEWS)


def _seen(browser: Client, address: str) -> tuple[int, str]:
    with CaptureQueriesContext(connection) as queries:
        html = page(browser, address)
    assert not [query for query in queries if "wishlists_claim" in query["sql"]]
    return len(queries), html


@pytest.mark.parametrize("kind", Kind)
def test_an_activity_that_somebody_wrote_by_hand_breaks_no_page(
    kind: Kind, owner: User, friend: User, item: Item
) -> None:
    """As in a shell: a gift becomes something of another kind, or something among givers."""
    claims.purchase_claim(claim=claimed(item, friend))
    Activity.objects.filter(kind=Kind.ITEM_PURCHASED).update(kind=kind, givers=owner.pk)
    for reader in (owner, friend):
        for address in ("/dashboard", NEWS, OWN):
            assert client_of(reader).get(address).status_code == 200
