"""Runs jobs until told to stop: QUEUES and WORKER_THREADS say which, and how many at the same time."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand

from wishare.core.jobs.command import run_until_stopped
from wishare.core.jobs.threads import Crew


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        settings.ROLE = "worker"  # whatever the environment says: jobs ask what their process does
        run_until_stopped(self.stdout, lambda: Crew(queues=settings.QUEUES, workers=settings.WORKER_THREADS))
