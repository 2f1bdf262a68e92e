"""One job for many writes: how often it runs, and that it has seen them all."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import timedelta

import pytest
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from tests.jobs import processes
from tests.jobs import work as jobs
from tests.jobs.test_killed import wait_until
from wishare.core.jobs import rows
from wishare.core.jobs.coalescing import enqueue_once, waits
from wishare.core.jobs.heartbeat import rescue_jobs
from wishare.core.jobs.models import Job

Effects = Callable[[], list[int]]
Work = Callable[[], bool]
THREADS, WRITES = 8, 100


def write(key: int) -> None:
    """What an action does: it writes, and something has to be worked out anew."""
    with transaction.atomic():
        jobs.write(key)
        enqueue_once(jobs.refresh, key)


def write_and_fail(key: int) -> None:
    with suppress(ZeroDivisionError), transaction.atomic():
        write(key)
        raise ZeroDivisionError


def seen(effects: Effects) -> list[int]:
    """What each run found."""
    return [number - jobs.SEEN for number in effects() if number >= jobs.SEEN]


@contextmanager
def elsewhere(*acts: Callable[[], object]) -> Iterator[None]:
    """Does things in threads of their own, with connections of their own, while the block runs; errors are raised."""
    raised: list[BaseException] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    yield
    for thread in threads:
        thread.join(60)
        assert not thread.is_alive()
    assert raised == []


def test_a_hundred_writes_enqueue_one(effects: Effects, work: Work) -> None:
    for _ in range(WRITES):
        write(7)
    assert Job.objects.count() == 1
    assert [work(), work()] == [True, False]
    assert seen(effects) == [WRITES]


def test_others_have_their_own(effects: Effects, work: Work) -> None:
    made = [enqueue_once(task, *args) for task, *args in [(jobs.refresh, 1), (jobs.refresh, 2), (jobs.note, 1)]]
    assert made == [True, True, True]
    assert not enqueue_once(jobs.note, 1)


def test_it_is_released_when_it_starts_and_not_when_it_ends(effects: Effects) -> None:
    """A write during the run is not lost on the run."""
    write(7)
    claimed = rows.claim(["low_priority"], "w/0")
    assert claimed
    assert not waits(jobs.refresh, 7)
    write(7)
    assert sorted(Job.objects.values_list("status", flat=True)) == [Status.READY, Status.RUNNING]


def test_a_write_that_is_rolled_back_takes_its_job_along(effects: Effects, work: Work) -> None:
    write_and_fail(7)
    assert (Job.objects.count(), work()) == (0, False)
    write(7)
    assert Job.objects.count() == 1


def test_a_write_that_is_rolled_back_leaves_the_job_of_another(effects: Effects, work: Work) -> None:
    write(7)
    write_and_fail(7)
    assert [work(), work()] == [True, False]
    assert seen(effects) == [1]


def test_it_can_wait_for_more(effects: Effects, work: Work) -> None:
    enqueue_once(jobs.refresh, 7, delay=timedelta(minutes=1))
    assert not enqueue_once(jobs.refresh, 7)
    assert not work()
    assert Job.objects.get().run_after > timezone.now() + timedelta(seconds=50)


def test_one_that_will_be_tried_again_counts(effects: Effects, work: Work) -> None:
    enqueue_once(jobs.fail)
    assert work()
    assert not enqueue_once(jobs.fail)


def test_one_that_was_given_up_does_not_count(effects: Effects, work: Work) -> None:
    enqueue_once(jobs.give_up)
    assert work()
    assert enqueue_once(jobs.give_up)


def test_one_whose_worker_died_counts_again(effects: Effects, work: Work) -> None:
    write(7)
    rows.claim(["low_priority"], "dead/0")
    rescue_jobs()
    write(7)
    assert Job.objects.count() == 1
    assert work()
    assert seen(effects) == [2]


def test_a_write_that_finds_one_asks_once(effects: Effects) -> None:
    enqueue_once(jobs.refresh, 7)
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        enqueue_once(jobs.refresh, 7)
    assert len(queries) == 1


def test_long_arguments_have_their_place_in_the_index(effects: Effects) -> None:
    text = "".join(map(chr, range(256, 6000)))
    assert [enqueue_once(jobs.fail, text), enqueue_once(jobs.fail, text), enqueue_once(jobs.fail, text[1:])] == [
        *(True, False, True)
    ]


def test_the_job_waits_for_who_relies_on_it(effects: Effects, work: Work) -> None:
    """Who found it waiting has not committed yet; a job that ran now would not see what they wrote."""
    write(7)
    found, go_on = threading.Event(), threading.Event()

    def write_slowly() -> None:
        with transaction.atomic():
            jobs.write(7)
            assert not enqueue_once(jobs.refresh, 7)
            found.set()
            assert go_on.wait(20)

    with elsewhere(write_slowly):
        assert found.wait(20)
        with elsewhere(work):
            time.sleep(0.3)  # SQLite waits in there, PostgreSQL finds nothing to do
            assert seen(effects) == []
            go_on.set()
    while work():
        pass
    assert seen(effects) == [2]


def test_no_writer_waits_for_another(effects: Effects) -> None:
    """Neither where there is no job yet, nor where there is one."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    for there in (1, 2):  # before that, none and both of these
        found, go_on = threading.Event(), threading.Event()

        def write_slowly(found: threading.Event = found, go_on: threading.Event = go_on) -> None:
            with transaction.atomic():
                write(7)
                found.set()
                assert go_on.wait(20)

        with elsewhere(write_slowly):
            assert found.wait(20)
            started = time.monotonic()
            write(7)
            assert time.monotonic() - started < 2
            assert Job.objects.count() == there
            go_on.set()


