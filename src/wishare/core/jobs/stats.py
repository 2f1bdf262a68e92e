"""What the queues hold. No number costs more than counting to ten thousand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django_tasks import TaskResultStatus as Status

from wishare.core.jobs.models import Job, Tally

COUNTED = 10_000


@dataclass(frozen=True)
class Number:
    """A count; `more` when counting stopped there."""

    value: int
    more: bool = False


@dataclass(frozen=True)
class Queue:
    """A queue in numbers: waiting for the first time, running, waiting after a failure, given up, and done ever."""

    name: str
    pending: Number
    running: Number
    retrying: Number
    failed: Number
    processed: Number

    @property
    def numbers(self) -> tuple[Number, ...]:
        """All of them, in the order of a job's life."""
        return self.pending, self.running, self.retrying, self.failed, self.processed


def failed_tasks() -> list[tuple[str, Number]]:
    """How many of each task are among the failed; of ten thousand of them, if there are more."""
    some = Job.objects.failed().order_by()[: COUNTED + 1].values("pk")
    tasks = Job.objects.filter(pk__in=some).order_by("task_path").values_list("task_path").annotate(Count("pk"))
    found = list(tasks)
    more = sum(number for _task, number in found) > COUNTED
    return [(task, Number(number, more)) for task, number in found]


def failed_mark(found: Sequence[Queue]) -> str:
    """Another text as soon as others are among the failed."""
    of_each = [Job.objects.failed().filter(queue_name=queue.name).order_by() for queue in found]
    newest = [jobs.aggregate(newest=Max("finished_at"))["newest"] for jobs in of_each]
    numbers = [queue.failed.value for queue in found]
    return "-".join(f"{number}.{at.timestamp() if at else 0}" for number, at in zip(numbers, newest, strict=True))


def queues() -> list[Queue]:
    """Every queue that is declared."""
    done = dict(Tally.objects.values_list("queue").annotate(Sum("processed")))
    return [_queue(name, done.get(name, 0)) for name in settings.QUEUE_NAMES]


def _queue(name: str, processed: int) -> Queue:
    jobs = Job.objects.filter(queue_name=name).order_by()
    waiting = jobs.filter(status=Status.READY)[: COUNTED + 1]
    numbers = waiting.aggregate(all=Count("pk"), again=Count("pk", filter=~Q(exception_class_path="")))
    more = numbers["all"] > COUNTED
    return Queue(
        name,
        pending=Number(numbers["all"] - numbers["again"] - more, more),
        running=_count(jobs.running()),
        retrying=Number(numbers["again"], more),
        failed=_count(jobs.failed()),
        processed=Number(processed),
    )


def _count(jobs: QuerySet[Job]) -> Number:
    found = jobs[: COUNTED + 1].count()
    return Number(min(found, COUNTED), found > COUNTED)
