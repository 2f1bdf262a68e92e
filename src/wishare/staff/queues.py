"""The page of the queues: what waits, runs and has failed, and what to do about the failed."""

import json
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from wishare.accounts.requests import SignedInRequest
from wishare.core.errors import Refused
from wishare.core.flash import flash
from wishare.core.jobs import rows, stats
from wishare.core.jobs.models import Job, Period, Worker
from wishare.core.pagination import paginate

PAGE_SIZE = 20
SHOWN_WORKERS = 100


def index(request: SignedInRequest) -> HttpResponse:
    """htmx asks for the numbers again and again, and gets them alone."""
    context: dict[str, object] = {
        "queues": stats.queues(),
        "workers": Worker.objects.order_by("started_at", "id")[:SHOWN_WORKERS],
        "periods": Period.objects.filter(task__in=settings.SCHEDULE).order_by("task"),
    }
    if request.htmx.target == "numbers":  # type: ignore[attr-defined]
        return render(request, "staff/queues_numbers.html", context)
    failed = paginate(Job.objects.failed(), ("-finished_at", "id"), request.GET.get("after", ""), PAGE_SIZE)
    context |= {"failed": [_row(job) for job in failed], "next_cursor": failed.next_cursor}
    return render(request, "staff/queues.html", context)


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
