"""System checks: the schedule names tasks that exist, and times that make sense."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from wishare.core.jobs.schedule import task_at

SHORTEST = timedelta(minutes=1)


@register()
def schedule_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    return [Error(complaint, id="wishare.E003") for complaint in complaints(settings.SCHEDULE)]


def complaints(schedule: dict[str, timedelta]) -> Iterator[str]:
    """What is wrong with the entries of a schedule."""
    for path, every in schedule.items():
        if not isinstance(every, timedelta) or every < SHORTEST:
            yield f"SCHEDULE: {path} must have a timedelta of a minute or more, not {every!r}"
        try:
            task_at(path)
        except (ImportError, TypeError) as error:
            yield f"SCHEDULE: {error}"
