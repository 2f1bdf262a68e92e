"""Running a job, in whatever thread."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast

from django.conf import settings
from django.db import close_old_connections, connection, transaction
from django.utils.translation import override
from django_tasks.base import TaskContext, TaskResult

from wishare.core.jobs import rows
from wishare.core.jobs.models import Job


class Superseded(Exception):  # noqa: N818 (what happened)
    """The job is somebody else's by now: this worker was taken for dead."""


@contextmanager
def once(context: TaskContext) -> Iterator[None]:
    """For a job that takes its context: what it writes inside and that it is done are committed together.

    So it happens once, however often workers die: `with once(context): …` around the whole effect, and nothing that
    must not be repeated outside. Raises Superseded without having done anything.
    """
    job: Job = context.task_result.db_result  # type: ignore[attr-defined]
    with transaction.atomic():
        if not rows.take_away(job):
            raise Superseded
        yield
        rows.count(job)


def run_next(queues: Sequence[str], worker: str) -> bool:
    """Runs a job to its end or failure, and writes down which. Returns whether there was one."""
    job = rows.claim(queues, worker)
    if job is None:
        return False
    error = _run(job)
    if not connection.in_atomic_block:  # in somebody's transaction there is none that could be changed
        close_old_connections()  # the job may have left a broken one
    if error is None:
        rows.succeed(job)
    else:
        rows.fail(job, error)
    return True


def _run(job: Job) -> BaseException | None:
    """What the job raised, whatever it is: anything that is let through would end the thread of the worker."""
    try:
        task, result = job.task, job.task_result
        context = [TaskContext(task_result=cast(TaskResult[Any], result))] if task.takes_context else []
        with override(settings.LANGUAGE_CODE):
            task.call(*context, *result.args, **result.kwargs)
    except BaseException as error:
        return error
    return None
