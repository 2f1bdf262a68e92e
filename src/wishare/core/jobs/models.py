"""Who works, how much has been done, and what the schedule has started. The jobs are rows of django-tasks-db."""

from typing import Any, TypeAlias

from django.db import models
from django_tasks_db.models import DBTaskResult

#: A job: its row is there from enqueueing until it has succeeded, or is discarded.
Job: TypeAlias = DBTaskResult[..., Any]


class Worker(models.Model):
    """A process that runs jobs, alive as long as `seen_at` moves."""

    id = models.CharField(max_length=32, primary_key=True)
    host = models.CharField(max_length=255)
    pid = models.PositiveIntegerField()
    queues = models.CharField(max_length=255)
    threads = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    @property
    def queue_names(self) -> str:
        """For reading."""
        return self.queues.replace(",", ", ")


class Tally(models.Model):
    """How many jobs of a queue a worker has done. One row for all workers would make them wait for each other.

    The empty worker stands for all that have ended.
    """

    worker = models.CharField(max_length=32)
    queue = models.CharField(max_length=32)
    processed = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["worker", "queue"], name="jobs_tally_of_worker_and_queue")]


class Period(models.Model):
    """The latest period that the schedule has started a job for."""

    task = models.CharField(max_length=200, primary_key=True)
    began_at = models.DateTimeField()
