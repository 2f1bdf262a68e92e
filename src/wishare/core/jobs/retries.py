"""When a job that failed is tried again."""

import random
from datetime import timedelta

#: For whatever has failed: about six hours.
ATTEMPTS = 12
#: While something is away that the job needs: more than two days.
ATTEMPTS_IN_AN_OUTAGE = 60
FIRST_SECONDS = 2.0
GROWTH = 4
LONGEST_SECONDS = 3600.0


class GiveUp(Exception):  # noqa: N818 (what a job does: «raise GiveUp»)
    """Raised by a job that sees that trying again will not help."""


class Outage(Exception):  # noqa: N818 (what happened)
    """Raised by a job that needs something that is away: it is tried again for days."""


class WorkerLost(Exception):  # noqa: N818 (what happened)
    """Stands as the error of a job whose worker died while it ran."""


def most_attempts(error: BaseException, before: str) -> int:
    """How often a job may be tried that fails with this; `before` names the error of the time before.

    One death among failures of another kind says nothing: the job did not kill that worker.
    """
    lone_death = isinstance(error, WorkerLost) and before != name_of(error)
    return ATTEMPTS_IN_AN_OUTAGE if isinstance(error, Outage) or lone_death else ATTEMPTS


def name_of(error: BaseException) -> str:
    """As it is kept with the job."""
    return f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: four times longer each time, up to an hour.

    Half of it is drawn, so that jobs that failed together do not come back together.
    """
    seconds = min(FIRST_SECONDS * GROWTH ** (attempts - 1), LONGEST_SECONDS)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 (spreads load, keeps no secret)
