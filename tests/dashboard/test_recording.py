"""Views are counted without a query, and reach the database in batches."""

import threading
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.support.cast import client_of, person
from wishare.dashboard import recording
from wishare.dashboard.models import DashboardView
from wishare.dashboard.recording import Views

TODAY = date(2026, 3, 28)


@pytest.fixture
def views(monkeypatch: pytest.MonkeyPatch) -> Views:
    fresh = Views()
    monkeypatch.setattr(recording, "VIEWS", fresh)
    monkeypatch.setattr("wishare.dashboard.views.VIEWS", fresh)
    return fresh


@pytest.mark.django_db
def test_a_view_of_the_page_is_counted_and_writes_nothing_yet(views: Views) -> None:
    user = person("Kim")
    browser = client_of(user)
    for _time in range(3):
        browser.get("/dashboard")
    assert not DashboardView.objects.exists()
    views.write()
    row = DashboardView.objects.get()
    assert (row.user_id, row.day, row.number) == (user.pk, timezone.localdate(), 3)


@pytest.mark.django_db
def test_later_views_of_the_day_are_added_and_another_day_is_another_row(views: Views) -> None:
    user, tomorrow = person("Kim"), TODAY + timedelta(days=1)
    for day in (TODAY, TODAY, tomorrow):
        views.add(user, day)
        views.write()
    assert list(DashboardView.objects.order_by("day").values_list("number", flat=True)) == [2, 1]


@pytest.mark.django_db
def test_who_has_left_meanwhile_is_not_counted(views: Views) -> None:
    gone, here = person("Gone"), person("Here")
    views.add(gone, TODAY)
    views.add(here, TODAY)
    gone.delete()
    views.write()
    assert [row.user_id for row in DashboardView.objects.all()] == [here.pk]


@pytest.mark.django_db
def test_nothing_gathered_costs_no_query(views: Views) -> None:
    with CaptureQueriesContext(connection) as queries:
        views.write()
    assert len(queries) == 0


@pytest.mark.django_db
def test_memory_is_bounded(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "AT_MOST", 1)
    first, second = person("First"), person("Second")
    for user in (first, second, first):
        views.add(user, TODAY)
    views.write()
    assert list(DashboardView.objects.values_list("user", "number")) == [(first.pk, 2)]


@pytest.mark.django_db(transaction=True)
def test_a_thread_writes_what_has_gathered(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    views.add(person("Kim"), TODAY)
    monkeypatch.setattr(recording, "SECONDS", 0.01)
    pause, written = threading.Event(), threading.Event()
    write = views.write

    def and_say_so() -> None:
        write()
        written.set()

    monkeypatch.setattr(views, "write", and_say_so)
    thread = threading.Thread(target=recording._keep_writing, args=[pause])
    thread.start()
    assert written.wait(20)
    pause.set()
    thread.join(20)
    assert DashboardView.objects.get().number == 1


@pytest.mark.django_db
def test_a_failure_is_logged_and_harms_nobody(
    views: Views, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(views, "write", lambda: 1 / 0)
    monkeypatch.setattr(connection, "close", lambda: None)
    recording._write()
    assert "were not written" in caplog.text


@pytest.mark.django_db
def test_what_could_not_be_written_waits_for_the_next_time(views: Views, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [person(f"Kim {number}") for number in range(5)]
    for user in people:
        views.add(user, TODAY)
    monkeypatch.setattr(recording, "AT_ONCE", 2)
    monkeypatch.setattr(recording, "_count", refusing(people[3].pk))
    with pytest.raises(OperationalError):
        views.write()
    monkeypatch.undo()
    views.add(people[0], TODAY)
    views.write()
    assert list(DashboardView.objects.order_by("user").values_list("user", "number")) == [
        *((user.pk, 2 if user == people[0] else 1) for user in people)
    ]


def refusing(pk: int) -> Callable[[int, date, int], None]:
    count = recording._count

    def refuse(user: int, day: date, number: int) -> None:
        if user == pk:
            raise OperationalError("database is locked")
        count(user, day, number)

    return refuse
