"""When a job that failed is tried again."""

import random
from datetime import timedelta

ATTEMPTS = 12
FIRST_SECONDS = 2.0
GROWTH = 4
LONGEST_SECONDS = 3600.0


class GiveUp(Exception):  # noqa: N818 (what a job does: «raise GiveUp»)
    """Raised by a job that sees that trying again will not help."""


class WorkerLost(Exception):  # noqa: N818 (what happened)
    """Stands as the error of a job whose worker died while it ran."""


def pause(attempts: int) -> timedelta:
    """How long to wait after so many attempts: four times longer each time, up to an hour.

    Half of it is drawn, so that jobs that failed together do not come back together.
    """
    seconds = min(FIRST_SECONDS * GROWTH ** (attempts - 1), LONGEST_SECONDS)
    return timedelta(seconds=seconds * random.uniform(0.75, 1.25))  # noqa: S311 (spreads load, keeps no secret)
