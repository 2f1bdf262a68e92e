"""Where jobs can keep something for pages."""

from django.conf import settings


def jobs_reach_pages() -> bool:
    """Whether pages find what jobs keep: both use one Redis, or the memory of this process, which does everything."""
    return bool(settings.REDIS_URL) or settings.ROLE == "all"
