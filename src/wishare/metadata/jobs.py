"""What happens to what is known of pages without anybody asking for it."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from wishare.metadata import cache
from wishare.metadata.models import HandedPage

HANDED_KEPT = timedelta(days=1)


@task(queue_name="low_priority")
def evict() -> None:
    """Keeps the cache of pages in its bounds, and forgets what browsers have handed over and no job has fetched."""
    cache.evict()
    HandedPage.objects.filter(created_at__lt=timezone.now() - HANDED_KEPT).delete()
