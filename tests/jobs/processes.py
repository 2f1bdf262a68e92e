"""Real worker processes that can be killed. One that has loaded everything forks them, so fifty cost little."""

import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from django.db import connection

THREADS = 2
NAMES = ("PYTHONPATH", "WISHARE_DATA_DIR", "DATABASE_URL", "DJANGO_SETTINGS_MODULE")


def start() -> ForkServerProcess:
    """A worker on the database of this test."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.jobs.loaded"])
    process = context.Process(target=main, args=(str(connection.settings_dict["NAME"]),), daemon=True)
    process.start()
    return process


def main(database: str) -> None:
    """What a worker process runs: the real command, but for the name of the test's database."""
    from tests.jobs import loaded

    loaded.work(database, THREADS)


@contextmanager
def crew(size: int) -> Iterator[list[ForkServerProcess]]:
    """So many workers; those that are there at the end are told to stop, and do."""
    processes = [start() for _ in range(size)]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(10)
            process.kill()


def trace(path: Path) -> Iterator[tuple[str, int, int]]:
    """What jobs have told: "began" or "ended", in which process, which number."""
    for line in path.read_text().splitlines():
        word, pid, number = line.split()
        yield word, int(pid), int(number)


def in_mid_job(path: Path, alive: set[int]) -> set[int]:
    """Processes of `alive` with a job that has begun and not ended."""
    open_jobs: dict[int, int] = dict.fromkeys(alive, 0)
    for word, pid, _number in trace(path):
        if pid in open_jobs:
            open_jobs[pid] += 1 if word == "began" else -1
    return {pid for pid, number in open_jobs.items() if number > 0}


def kill(process: ForkServerProcess) -> None:
    """At once, without a chance to tidy up."""
    os.kill(process.pid or 0, signal.SIGKILL)
    process.join(10)