def test_no_writer_waits_for_a_worker_that_is_taking_the_job(effects: Effects) -> None:
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time")
    write(7)
    taken, go_on = threading.Event(), threading.Event()

    def take_slowly() -> None:
        with transaction.atomic():
            assert rows.claim(["low_priority"], "w/0")
            taken.set()
            assert go_on.wait(20)

    with elsewhere(take_slowly):
        assert taken.wait(20)
        write(7)
        go_on.set()
    assert sorted(Job.objects.values_list("status", flat=True)) == [Status.READY, Status.RUNNING]


def test_many_threads_writing_for_one_and_workers_that_die(effects: Effects) -> None:
    """However they meet: there are few runs, and the last has seen every write."""

    def write_all() -> None:
        for _ in range(WRITES):
            write(7)

    with processes.crew(2) as workers:
        with elsewhere(*[write_all] * THREADS):
            for _ in range(3):
                time.sleep(0.2)
                processes.kill(workers.pop(0))
                workers.append(processes.start())
        wait_until(lambda: not Job.objects.exists(), 30)
    found = seen(effects)
    assert max(found) == THREADS * WRITES
    assert len(found) < THREADS * WRITES / 2


def test_many_threads_writing_for_one_without_workers(effects: Effects, work: Work) -> None:
    """As many jobs as transactions that were open at once, at most."""

    def write_all() -> None:
        for _ in range(WRITES):
            write(7)

    with elsewhere(*[write_all] * THREADS):
        pass
    most = 1 if connection.vendor == "sqlite" else THREADS
    assert 1 <= Job.objects.count() <= most
    while work():
        pass
    assert max(seen(effects)) == THREADS * WRITES


@pytest.mark.usefixtures("transactional_db")
def test_finding_one_does_not_read_the_table() -> None:
    from wishare.core.jobs.coalescing import ALIKE

    plan = {"sqlite": "EXPLAIN QUERY PLAN ", "postgresql": "EXPLAIN "}[connection.vendor]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # with few rows it reads the table, and is right
            cursor.execute("SET enable_seqscan = off")
        cursor.execute(plan + ALIKE[connection.vendor], ["a.task", "{}"])
        assert "jobs_alike" in str(cursor.fetchall())
        if connection.vendor == "postgresql":
            cursor.execute("RESET enable_seqscan")
