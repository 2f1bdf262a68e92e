"""What happens to lists without anybody asking for it."""

from django.core.management import call_command
from django_tasks import task


@task(queue_name="low_priority")
def purge() -> None:
    """Removes for good what has been deleted for long, and sessions that have ended."""
    call_command("purge")
