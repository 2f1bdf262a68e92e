"""Jobs of the queue itself."""

from datetime import timedelta

from django_tasks import task

from wishare.core.jobs.rows import discard_failed_before

KEPT = timedelta(days=90)


@task(queue_name="low_priority")
def forget_failed() -> None:
    """Nobody has looked at them for a quarter of a year."""
    discard_failed_before(KEPT)
