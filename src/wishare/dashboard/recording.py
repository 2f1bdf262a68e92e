"""Counts who opens the dashboard without slowing it: in memory, and from there into the database in batches.

A page view costs one addition. A thread of the web process writes what has gathered every minute, and once more when
the process ends. What a killed process had not written is lost, which falsifies nothing that anybody relies on.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date

from django.db import connection, transaction
from django.db.models import F

from wishare.accounts.models import User
from wishare.dashboard.models import DashboardView

SECONDS = 60
#: Pairs of a person and a day that memory holds at most; where nobody writes them, further ones are not counted.
AT_MOST = 50_000
#: Pairs that are written in one transaction.
AT_ONCE = 200
logger = logging.getLogger(__name__)


class Views:
    """Views that are not written yet."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gathered: Counter[tuple[int, date]] = Counter()

    def add(self, user: User, day: date) -> None:
        """One more."""
        view = (user.pk, day)
        with self._lock:
            if view in self._gathered or len(self._gathered) < AT_MOST:
                self._gathered[view] += 1

    def write(self) -> None:
        """Into the database, for those who still have an account. What could not be written waits for the next time."""
        with self._lock:
            gathered, self._gathered = self._gathered, Counter()
        while gathered:
            some = dict(sorted(gathered.items())[:AT_ONCE])
            try:
                _write_some(some)
            except BaseException:
                with self._lock:
                    self._gathered.update(gathered)
                raise
            for view in some:
                del gathered[view]


def _write_some(gathered: dict[tuple[int, date], int]) -> None:
    """In one short transaction: whoever is counted cannot be written to meanwhile."""
    with transaction.atomic():
        people = User.objects.filter(pk__in={pk for pk, _day in gathered}).order_by("pk")
        there = set(people.select_for_update(no_key=True).values_list("pk", flat=True))
        for (pk, day), number in gathered.items():
            if pk in there:
                _count(pk, day, number)


VIEWS = Views()


def start() -> None:
    """Begins to write, in a thread that ends with the process."""
    threading.Thread(target=_keep_writing, name="dashboard views", daemon=True).start()
    atexit.register(_write)


def _keep_writing(pause: threading.Event | None = None) -> None:
    pause = pause or threading.Event()
    while not pause.wait(SECONDS):
        _write()


def _write() -> None:
    """Never raises: it is nobody's request."""
    try:
        VIEWS.write()
    except Exception:
        logger.exception("Views of the dashboard were not written.")
    finally:
        connection.close()


def _count(pk: int, day: date, number: int) -> None:
    row, made = DashboardView.objects.get_or_create(user_id=pk, day=day, defaults={"number": number})
    if not made:
        DashboardView.objects.filter(pk=row.pk).update(number=F("number") + number)
