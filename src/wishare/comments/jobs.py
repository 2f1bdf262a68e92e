"""What happens to comments without anybody asking for it."""

from django.utils import timezone
from django_tasks import task

from wishare.comments.actions import purge_deleted
from wishare.wishlists.management.commands.purge import KEPT


@task(queue_name="low_priority")
def purge() -> None:
    """Removes for good what has been deleted for long."""
    purge_deleted(before=timezone.now() - KEPT)
