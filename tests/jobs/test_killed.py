"""Workers that are killed: every job runs to its end all the same, and what it does happens once."""

import random
import time
from collections import Counter
from collections.abc import Callable
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from django_tasks import TaskResultStatus as Status

from tests.jobs import processes
from tests.jobs import work as jobs
from wishare.core.jobs.models import Job, Tally, Worker

KILLS = 50
Effects = Callable[[], list[int]]


def wait_until(condition: Callable[[], bool], seconds: float) -> float:
    """Returns how long it took."""
    started = time.monotonic()
    while not condition():
        assert time.monotonic() - started < seconds, "it did not happen"
        time.sleep(0.02)
    return time.monotonic() - started


def nothing_left() -> bool:
    return not Job.objects.exists()


@pytest.fixture
def trace(tmp_path: Path) -> Path:
    path = tmp_path / "trace"
    path.touch()
    return path


def test_fifty_workers_killed_in_mid_job(effects: Effects, trace: Path) -> None:
    numbers = iter(range(100_000))
    enqueued = 0
    with processes.crew(3) as workers:
        for _ in range(KILLS):
            for number in (next(numbers) for _ in range(8)):
                jobs.killable.enqueue(number, str(trace))
                enqueued += 1
            kill_one(workers, trace)
        wait_until(nothing_left, 40)
        wait_until(lambda: Worker.objects.count() == len(workers), 10)
    assert Counter(effects()) == Counter(range(enqueued))
    began = Counter(number for word, _pid, number in processes.trace(trace) if word == "began")
    assert sum(began.values()) > enqueued + KILLS // 2, "hardly a job was interrupted before its effect"
    assert sum(Tally.objects.values_list("processed", flat=True)) == enqueued
    assert not Worker.objects.exists()


def kill_one(workers: list[ForkServerProcess], trace: Path) -> None:
    """Kills one that is in the middle of a job, at a moment of its own, and puts a new one in its place."""
    busy: set[int] = set()

    def is_one_busy() -> bool:
        busy.update(processes.in_mid_job(trace, {worker.pid or 0 for worker in workers}))
        return bool(busy)

    time.sleep(random.uniform(0, 0.1))
    wait_until(is_one_busy, 20)
    victim = next(worker for worker in workers if worker.pid in busy)
    processes.kill(victim)
    workers[workers.index(victim)] = processes.start()


def test_a_killed_job_runs_again_within_ten_seconds(effects: Effects, trace: Path) -> None:
    with processes.crew(2) as workers:
        jobs.killable_slow.enqueue(1, str(trace))
        wait_until(lambda: bool(processes.in_mid_job(trace, {worker.pid or 0 for worker in workers})), 20)
        kill_one(workers, trace)
        took = wait_until(lambda: len(list(processes.trace(trace))) > 1, 12)
        assert took < 10
        wait_until(nothing_left, 10)
    assert effects() == [1]


def test_a_worker_that_is_told_to_stop_finishes_its_job(effects: Effects, trace: Path) -> None:
    with processes.crew(1) as workers:
        jobs.killable_slow.enqueue(1, str(trace))
        wait_until(lambda: bool(processes.in_mid_job(trace, {workers[0].pid or 0})), 20)
    assert [word for word, _pid, _number in processes.trace(trace)] == ["began", "ended"]
    assert (effects(), nothing_left()) == ([1], True)
    assert not Worker.objects.exists()


def test_what_takes_too_long_is_put_back_when_the_worker_stops(effects: Effects, trace: Path) -> None:
    with processes.crew(1) as workers:
        jobs.endless.enqueue(1, str(trace))
        wait_until(lambda: bool(processes.in_mid_job(trace, {workers[0].pid or 0})), 20)
        took = time.monotonic()
    assert time.monotonic() - took < 9
    job = Job.objects.get()
    assert (job.status, job.worker_ids) == (Status.READY, [])
