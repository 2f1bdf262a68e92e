"""The schedule: each period once, with any number of keepers and after any pause."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from wishare.core.jobs import checks
from wishare.core.jobs.models import Job, Period
from wishare.core.jobs.schedule import Schedule, period, start_once

PATH = "tests.jobs.work.nothing"
HOUR = timedelta(hours=1)
NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_each_period_starts_one_job() -> None:
    minutes = [0, 1, 59, 60, 61, 200]
    assert [start_once(PATH, HOUR, NOON + timedelta(minutes=m)) for m in minutes] == [
        *(True, False, False),
        *(True, False),
        True,  # the period in between was missed, and is made up for once
    ]
    assert Job.objects.filter(task_path=PATH).count() == 3
    assert Period.objects.get().began_at == NOON + 3 * HOUR


@pytest.mark.django_db(transaction=True)
def test_many_keepers_start_a_period_once() -> None:
    barrier, started = threading.Barrier(8), []

    def keep() -> None:
        try:
            barrier.wait(10)
            started.append(start_once(PATH, HOUR, NOON))
        finally:
            connection.close()

    keepers = [threading.Thread(target=keep) for _ in range(8)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join(30)
    assert sorted(started) == [False] * 7 + [True]
    assert Job.objects.count() == 1


@pytest.mark.django_db
def test_a_wrong_clock_does_not_stop_the_schedule_for_ever() -> None:
    start_once(PATH, HOUR, NOON + timedelta(days=9999))
    assert start_once(PATH, HOUR, NOON)
    assert not start_once(PATH, HOUR, NOON)


@pytest.mark.django_db
def test_a_clock_a_little_ahead_starts_no_period_twice() -> None:
    assert start_once(PATH, HOUR, NOON)
    assert not start_once(PATH, HOUR, NOON - timedelta(seconds=2))


@pytest.mark.django_db
@pytest.mark.parametrize("every", [HOUR, -HOUR, timedelta(), timedelta.max, 3600, None])
def test_an_entry_that_cannot_be_started_keeps_no_other_from_it(
    every: timedelta, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Checks keep such entries away; if they do not, the schedule goes on."""
    bad = ["no.such.task", "tests.jobs.work.TABLE"] + ["tests.jobs.work.leave"] * (every != HOUR)
    settings.SCHEDULE = {**dict.fromkeys(bad, every), PATH: HOUR}
    schedule = Schedule()
    for _ in range(3):
        schedule.tick()
    assert PATH in [job.task_path for job in Job.objects.all()]
    told = [record.getMessage() for record in caplog.records if record.name == "wishare.jobs"]
    assert told == [f"schedule: {path} was not started" for path in bad]


@pytest.mark.django_db
def test_waiting_costs_no_query(settings: Settings, django_assert_num_queries: object) -> None:
    settings.SCHEDULE = {PATH: timedelta(days=999)}
    schedule = Schedule()
    schedule.tick()
    with django_assert_num_queries(0):  # type: ignore[operator]
        schedule.tick()


def test_periods_are_counted_in_utc() -> None:
    assert period(HOUR, NOON + timedelta(minutes=59)) == NOON
    assert period(timedelta(days=1), NOON) == NOON - timedelta(hours=12)


@pytest.mark.parametrize(
    ("path", "every"),
    [
        *(
            ("no.such.task", HOUR),
            ("tests.jobs.work.TABLE", HOUR),
            ("x", HOUR),
            (7, HOUR),
            ("tests.jobs.work.note", HOUR),
        ),
        *((PATH, timedelta(seconds=59)), (PATH, -HOUR), (PATH, timedelta()), (PATH, timedelta.max), (PATH, 3600)),
    ],
)
def test_a_malformed_schedule_does_not_start(path: str, every: timedelta, settings: Settings) -> None:
    settings.SCHEDULE = {path: every}
    with pytest.raises(SystemCheckError, match=r"wishare\.E003"):
        call_command("check")


@pytest.mark.parametrize("schedule", [None, [PATH], PATH])
def test_what_is_no_schedule_does_not_start(schedule: object, settings: Settings) -> None:
    settings.SCHEDULE = schedule
    with pytest.raises(SystemCheckError, match="SCHEDULE must name tasks"):
        call_command("check")


def test_the_schedule_of_this_application_is_sound() -> None:
    assert list(checks.complaints(django_settings.SCHEDULE)) == []


@pytest.mark.django_db
def test_the_purge_runs_as_a_job_when_a_server_starts_that_was_away() -> None:
    from tests.jobs.conftest import QUEUES
    from tests.support.cast import person
    from wishare.core.jobs import running
    from wishare.wishlists.actions import lists
    from wishare.wishlists.models import Wishlist

    wishlist = lists.create_wishlist(owner=person("Olga"), name="Old plans")
    Wishlist.objects.filter(pk=wishlist.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    Schedule().tick()
    while running.run_next(QUEUES, "w/0"):
        pass
    assert not Wishlist.objects.exists()
    assert not Job.objects.filter(task_path__endswith="purge").exists()
