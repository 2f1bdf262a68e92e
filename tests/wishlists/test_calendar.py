"""The calendar: whose days are in it, in which order, under which months, and at what cost."""

from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import befriend, client_of, person
from tests.support.counting import cost_of
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.actions import disconnect
from wishare.wishlists.actions.lists import delete_wishlist
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries.calendar import events
from wishare.wishlists.views import calendar as views

CALENDAR = reverse("calendar")
PAST = f"{CALENDAR}?past=1"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def names(viewer: User, *, past: bool = False) -> list[str]:
    return [row.name for row in events(viewer, timezone.localdate(), past=past)]


def main(viewer: User, address: str = CALENDAR) -> str:
    page = client_of(viewer).get(address).content.decode()
    return page.partition("<main")[2].partition("</main>")[0]


def test_it_has_the_days_of_me_and_my_friends_that_i_may_see(owner: User, friend: User) -> None:
    stranger = person("Sten")
    for user in (owner, friend, stranger):
        for visibility in Visibility:
            a_list(user, f"{user.name} {visibility.value}", visibility=visibility, event_date=in_days(2))
    a_list(friend, "no date")
    gone = a_list(friend, "gone", event_date=in_days(2))
    delete_wishlist(wishlist=gone)
    assert names(owner) == ["Olga 0", "Olga 1", "Olga 2", "Fred 1", "Fred 2"]
    assert names(friend) == ["Olga 1", "Olga 2", "Fred 0", "Fred 1", "Fred 2"]
    assert names(stranger) == ["Sten 0", "Sten 1", "Sten 2"]


def test_the_end_of_a_friendship_ends_it(owner: User) -> None:
    friend = person("Fred")
    friendship = befriend(owner, friend)
    a_list(friend, "Party", event_date=in_days(2), visibility=Visibility.PUBLICLY_VISIBLE)
    assert names(owner) == ["Party"]
    disconnect(connection=friendship)
    assert names(owner) == []


def test_what_comes_is_in_order_and_what_was_is_backwards(owner: User, friend: User) -> None:
    for day in (5, -5, 0, -1, 400, 1):
        a_list(friend, f"{day}", event_date=in_days(day))
    assert names(owner) == ["0", "1", "5", "400"]
    assert names(owner, past=True) == ["-1", "-5"]
    assert ">5</a>" in main(owner)
    assert ">-5</a>" not in main(owner)
    assert ">-5</a>" in main(owner, PAST)


def test_days_stand_under_their_months(owner: User) -> None:
    for day in (date(2098, 1, 5), date(2098, 1, 31), date(2098, 3, 1)):
        a_list(owner, f"on {day}", event_date=day)
    months = client_of(owner).get(CALENDAR).context["months"]
    assert [(month.first, len(month.events), month.continued) for month in months] == [
        (date(2098, 1, 1), 2, False),
        (date(2098, 3, 1), 1, False),
    ]


@pytest.mark.parametrize("scripted", [True, False], ids=["htmx", "plain"])
def test_a_month_that_goes_on_is_named_once(owner: User, scripted: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """With htmx the rows are put below those of the page before; a plain link leads to a page of its own."""
    monkeypatch.setattr(views, "EVENTS_A_PAGE", 2)
    for day in (1, 2, 3, 4):
        a_list(owner, f"day {day}", event_date=date(2098, 1, day))
    a_list(owner, "later", event_date=date(2098, 2, 1))
    client = client_of(owner)
    first = client.get(CALENDAR)
    assert "month=2098-01" in first.content.decode()
    query = {"after": first.context["next_cursor"], "month": "2098-01"}
    second = client.get(CALENDAR, query, headers={"HX-Request": "true"} if scripted else {})
    assert [month.continued for month in second.context["months"]] == [scripted]
    assert ("January" in _between(second.content.decode(), "<h2", "</h2>")) != scripted
    query = {"after": second.context["next_cursor"], "month": "2098-01"}
    third = client.get(CALENDAR, query, headers={"HX-Request": "true"})
    assert [(month.continued, len(month.events)) for month in third.context["months"]] == [(False, 1)]
    assert third.context["next_cursor"] == ""


@pytest.mark.parametrize("address", [CALENDAR, PAST])
def test_every_day_is_on_one_of_its_pages(address: str, owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "EVENTS_A_PAGE", 2)
    sign = -1 if address == PAST else 1
    for place, number in enumerate((1, 1, 1, 2, 3)):
        a_list(owner, f"list {place} day-{number}", event_date=in_days(sign * number))
    client, seen, after = client_of(owner), [], ""
    for _page in range(3):
        response = client.get(address, {"past": "1" if sign < 0 else "", "after": after})
        seen += [event for month in response.context["months"] for event in month.events]
        after = response.context["next_cursor"]
    assert after == ""
    assert ["day-1" in seen[0], "day-2" in seen[3], "day-3" in seen[4], len(seen)] == [True, True, True, 5]


@pytest.mark.parametrize("query", ["after=forged", "past=2", "past=true", "month=2098-01", "month=%27--", "after=a:b"])
def test_forged_addresses_are_as_if_they_were_plain(query: str, owner: User) -> None:
    a_list(owner, event_date=in_days(2))
    assert main(owner, f"{CALENDAR}?{query}") == main(owner)


def test_the_page_holds_no_clock(owner: User) -> None:
    """«In 12 days» is made in the browser, from the day."""
    a_list(owner, event_date=date(2098, 1, 5))
    page = main(owner)
    assert '<time datetime="2098-01-05" data-relative>Jan. 5, 2098</time>' in page
    assert str(timezone.localdate().year) not in page


def test_nothing_depends_on_claims(owner: User, friend: User) -> None:
    item = a_wish(a_list(owner, event_date=in_days(3)), quantity=2)
    viewers = (owner, friend)
    before = [main(user) for user in viewers]
    for giver in (friend, friend_of(owner, "Gil")):
        claimed(item, giver)
        assert [main(user) for user in viewers] == before
        cache.clear()
        assert [main(user) for user in viewers] == before


def test_a_change_shows_at_once(owner: User, friend: User) -> None:
    a_list(friend, "Old name", event_date=in_days(3))
    assert "Old name" in main(owner)
    Wishlist.objects.update(name="New name", event_date=date(2098, 7, 9))
    User.objects.filter(pk=friend.pk).update(name="New friend")
    page = main(owner)
    assert [text in page for text in ("Old name", "New name", "New friend", "July")] == [False, True, True, True]


def test_it_is_mine_or_somebodys(owner: User, friend: User) -> None:
    a_list(owner, event_date=in_days(3))
    assert ("You" in main(owner), "Olga" in main(owner)) == (True, False)
    assert "Olga" in main(friend)


def test_empty_pages_say_why(owner: User) -> None:
    assert "No dates yet" in main(owner)
    assert "Nothing here yet" in main(owner, PAST)


@pytest.mark.parametrize("address", [CALENDAR, PAST])
@pytest.mark.parametrize("rows", [1, 3, 30])
def test_the_budget(address: str, rows: int, owner: User) -> None:
    for number in range(rows):
        a_list(friend_of(owner, f"Friend {number}"), event_date=in_days(-number - 1 if address == PAST else number))
    client = client_of(owner)
    cold, warm = cost_of(client, address), cost_of(client, address)
    assert cold <= (6, 2), cold
    assert warm <= (4, 2), warm


def _between(text: str, begin: str, end: str) -> str:
    return "".join(part.split(end)[0] for part in text.split(begin)[1:])
