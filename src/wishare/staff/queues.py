"""The page of the queues: what waits, runs and has failed, and what to do about the failed."""

import json
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wishare.accounts.requests import SignedInRequest
from wishare.core.errors import Refused
from wishare.core.flash import flash
from wishare.core.jobs import rows, stats
from wishare.core.jobs.models import Job, Period, Worker
from wishare.core.pagination import paginate

PAGE_SIZE = 20
SHOWN_WORKERS = 100


def index(request: SignedInRequest) -> HttpResponse:
    """htmx asks for the numbers again and again, and gets them alone, with `seen` for what it knows of the failed.

    The failed are not swapped under somebody's finger: the page says that there are others.
    """
    queues = stats.queues()
    mark = stats.failed_mark(queues)
    context: dict[str, object] = {
        "queues": queues,
        "states": _states(queues),
        "workers": Worker.objects.order_by("started_at", "id")[:SHOWN_WORKERS],
        "periods": _periods(),
        "mark": mark,
    }
    if request.htmx.target == "numbers":  # type: ignore[attr-defined]
        context["others_failed"] = request.GET.get("seen") != mark
        return render(request, "staff/queues_numbers.html", context)
    page = paginate(Job.objects.failed(), ("-finished_at", "id"), request.GET.get("after", ""), PAGE_SIZE)
    context |= {"tasks": stats.failed_tasks(), "failed": [_row(job) for job in page], "next_cursor": page.next_cursor}
    return render(request, "staff/queues.html", context)


def _states(queues: list[stats.Queue]) -> list[tuple[str, list[stats.Number]]]:
    """A row for each state of a job, with a number for each queue: they fit beside each other on a phone."""
    labels = (_("Waiting"), _("Running"), _("Trying again"), _("Failed"), _("Done"))
    numbers = zip(*(queue.numbers for queue in queues), strict=True)
    return [(label, list(row)) for label, row in zip(labels, numbers, strict=True)]


def _periods() -> list[tuple[str, datetime]]:
    """What the schedule starts, and when it does so next."""
    began = dict(Period.objects.filter(task__in=settings.SCHEDULE).values_list("task", "began_at"))
    return [(task, began[task] + every) for task, every in sorted(settings.SCHEDULE.items()) if task in began]


def retry_all(request: SignedInRequest, task: str) -> HttpResponse:
    number = rows.retry_all(task)
    return _done(request, number, ngettext("One job runs again.", "%(number)s jobs run again.", number))


def discard_all(request: SignedInRequest, task: str) -> HttpResponse:
    number = rows.discard_all(task)
    return _done(request, number, ngettext("One job is discarded.", "%(number)s jobs are discarded.", number))


def _done(request: SignedInRequest, number: int, said: str) -> HttpResponse:
    if not number:
        raise Refused(_("No job of this task is among the failed any more."))
    flash(request, said % {"number": number})
    return redirect("staff_queues")


def retry(request: SignedInRequest, job: UUID) -> HttpResponse:
    return _act(request, rows.retry, job, _("The job runs again."))


def discard(request: SignedInRequest, job: UUID) -> HttpResponse:
    return _act(request, rows.discard, job, _("The job is discarded."))


def _act(request: SignedInRequest, act: Callable[[UUID], bool], job: UUID, said: str) -> HttpResponse:
    if not act(job):
        raise Refused(_("This job is not among the failed any more."))
    flash(request, said)
    return redirect("staff_queues")


def _row(job: Job) -> dict[str, object]:
    """A failed job as the page shows it."""
    return {
        "id": job.pk,
        "task": job.task_path,
        "queue": job.queue_name,
        "error": job.exception_class_path,
        "attempts": len(job.worker_ids),
        "failed_at": job.finished_at,
        "arguments": json.dumps(job.args_kwargs, indent=1, ensure_ascii=False, sort_keys=True),
        "traceback": job.traceback,
    }
