"""The page, the bell, and what they cost."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.notifications.telling import notes
from tests.support.cast import client_of, person
from tests.support.counting import counted
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish, friend_of
from wishare.accounts.models import User
from wishare.connections.actions import ask_to_connect, disconnect
from wishare.core.pubsub import Poke, listening
from wishare.notifications.models import Kind, Notification
from wishare.notifications.queries import COUNTED

pytestmark = pytest.mark.django_db
PAGE, BELL = "/notifications", "/notifications/bell"
#: Queries of a second look at any page, and of the page of notifications with whatever it shows.
WARM = 4


def html(browser: Client, address: str = PAGE) -> str:
    return browser.get(address).content.decode()


def count(browser: Client, address: str = PAGE) -> str:
    """What the bell of a page says; nothing when it says nothing."""
    found = re.findall(r'<span class="bell__count"[^>]*>([^<]*)</span>', html(browser, address))
    return "".join(found)


def asked_by(asked: User, number: int) -> None:
    for n in range(number):
        ask_to_connect(user=person(f"Person {n}"), partner=asked)


def test_an_empty_page_says_so(owner: User) -> None:
    page = html(client_of(owner))
    assert "All quiet" in page
    assert "Mark all as read" not in page
    assert 'aria-label="Notifications"' in page


def test_newest_first_under_their_days(owner: User) -> None:
    asked_by(owner, 3)
    for days, note in enumerate(reversed(notes(owner))):
        Notification.objects.filter(pk=note.pk).update(created_at=note.created_at - timedelta(days=days))
    page = html(client_of(owner))
    assert page.index("Person 0") < page.index("Person 1") < page.index("Person 2")
    assert page.count('class="month__name"') == 3
    assert "Today" in page
    assert "Yesterday" in page


def test_days_begin_where_the_person_lives(owner: User) -> None:
    asked_by(owner, 1)
    late = timezone.now().replace(hour=11, minute=0) - timedelta(days=5)
    Notification.objects.update(created_at=late)
    for zone, ahead in [("Pacific/Kiritimati", 1), ("Pacific/Pago_Pago", 0)]:
        User.objects.filter(pk=owner.pk).update(time_zone=zone)
        day = late.date() + timedelta(days=ahead)
        assert f'id="day-{day.isoformat()}"' in html(client_of(owner))


def test_what_people_call_themselves_is_escaped(owner: User) -> None:
    friend = friend_of(owner, "<script>{name}</script>")
    a_wish(a_list(friend, name="<i>{0}</i>"), name="<b>%s</b>")
    assert notes(owner)
    page = html(client_of(owner))
    assert "&lt;script&gt;{name}" in page
    assert "<i>{0}" not in page


def test_the_bell_counts_what_is_unread_on_every_page(owner: User) -> None:
    asked_by(owner, 3)
    browser = client_of(owner)
    assert [count(browser, address) for address in ("/dashboard", "/friends", PAGE, BELL)] == ["3"] * 4
    assert "Notifications, 3 unread" in html(browser, BELL)


def test_the_bell_counts_no_further_than_a_hundred(owner: User) -> None:
    rows = [Notification(recipient=owner, kind=Kind.CONNECTION_REMOVED, actor=person("Ana"), told_name="Ana")]
    rows += [
        Notification(recipient=owner, kind=rows[0].kind, actor=rows[0].actor, told_name="A") for _ in range(COUNTED)
    ]
    Notification.objects.bulk_create(rows)
    assert count(client_of(owner)) == "99+"


def test_a_visitor_has_no_bell(db: None) -> None:
    assert 'id="bell"' not in html(Client(), "/")
    assert Client().get(BELL).status_code == 302


def test_opening_one_leads_to_it_and_marks_it_read(owner: User) -> None:
    asked_by(owner, 2)
    browser, heard = client_of(owner), list[Poke]()
    first = notes(owner)[0]
    with listening(f"notifications_{owner.public_id}", heard.append):
        response = browser.get(reverse("notification", args=[first.public_id]))
    assert (response.status_code, response.headers["Location"]) == (302, reverse("friends"))
    assert count(browser) == "1"


@pytest.mark.django_db(transaction=True)
def test_each_change_pokes_the_person_it_concerns(owner: User, friend: User) -> None:
    heard = list[Poke]()
    browser = client_of(owner)
    with listening(f"notifications_{owner.public_id}", heard.append):
        asked_by(owner, 1)
        note = notes(owner)[0].public_id
        browser.get(reverse("notification", args=[note]))
        browser.post(reverse("notification_dismiss", args=[note]))
        browser.post(reverse("notification_restore", args=[note]))
        browser.post(reverse("notifications_read"))
        disconnect(connection=owner.connections_answered.get(status=0), by=owner)
    assert {poke.what for poke in heard} == {"notifications"}
    assert len(heard) == 6


def test_all_can_be_marked_as_read(owner: User) -> None:
    asked_by(owner, 3)
    browser = client_of(owner)
    response = browser.post(reverse("notifications_read"), follow=True)
    page = response.content.decode()
    assert "note--unread" not in page
    assert page.count('class="feed__row note') == 3
    assert count(browser) == ""


def test_one_can_be_removed_and_brought_back(owner: User) -> None:
    asked_by(owner, 1)
    browser, note = client_of(owner), notes(owner)[0]
    page = browser.post(reverse("notification_dismiss", args=[note.public_id]), follow=True).content.decode()
    undo = reverse("notification_restore", args=[note.public_id])
    assert undo in page
    assert "All quiet" in page
    assert browser.get(reverse("notification", args=[note.public_id])).status_code == 404
    assert "Person 0" in browser.post(undo, follow=True).content.decode()


def test_more_come_by_the_page(owner: User) -> None:
    asked_by(owner, 45)
    browser, seen = client_of(owner), list[str]()
    address = PAGE
    while address:
        page = html(browser, address)
        seen += re.findall(r"<b>(Person \d+)</b>", page)
        more = re.search(r'href="(\?after=[^"]+)"', page)
        address = PAGE + more[1].replace("&amp;", "&") if more else ""
    assert seen == [f"Person {n}" for n in reversed(range(45))]


# --- what it costs --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("number", [0, 1, 3, 30])
def test_the_budget(number: int, owner: User) -> None:
    for n in range(number):
        a_wish(a_list(friend_of(owner, f"Friend {n}")))
    work_off()
    browser = client_of(owner)
    with counted() as cold:
        html(browser)
    with counted(warm=True) as warm:
        html(browser)
    assert cold <= (4, 2), str(cold)
    assert warm <= (WARM, 0), str(warm)


@pytest.mark.parametrize("route", ["dashboard", "wishlists", "discover", "calendar", "gifts", "activity"])
def test_a_bell_that_rings_keeps_a_warm_page_in_its_budget(route: str, owner: User) -> None:
    asked_by(owner, 3)
    browser, address = client_of(owner), reverse(route)
    browser.get(address)
    with counted(warm=True) as ringing:
        browser.get(address)
    Notification.objects.update(read_at=timezone.now())
    with counted(warm=True) as silent:
        browser.get(address)
    assert ringing <= (WARM + (route == "discover"), 2), str(ringing)
    assert len(silent.queries) == len(ringing.queries) - 1
