"""What the queues hold. No number costs more than counting to ten thousand."""

from collections import Counter
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q, QuerySet, Sum
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


@dataclass(frozen=True)
class Failed:
    """What is among the failed: how many of each task, and when the last one came."""

    tasks: list[tuple[str, Number]]
    mark: str


def failed() -> Failed:
    """Of the latest ten thousand."""
    latest = Job.objects.failed().order_by("-finished_at", "id")[: COUNTED + 1]
    counted = Counter(latest.values_list("task_path", flat=True))
    newest = latest[:1].values_list("finished_at", flat=True).first()
    more = counted.total() > COUNTED
    mark = f"{counted.total()}-{newest.timestamp() if newest else 0}"
    return Failed([(task, Number(number, more)) for task, number in sorted(counted.items())], mark)


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
