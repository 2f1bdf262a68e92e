"""Starts jobs at regular times, without cron: each period of each entry once, however many processes keep the schedule.

The setting SCHEDULE names tasks and how often each runs: `{"wishare.wishlists.jobs.purge": timedelta(hours=1)}`.
Periods are counted from 1970 in UTC. A period that was missed because nothing ran is made up for once.
"""

import logging
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.base import Task

from wishare.core.jobs.models import Period

TICK_SECONDS = 1.0
#: How long an entry is left alone that could not be started.
PAUSE = timedelta(minutes=1)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)
logger = logging.getLogger("wishare.jobs")


class Schedule:
    """Remembers what needs no looking at yet, so that waiting costs no query."""

    def __init__(self) -> None:
        self._next: dict[str, datetime] = {}

    def tick(self) -> float:
        """Starts what is due; an entry that cannot be started keeps no other from it. Returns seconds to wait."""
        now = timezone.now()
        for path, every in settings.SCHEDULE.items():
            if now >= self._next.get(path, LONG_AGO):
                self._next[path] = self._start(path, every, now)
        return TICK_SECONDS

    def _start(self, path: str, every: timedelta, now: datetime) -> datetime:
        """Returns when to look at the entry again."""
        try:
            start_once(path, every, now)
            return period(every, now) + every
        except Exception:
            logger.exception("schedule: %s was not started", path)
            return now + PAUSE


def start_once(path: str, every: timedelta, now: datetime) -> bool:
    """Enqueues the task unless somebody has in this period. The note of it and the job are one transaction.

    A note of a period that is still to come was made by a clock that was wrong; it counts for nothing.
    """
    task, begin = task_at(path), period(every, now)
    with transaction.atomic():
        Period.objects.get_or_create(task=path, defaults={"began_at": LONG_AGO})
        older = Q(began_at__lt=begin) | Q(began_at__gt=begin + every)
        started = Period.objects.filter(older, task=path).update(began_at=begin)
        if started:
            task.enqueue()
    return bool(started)


def period(every: timedelta, now: datetime) -> datetime:
    """When the present period began. Raises ValueError for one that never ends."""
    if every <= timedelta():
        raise ValueError(f"a period of {every}")
    return LONG_AGO + (now - LONG_AGO) // every * every


def task_at(path: str) -> Task[[], object]:
    """Raises ImportError or TypeError for a path that leads to no task."""
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is not a task")
    return task
