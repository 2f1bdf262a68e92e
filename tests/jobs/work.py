"""Jobs for the tests of the queue: short, and they leave traces."""

import os
import random
import time
from pathlib import Path

from django.db import connection
from django_tasks import TaskContext, task

from wishare.core.jobs.retries import GiveUp
from wishare.core.jobs.running import once

TABLE = "jobs_test_effects"
#: What `refresh` adds to a count, to be told from what was counted.
SEEN = 1_000_000


def write(number: int) -> None:
    """An effect that can be counted: nothing keeps a second row of the same number away."""
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {TABLE} (number) VALUES (%s)", [number])


@task
def note(number: int) -> None:
    write(number)


@task(queue_name="low_priority")
def note_later(number: int) -> None:
    write(number)


@task
def fail(text: str = "no luck", *, secret: str = "") -> None:
    """With what no database stores as text: a page from the web may put it into an error."""
    raise ValueError(f"{text}\0 \udc80")


@task
def give_up() -> None:
    raise GiveUp("it will not get better")


@task
def leave() -> None:
    raise SystemExit(3)


@task(takes_context=True)
def note_once(context: TaskContext, number: int) -> None:
    with once(context):
        write(number)


@task(takes_context=True)
def note_and_fail(context: TaskContext, number: int) -> None:
    with once(context):
        write(number)
        raise ValueError("too late")


@task(takes_context=True)
def killable(context: TaskContext, number: int, trace: str) -> None:
    """Tells who began what, works for a moment before and after its effect, and tells that it is done."""
    told = os.open(trace, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(told, f"began {os.getpid()} {number}\n".encode())
        time.sleep(random.uniform(0.01, 0.08))
        with once(context):
            write(number)
            time.sleep(random.uniform(0, 0.004))  # inside, too, it may be killed
        time.sleep(random.uniform(0, 0.02))
        os.write(told, f"ended {os.getpid()} {number}\n".encode())
    finally:
        os.close(told)


@task(takes_context=True)
def killable_slow(context: TaskContext, number: int, trace: str) -> None:
    _in_trace(context, number, trace, seconds=1.5)


@task(takes_context=True)
def endless(context: TaskContext, number: int, trace: str) -> None:
    _in_trace(context, number, trace, seconds=600)


def _in_trace(context: TaskContext, number: int, trace: str, *, seconds: float) -> None:
    with Path(trace).open("a", buffering=1) as told:
        told.write(f"began {os.getpid()} {number}\n")
        time.sleep(seconds)
        with once(context):
            write(number)
        told.write(f"ended {os.getpid()} {number}\n")


@task
def nothing() -> None:
    """Needs no table."""


@task(queue_name="low_priority")
def refresh(key: int) -> None:
    """Writes down how many rows of the key there are: what somebody sees who reads them when the job runs."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {TABLE} WHERE number = %s", [key])
        write(SEEN + cursor.fetchone()[0])
