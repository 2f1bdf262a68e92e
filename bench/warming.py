"""What it costs and brings that jobs draw dashboards before somebody looks: `bin/bench warming`.

The fixture's person adds a wish and goes home, once without the job and once with it. Everything runs in this process.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from unittest.mock import patch

from django.conf import settings
from django.test import override_settings

from bench import mixed, people
from bench.browsing import Browser, application
from bench.progress import Progress
from wishare.accounts.models import User
from wishare.core.jobs import running
from wishare.core.jobs.models import Job
from wishare.dashboard import warming

LABELS = {
    "plain": "a write",
    "first": "a write that enqueues the job",
    "again": "a write that finds one waiting",
    "job": "the job",
    "cold": "dashboard after the write",
    "drawn": "dashboard after the job",
    "warm": "dashboard, warm",
}


@dataclass
class Times:
    """In milliseconds, by what was done."""

    of: dict[str, list[float]] = field(default_factory=lambda: {name: [] for name in LABELS})

    def take(self, name: str, act: Callable[[], object]) -> None:
        started = time.perf_counter()
        act()
        self.of[name].append(1000 * (time.perf_counter() - started))

    def medians(self) -> dict[str, float]:
        return {name: median(times) for name, times in self.of.items()}


def measure(rounds: int, *, quiet: bool = False) -> dict[str, float]:
    """The medians, on a database that holds a data set."""
    viewer, times = User.objects.get(email=people.email_of(people.FIXTURE)), Times()
    progress = Progress("rounds", rounds, quiet=quiet)
    with application() as handler, patch.object(warming, "SOON", timedelta()):
        browser = Browser(handler, viewer)
        for _round in range(rounds):
            _round_of(times, browser, viewer)
            progress.add(1)
    progress.end(f"{rounds} rounds")
    return times.medians()


def _round_of(times: Times, browser: Browser, viewer: User) -> None:
    def home() -> None:
        browser.get("/dashboard")

    def write() -> None:
        mixed.add_wish(viewer)

    home()
    times.take("warm", home)
    with override_settings(ROLE="web"):  # with nothing of its own to warm
        times.take("plain", write)
    times.take("cold", home)
    Job.objects.all().delete()
    times.take("first", write)
    times.take("again", write)
    times.take("job", _work)
    times.take("drawn", home)


def _work() -> None:
    while running.run_next(settings.QUEUE_NAMES, "bench/0"):
        pass


def table(medians: dict[str, float]) -> str:
    """In Markdown, with what each is of a plain write or a warm dashboard."""
    lines = ["| | p50 ms | ÷ |", "|---|--:|--:|"]
    for name, label in LABELS.items():
        base = medians["plain" if name in {"plain", "first", "again", "job"} else "warm"]
        lines.append(f"| {label} | {medians[name]:.2f} | {medians[name] / base:.2f} |")
    return "\n".join(lines)
