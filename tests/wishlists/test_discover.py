"""Discover: public lists and wishes, with filters, paging, the surprise and the budget."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of, person
from tests.support.counting import cost_of
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.wishlists.actions.items import delete_item, edit_item, receive_item
from wishare.wishlists.actions.lists import delete_wishlist
from wishare.wishlists.choices import Currency, EventType
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.discover import public_items, public_lists
from wishare.wishlists.views import discover as views

PUBLIC = Visibility.PUBLICLY_VISIBLE
LISTS = reverse("discover")
WISHES = f"{LISTS}?show=wishes"
TODAY = timezone.localdate()


def public(owner: User, name: str = "Open", **fields: object) -> Wishlist:
    return a_list(owner, name, visibility=PUBLIC, **fields)


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def page(user: User | None, address: str = LISTS) -> str:
    return client_of(user).get(address).content.decode()


@pytest.mark.parametrize("who", ["visitor", "stranger", "friend", "owner"])
def test_everybody_sees_what_is_public_and_nothing_else(who: str, owner: User, friend: User) -> None:
    user = {"visitor": None, "stranger": person("Sten"), "friend": friend, "owner": owner}[who]
    for number, visibility in enumerate(Visibility):
        a_wish(a_list(owner, f"List {number}", visibility=visibility), f"Wish {number}")
    gone = public(owner, "Gone")
    a_wish(gone, "Lost")
    delete_wishlist(wishlist=gone)
    lists, wishes = page(user), page(user, WISHES)
    assert ["List 2" in lists, "List 1" in lists, "List 0" in lists, "Gone" in lists] == [True, False, False, False]
    assert ["Wish 2" in wishes, "Wish 1" in wishes, "Wish 0" in wishes, "Lost" in wishes] == [True, False, False, False]


def test_received_and_removed_wishes_are_not_there(owner: User) -> None:
    wishlist = public(owner)
    items = [a_wish(wishlist, name) for name in ("Open", "Received", "Removed")]
    receive_item(item=items[1])
    delete_item(item=items[2])
    assert list(public_items()) == [items[0]]


def test_the_newest_come_first(owner: User, friend: User) -> None:
    lists = [public(user, name) for user, name in ((owner, "A"), (friend, "B"), (owner, "C"))]
    wishes = [a_wish(wishlist) for wishlist in lists]
    assert list(public_lists()) == lists[::-1]
    assert list(public_items()) == wishes[::-1]


def test_with_an_occasion_or_a_day_the_next_day_comes_first(owner: User) -> None:
    days = {"far": 90, "near": 3, "today": 0, "gone": -1}
    for name, day in days.items():
        public(owner, name, event_type=EventType.BIRTHDAY, event_date=in_days(day))
    public(owner, "wedding", event_type=EventType.WEDDING, event_date=in_days(5))
    public(owner, "some day", event_type=EventType.BIRTHDAY)

    def names(**filters: object) -> list[str]:
        return [row.name for row in public_lists(**filters)]

    assert names(event_type="birthday") == ["today", "near", "far"]
    assert names(since=in_days(1)) == ["near", "wedding", "far"]
    assert names(until=in_days(4)) == ["today", "near"]
    assert names(event_type="birthday", since=in_days(1), until=in_days(10)) == ["near"]
    assert names(since=in_days(-9), until=in_days(1)) == ["gone", "today"]
    assert names(until=in_days(-1)) == ["gone"]
    assert names(event_type="wedding", until=in_days(4)) == []


def test_wishes_by_price_and_currency(owner: User) -> None:
    wishlist = public(owner)
    prices = {"a": (5, "EUR"), "b": (20, "EUR"), "c": (20, "USD"), "d": (None, "EUR"), "e": (0, "EUR")}
    for name, (price, currency) in prices.items():
        a_wish(wishlist, name, price=price, currency=Currency(currency))

    def names(**filters: object) -> str:
        return "".join(row.name for row in public_items(**filters))

    assert names() == "edcba"
    assert names(currency="EUR") == "eba"
    assert names(low=Decimal(5)) == "cba"
    assert names(high=Decimal(5)) == "ea"
    assert names(low=Decimal(6), high=Decimal(20), currency="EUR") == "b"
    assert names(high=Decimal("0e999999999")) == "e"


def test_the_form_asks_what_it_says_and_keeps_what_was_chosen(owner: User) -> None:
    public(owner, "Party", event_type=EventType.BIRTHDAY, event_date=in_days(4))
    public(owner, "Bells", event_type=EventType.WEDDING, event_date=in_days(4))
    a_wish(public(owner, "Shop"), "Cup", price=9, currency=Currency.EUR)
    lists = page(None, f"{LISTS}?event_type=birthday&since={in_days(1)}&until=")
    assert ("Party" in lists, "Bells" in lists) == (True, False)
    assert '<option value="birthday" selected>' in lists
    assert f'value="{in_days(1)}"' in lists
    assert "Cup" in page(None, f"{WISHES}&currency=EUR&low=8&high=10")
    assert "Cup" not in page(None, f"{WISHES}&currency=EUR&low=10")


@pytest.mark.parametrize("turned", [f"since={in_days(9)}&until={in_days(1)}", "show=wishes&low=20&high=5"])
def test_bounds_the_wrong_way_round_are_turned(turned: str, owner: User) -> None:
    wishlist = public(owner, "Party", event_date=in_days(4))
    a_wish(wishlist, "Lamp", price=9)
    found = page(None, f"{LISTS}?{turned}")
    assert ("Lamp" if "show" in turned else "Party") in found


@pytest.mark.parametrize(
    "query",
    [
        *("event_type=brithday", "event_type=none", "since=2030-02-31", "since=0000-00-00&until=99999-01-01"),
        *("after=forged", "after=", "show=secrets", "event_type=birthday'--", "since=%F0%9F", "after=a:b:c"),
        *("show=wishes&low=NaN", "show=wishes&low=-1&high=1e999", "show=wishes&currency=XXX", "show=wishes&high=abc"),
        *("show=wishes&low=0.001", "show=wishes&low=Infinity", "show=wishes&after=forged", "show=wishes&since=now"),
    ],
)
def test_what_cannot_be_chosen_is_as_if_it_were_not_there(query: str, owner: User) -> None:
    a_wish(public(owner, "Party"), "Lamp")
    plain = page(None, WISHES if "show=wishes" in query else LISTS)
    forged = page(None, f"{LISTS}?{query}")
    assert _main(forged) == _main(plain)


def test_one_filter_that_makes_no_sense_leaves_the_others(owner: User) -> None:
    public(owner, "Party", event_type=EventType.BIRTHDAY, event_date=in_days(4))
    public(owner, "Bells", event_type=EventType.WEDDING, event_date=in_days(4))
    found = page(None, f"{LISTS}?event_type=wedding&since=yesterday")
    assert ("Party" in found, "Bells" in found) == (False, True)


@pytest.mark.parametrize("query", ["", "?event_type=birthday", "?show=wishes", "?show=wishes&currency=EUR"])
def test_show_more_goes_on_with_the_same_filters(query: str, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "CARDS_A_PAGE", 2)
    for number in range(5):
        wishlist = public(owner, f"List-{number}", event_type=EventType.BIRTHDAY, event_date=in_days(number))
        a_wish(wishlist, f"Wish-{number}", price=5, currency=Currency.EUR)
    a_wish(public(owner, "List-x", event_type=EventType.WEDDING), "Wish-x", currency=Currency.USD)
    client, seen, address = client_of(None), "", f"{LISTS}{query}"
    for _page in range(3):
        response = client.get(address)
        seen += _main(response.content.decode())
        address = f"{LISTS}{query}{'&' if query else '?'}after={response.context['next_cursor']}"
    assert response.context["next_cursor"] == ""
    name = "Wish-" if "wishes" in query else "List-"
    assert all(seen.count(f">{name}{number}</a>") == 1 for number in range(5))
    assert (f">{name}x</a>" in seen) == (query in {"", "?show=wishes"})


def test_nothing_depends_on_claims(owner: User, friend: User) -> None:
    other = friend_of(owner, "Gil")
    wishlist = public(owner, event_type=EventType.BIRTHDAY, event_date=in_days(3))
    item = a_wish(wishlist, "Cups", price=5, quantity=2)
    addresses = [LISTS, f"{LISTS}?event_type=birthday", WISHES, f"{WISHES}&low=1"]
    viewers = [client_of(user) for user in (None, owner, friend)]

    def seen() -> list[str]:
        return [_main(viewer.get(address).content.decode()) for viewer in viewers for address in addresses]

    before = seen()
    for giver in (friend, other):
        claimed(item, giver)
        assert seen() == before
        cache.clear()
        assert seen() == before


def test_a_change_shows_at_once(owner: User) -> None:
    item = a_wish(public(owner, "Old name"), "Old wish")
    assert ("Old wish" in page(None, WISHES), "Old name" in page(None, WISHES)) == (True, True)
    edit_item(item=item, name="New wish")
    assert "New wish" in page(None, WISHES)
    Wishlist.objects.update(name="New name")
    User.objects.update(name="New owner")
    assert all(text in page(None, WISHES) for text in ("New wish", "New name", "New owner"))
    assert all(text in page(None) for text in ("New name", "New owner"))


def test_an_own_list_says_who_sees_it(owner: User) -> None:
    public(owner, "Mine")
    assert "Everyone" in _main(page(owner)).split("Mine")[1]
    assert "Olga" in _main(page(None)).split("Mine")[1]


def test_empty_pages_say_why(db: None) -> None:
    assert "Nobody has a list for everyone yet" in page(None)
    assert "No lists found" in page(None, f"{LISTS}?event_type=wedding")
    assert "Nobody shows a wish to everyone yet" in page(None, WISHES)
    assert "Nothing at this price" in page(None, f"{WISHES}&currency=EUR")


@pytest.mark.parametrize("query", ["", "?event_type=birthday", "?show=wishes", "?show=wishes&low=1"])
@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_budget(query: str, rows: int, owner: User, friend: User) -> None:
    for number in range(rows):
        somebody = person(f"Person {number}")
        wishlist = public(somebody, event_type=EventType.BIRTHDAY, event_date=in_days(number))
        Item.objects.bulk_create([Item(wishlist=wishlist, name=f"{n}", price=5, position=n) for n in range(4)])
    for user in (friend, None):
        client = client_of(user)
        cache.clear()
        cold, warm = (cost_of(client, f"{LISTS}{query}") for _time in range(2))
        assert cold <= (6, 2), cold
        assert warm <= (4, 2), warm


def _main(page: str) -> str:
    """What is between the shell's parts: without tokens."""
    return page.partition("<main")[2].partition("</main>")[0]
