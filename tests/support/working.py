"""Jobs in tests: run in the process of the test, by the code that workers run."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpResponseBase
from django.test import Client
from django_tasks.signals import task_enqueued

from wishare.core.jobs import running

WORKER = "test/0"


def work_off(queues: Sequence[str] = ()) -> int:
    """Runs all jobs that are due, or those of some queues; returns how many there were."""
    number = 0
    while running.run_next(queues or settings.QUEUE_NAMES, WORKER):
        number += 1
    return number


def followed_by_jobs(request: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """`Client.request`, and then the jobs, if it has enqueued any."""

    def request_and_jobs(self: Client, **environ: Any) -> HttpResponseBase:
        enqueued: list[object] = []

        def note(**kwargs: object) -> None:
            enqueued.append(kwargs["task_result"])

        task_enqueued.connect(note)
        try:
            response = request(self, **environ)
        finally:
            task_enqueued.disconnect(note)
        if enqueued:
            work_off()
        return response

    return request_and_jobs
