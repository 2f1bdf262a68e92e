from typing import Any

from django.apps import AppConfig
from django.db import transaction


class JobsConfig(AppConfig):
    name = "wishare.core.jobs"

    def ready(self) -> None:
        from django_tasks.signals import task_enqueued

        from wishare.core.jobs import checks  # noqa: F401  (registers itself)

        task_enqueued.connect(wake_after_commit, dispatch_uid="jobs.wake")


def wake_after_commit(**kwargs: Any) -> None:
    """Workers of this process need not wait until they look again."""
    from wishare.core.jobs.waking import BELL

    transaction.on_commit(BELL.ring)
