"""The queue as django-tasks sees it: rows in the app's database, taken in the order in which they are due."""

from dataclasses import replace
from typing import Any

from django.utils import timezone
from django_tasks_db import DatabaseBackend


class Backend(DatabaseBackend):
    """Every job has a time from which it is due, so that one index gives the next job, however many wait for later.

    No priorities inside a queue, which that index could not serve: a job that may wait goes to another queue.
    """

    supports_priority = False

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        return super().enqueue(_due(task), args, kwargs)

    async def aenqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        return await super().aenqueue(_due(task), args, kwargs)


def _due(task: Any) -> Any:
    return replace(task, run_after=task.run_after or timezone.now())
