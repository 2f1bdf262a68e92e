"""System checks: the schedule names tasks that exist, and times that make sense."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from inspect import signature

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register

from wishare.core.jobs.schedule import task_at

SHORTEST, LONGEST = timedelta(minutes=1), timedelta(days=366)


@register()
def schedule_is_sound(app_configs: Sequence[AppConfig] | None = None, **kwargs: object) -> list[CheckMessage]:
    return [Error(complaint, id="wishare.E003") for complaint in complaints(settings.SCHEDULE)]


def complaints(schedule: object) -> Iterator[str]:
    """What is wrong with a schedule and its entries."""
    if not isinstance(schedule, dict):
        yield f"SCHEDULE must name tasks and how often each runs, not {schedule!r}"
        return
    for path, every in schedule.items():
        if not isinstance(every, timedelta) or not SHORTEST <= every <= LONGEST:
            yield f"SCHEDULE: {path} must have a timedelta from a minute to a year, not {every!r}"
        try:
            signature(task_at(path).func).bind()
        except Exception as error:  # importing a module may raise anything
            yield f"SCHEDULE: {path!r} cannot be started: {error}"
