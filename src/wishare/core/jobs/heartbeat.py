"""Tells which workers are alive, and gives the jobs of the others to those that are.

Times are the database's, so clocks of machines may differ.
"""

import logging
import os
import socket
import time
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now

from wishare.core.jobs import rows
from wishare.core.jobs.models import Tally, Worker
from wishare.core.jobs.retries import WorkerLost

BEAT_SECONDS = 2.0
#: A worker that was not seen for so long is dead: its jobs run again after 6 to 8 seconds.
DEAD = timedelta(seconds=6)
logger = logging.getLogger("wishare.jobs")


class Heartbeat:
    """The sign of life of this process."""

    def __init__(self, queues: Sequence[str], threads: int) -> None:
        self.id = uuid4().hex
        self._queues, self._threads = ",".join(queues), threads
        self._last = time.monotonic()

    def beat(self) -> None:
        """Says that we live, and looks after the others.

        Not when our own beat is late: whatever kept us (a database that was away, a laptop that slept) kept the others
        too, and they get a round to show up.
        """
        last = self._last
        self.show()  # which may have waited long for the database
        if self._last - last <= DEAD.total_seconds() / 2:
            bury_dead()
            rescue_jobs()

    def show(self) -> None:
        if not Worker.objects.filter(pk=self.id).update(seen_at=Now()):
            place = {"host": socket.gethostname()[:255], "pid": os.getpid()}
            Worker.objects.create(pk=self.id, queues=self._queues, threads=self._threads, seen_at=Now(), **place)
        self._last = time.monotonic()

    def end(self) -> None:
        """Leaves in good order: what still runs is put back at once."""
        for job, worker in rows.running():
            if rows.process_of(worker) == self.id:
                rows.put_back(job)
        _bury(Worker.objects.filter(pk=self.id), self.id)


def rescue_jobs() -> None:
    """Jobs are read before workers: whoever claims one has shown up before."""
    held = list(rows.running())
    alive = set(Worker.objects.values_list("pk", flat=True)) if held else set()
    for job, worker in held:
        if rows.process_of(worker) not in alive:
            with transaction.atomic():
                if rows.lock(job):
                    rows.fail(job, WorkerLost("The worker of this job died."))


def bury_dead() -> None:
    """Each is asked again whether it is dead when it is taken away: it may just have shown up."""
    dead = Worker.objects.filter(seen_at__lt=Now() - DEAD)
    for worker in dead[:1000]:
        if _bury(dead.filter(pk=worker.pk), worker.pk):
            logger.warning("worker %s (%s, process %d) is gone", worker.pk, worker.host, worker.pid)


def _bury(found: QuerySet[Worker], id: str) -> bool:
    """Takes a worker from the list and keeps its numbers. False if it was not found."""
    with transaction.atomic():
        if not found.delete()[0]:
            return False
        for tally in Tally.objects.filter(worker=id).order_by("queue").select_for_update():
            Tally.objects.get_or_create(worker="", queue=tally.queue)
            Tally.objects.filter(worker="", queue=tally.queue).update(processed=F("processed") + tally.processed)
            tally.delete()
    return True
