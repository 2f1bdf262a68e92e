"""What happens to the row of a job.

A claim is told from every other claim of the same job by its `started_at`. Who writes the outcome names the claim, so a
worker that was taken for dead cannot overwrite what its successor does.
"""

import logging
from collections.abc import Iterator, Sequence
from datetime import timedelta
from traceback import format_exception
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from wishare.core.jobs.models import Job, Tally
from wishare.core.jobs.retries import GiveUp, WorkerLost, most_attempts, name_of, pause

TRACEBACK_CHARACTERS = 10_000
#: Failed jobs that are run again or discarded together: one statement that nobody waits for long.
AT_ONCE = 10_000
#: As if it had never been tried.
AGAIN: dict[str, Any] = {"worker_ids": [], "exception_class_path": "", "traceback": ""}
logger = logging.getLogger("wishare.jobs")


def claim(queues: Sequence[str], worker: str) -> Job | None:
    """The next job, of the first of the queues that has one; None if none is due. `worker` names a thread.

    The look before the transaction keeps an idle worker from taking SQLite's write lock.
    """
    for queue in queues:
        due = due_in(queue)
        if due.exists():
            with transaction.atomic():
                job = due.select_for_update(skip_locked=True).first()
                if job:
                    job.claim(worker)
                    return job
    return None


def due_in(queue: str) -> QuerySet[Job]:
    """Jobs that wait and may run now, the longest due first."""
    now = timezone.now()
    return Job.objects.filter(status=Status.READY, queue_name=queue, run_after__lte=now).order_by("run_after")


def succeed(job: Job) -> bool:
    """Takes the job away and counts it. False if this claim is not valid any more."""
    with transaction.atomic():
        taken = take_away(job)
        if taken:
            count(job)
    return taken


def take_away(job: Job) -> bool:
    """Removes the row of a claim that is still valid, and holds its lock until the transaction ends."""
    return bool(_claimed(job).delete()[0])


def count(job: Job) -> None:
    """One more done, by the worker that holds it. Last in a transaction: its threads share this row."""
    own = Tally.objects.filter(worker=process_of(job.worker_ids[-1]), queue=job.queue_name)
    if not own.update(processed=F("processed") + 1):
        Tally.objects.get_or_create(worker=process_of(job.worker_ids[-1]), queue=job.queue_name)
        own.update(processed=F("processed") + 1)


def fail(job: Job, error: BaseException) -> None:
    """Puts the job back for later or, after the last attempt, into the failed set: one statement, nothing between."""
    attempts, most = len(job.worker_ids), most_attempts(error, job.exception_class_path)
    name = name_of(error)
    told: dict[str, Any] = {"exception_class_path": name, "traceback": _traceback(error)}
    if attempts >= most or isinstance(error, GiveUp):
        if _claimed(job).update(status=Status.FAILED, finished_at=timezone.now(), **told):
            logger.error("job %s %s failed for good (attempt %d): %s", job.task_path, job.id, attempts, name)
        return
    wait = timedelta() if isinstance(error, WorkerLost) else pause(attempts)
    if _claimed(job).update(status=Status.READY, run_after=timezone.now() + wait, **told):
        seconds = wait.total_seconds()
        logger.warning(
            "job %s %s failed (attempt %d of %d, next in %.0f s): %s",
            *(job.task_path, job.id, attempts, most, seconds, name),
        )


def lock(job: Job) -> bool:
    """Whether the row is free. A machine that lost its power may hold it until the database notices: no use to wait."""
    return bool(Job.objects.select_for_update(skip_locked=True).filter(pk=job.pk).values_list("pk"))


def put_back(job: Job) -> None:
    """As if it had not been claimed: for a worker that stops in good order."""
    before = job.worker_ids[:-1]
    _claimed(job).update(status=Status.READY, worker_ids=before, run_after=timezone.now())


def running() -> Iterator[tuple[Job, str]]:
    """Jobs that are being run, each with the thread that claimed it."""
    for job in Job.objects.running().order_by("started_at")[:1000]:
        yield job, job.worker_ids[-1]


def retry(id: UUID) -> bool:
    """Runs a failed job again, with all its attempts. False if it is not among the failed any more."""
    return bool(_failed(id).update(status=Status.READY, finished_at=None, run_after=timezone.now(), **AGAIN))


def discard(id: UUID) -> bool:
    """Forgets a failed job. False if it is not among the failed any more."""
    return bool(_failed(id).delete()[0])


def retry_all(task: str) -> int:
    """Runs failed jobs of a task again, `AT_ONCE` of them; returns how many."""
    return _failed_of(task).update(status=Status.READY, finished_at=None, run_after=timezone.now(), **AGAIN)


def discard_all(task: str) -> int:
    """Forgets failed jobs of a task, `AT_ONCE` of them; returns how many."""
    return _failed_of(task).delete()[0]


def discard_failed_before(age: timedelta) -> int:
    return Job.objects.failed().filter(finished_at__lt=timezone.now() - age).delete()[0]


def process_of(worker: str) -> str:
    """The process a thread belongs to."""
    return worker.partition("/")[0]


def _claimed(job: Job) -> QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, status=Status.RUNNING, started_at=job.started_at)


def _failed(id: UUID) -> QuerySet[Job]:
    return Job.objects.filter(pk=id, status=Status.FAILED)


def _failed_of(task: str) -> QuerySet[Job]:
    """The oldest, as an update of a slice is none."""
    oldest = Job.objects.failed().filter(task_path=task).order_by("finished_at", "id")[:AT_ONCE]
    return Job.objects.filter(pk__in=oldest.values("pk"), status=Status.FAILED)


def _traceback(error: BaseException) -> str:
    """Its end, which says most, without what a database refuses to store as text."""
    text = "".join(format_exception(error)).replace("\0", "")[-TRACEBACK_CHARACTERS:]
    return text.encode(errors="replace").decode()
