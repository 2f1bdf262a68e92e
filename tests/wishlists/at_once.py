"""Runs jobs in threads that all start in the same moment, each with a database connection of its own."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

from django.db import connection, connections

from wishare.core.errors import Refused

Job = Callable[[], Any]


def at_once(jobs: Sequence[Job], seconds: float = 60) -> list[Any]:
    """What each job returned, in order; a Refused is returned as its sentence, anything else is raised here."""
    barrier = Barrier(len(jobs))
    with ThreadPoolExecutor(len(jobs)) as pool:
        running = [pool.submit(_run, job, barrier) for job in jobs]
        return [future.result(timeout=seconds) for future in running]


def _run(job: Job, barrier: Barrier) -> Any:
    try:
        connection.ensure_connection()  # the race shall be about rows, not about who connects first
        barrier.wait(timeout=30)
        return job()
    except Refused as refusal:
        return str(refusal)
    finally:
        connections.close_all()
