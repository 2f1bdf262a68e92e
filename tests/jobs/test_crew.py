"""The threads of a process: waking, heartbeat, what happens when the database goes, stopping."""

import gc
import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from django_tasks import TaskResultStatus as Status

from tests.jobs import work as jobs
from tests.jobs.conftest import QUEUES
from tests.jobs.test_killed import nothing_left, wait_until
from wishare.core.jobs import heartbeat, retries, rows, running, threads
from wishare.core.jobs.heartbeat import DEAD, Heartbeat
from wishare.core.jobs.models import Job, Tally, Worker
from wishare.core.jobs.threads import Crew
from wishare.core.jobs.waking import Bell

Effects = Callable[[], list[int]]


@contextmanager
def at_work(workers: int = 2) -> Iterator[Crew]:
    crew = Crew(queues=QUEUES, workers=workers)
    crew.start()
    try:
        yield crew
    finally:
        crew.stop(5)


def shift(worker: str, seconds: float) -> None:
    """As if a worker had been seen last so long ago."""
    Worker.objects.filter(pk=worker).update(seen_at=Now() - timedelta(seconds=seconds))


def test_jobs_of_this_process_start_at_once(effects: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threads, "POLL_SECONDS", (60.0, 60.0))
    with at_work():
        time.sleep(0.3)
        with transaction.atomic():
            jobs.note.enqueue(1)
        assert wait_until(lambda: effects() == [1], 5) < 2


def test_jobs_of_other_processes_are_found_by_looking(effects: Effects, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wishare.core.jobs.waking.BELL.ring", lambda: None)
    with at_work():
        jobs.note.enqueue(1)
        wait_until(lambda: effects() == [1], 3)


def test_many_jobs_on_many_threads_happen_once_each(effects: Effects) -> None:
    with at_work(4):
        for number in range(200):
            jobs.note_once.enqueue(number)
        wait_until(nothing_left, 30)
    assert sorted(effects()) == list(range(200))
    assert list(Tally.objects.values_list("worker", "processed")) == [("", 200)]


def test_a_worker_survives_an_outage(
    effects: Effects, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The outcome of the first job cannot be written; it is put back and runs again."""
    broken = threading.Event()
    succeed = rows.succeed

    def fail_once(job: Job) -> bool:
        if not broken.is_set():
            broken.set()
            raise OperationalError("the database is away")
        return succeed(job)

    monkeypatch.setattr(rows, "succeed", fail_once)
    with at_work(1):
        jobs.note.enqueue(1)
        wait_until(nothing_left, 10)
    assert effects() == [1, 1]
    told = [record.getMessage() for record in caplog.records if record.levelno == logging.ERROR]
    assert [line.partition(": ")[2] for line in told] == ["OperationalError"]


@pytest.mark.usefixtures("transactional_db")
def test_the_jobs_of_a_dead_worker_run_again_and_its_numbers_stay() -> None:
    dead, alive = Heartbeat(QUEUES, 2), Heartbeat(QUEUES, 2)
    dead.show()
    jobs.nothing.enqueue()
    assert running.run_next(QUEUES, f"{dead.id}/0")
    jobs.nothing.enqueue()
    assert rows.claim(QUEUES, f"{dead.id}/1")
    shift(dead.id, DEAD.total_seconds() - 1)
    alive.beat()
    assert Job.objects.get().status == Status.RUNNING
    shift(dead.id, DEAD.total_seconds() + 1)
    alive.beat()
    job = Job.objects.get()
    assert (job.status, job.exception_class_path) == (Status.READY, "wishare.core.jobs.retries.WorkerLost")
    assert [worker.pk for worker in Worker.objects.all()] == [alive.id]
    assert list(Tally.objects.values_list("worker", "queue", "processed")) == [("", "default", 1)]
    assert running.run_next(QUEUES, f"{alive.id}/0")


@pytest.mark.usefixtures("transactional_db")
def test_a_job_that_kills_every_worker_ends_among_the_failed() -> None:
    jobs.nothing.enqueue()
    for number in range(retries.ATTEMPTS):
        assert rows.claim(QUEUES, f"w{number}/0")
        heartbeat.rescue_jobs()
    assert Job.objects.get().status == Status.FAILED


@pytest.mark.usefixtures("transactional_db")
def test_one_death_does_not_end_what_is_tried_for_days() -> None:
    """A mail was tried more often than other jobs are, and then its worker was killed."""
    jobs.nothing.enqueue()
    Job.objects.update(
        worker_ids=["w"] * (retries.ATTEMPTS + 5), exception_class_path="wishare.core.outgoing.NotSentError"
    )
    assert rows.claim(QUEUES, "w/0")
    heartbeat.rescue_jobs()
    assert Job.objects.get().status == Status.READY
    assert rows.claim(QUEUES, "w/0")
    heartbeat.rescue_jobs()
    assert Job.objects.get().status == Status.FAILED


@pytest.mark.usefixtures("transactional_db")
def test_who_was_away_buries_nobody_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Heartbeat(QUEUES, 1), Heartbeat(QUEUES, 1)
    one.show()
    other.show()
    shift(other.id, 100)
    monkeypatch.setattr(one, "_last", time.monotonic() - 100)
    one.beat()
    assert Worker.objects.count() == 2
    one.beat()
    assert [worker.pk for worker in Worker.objects.all()] == [one.id]


@pytest.mark.usefixtures("transactional_db")
def test_who_was_buried_alive_comes_back() -> None:
    one = Heartbeat(QUEUES, 1)
    one.show()
    Worker.objects.all().delete()
    one.beat()
    assert [worker.pk for worker in Worker.objects.all()] == [one.id]


def test_connections_of_threads_are_closed(effects: Effects) -> None:
    before = connections_open()
    with at_work(3):
        jobs.note.enqueue(1)
        wait_until(nothing_left, 10)
        assert connections_open() > before
    wait_until(lambda: connections_open() <= before, 5)


def connections_open() -> int:
    """As the server counts them; on SQLite, the objects that still answer."""
    if connection.vendor == "sqlite":
        return sum(is_open(found) for found in gc.get_objects() if type(found) is sqlite3.Connection)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        return int(cursor.fetchone()[0])


def is_open(found: sqlite3.Connection) -> bool:
    try:
        return found.total_changes >= 0
    except sqlite3.ProgrammingError:
        return False


def test_a_ring_between_looking_and_waiting_is_heard() -> None:
    bell = Bell()
    heard = bell.rings
    assert not bell.wait(heard, 0.01)
    bell.ring()
    started = time.monotonic()
    assert bell.wait(heard, 10)
    assert time.monotonic() - started < 1
