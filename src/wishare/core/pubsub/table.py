"""Pokes through a table of the database: for processes that share one and no Redis.

Whoever has something to say adds a row; whoever has a page open looks for new rows a few times a second.
"""

import logging
import threading
import time
from datetime import timedelta

from django.db import DatabaseError
from django.db.models import Max, Q
from django.utils import timezone

from wishare.core.jobs.threads import Repeating
from wishare.core.pubsub.hub import MISSED, Listener, Poke, deliver
from wishare.core.pubsub.models import SentPoke
from wishare.core.pubsub.wires import Wire

LOOK_SECONDS = 0.2
#: A number that was skipped belongs to a row whose writer has not committed yet, or to nothing at all.
GAP_SECONDS = 5.0
GAPS_AT_MOST = 200
ROWS_AT_ONCE = 1_000
#: What is younger is told when somebody begins to listen; what is older than the second is removed.
TOLD_LATER, KEPT = timedelta(minutes=1), timedelta(minutes=2)
PRUNE_SECONDS = 60.0
logger = logging.getLogger("wishare.pubsub")


class TableWire(Wire):
    def __init__(self, hear: Listener = deliver) -> None:
        super().__init__(hear)
        self._alone = False
        self._pruned = time.monotonic()
        self._watch: Watch | None = None

    def send(self, message: Poke) -> None:
        if self._alone:
            return
        try:
            SentPoke.objects.create(sender=self.name, channel=message.channel, what=message.what, about=message.about)
            if time.monotonic() - self._pruned > PRUNE_SECONDS:
                self._pruned = time.monotonic()
                prune()
        except DatabaseError as error:
            logger.error("A poke was not sent: %s", type(error).__qualname__)

    def start(self, *, alone: bool = False) -> None:
        """Also when alone: a worker or a command beside the server may have something to say."""
        self._alone = alone
        self._watch = Watch(self.hear, self.name)
        self._watch.start()

    def attend(self, anybody: bool) -> None:
        if self._watch:
            self._watch.attend(anybody)

    def stop(self) -> None:
        if self._watch:
            self._watch.stopping.set()
            self._watch.attend(True)
            self._watch.join(GAP_SECONDS)
        self._watch, self._alone = None, False


class Watch(Repeating):
    """Looks for new rows while anybody attends, and costs nothing while nobody does."""

    def __init__(self, hear: Listener, name: str) -> None:
        super().__init__("pokes: table")
        self._hear, self._own = hear, name
        self._attended = threading.Event()
        self._last: int | None = None
        self._looked = 0.0
        self._gaps: dict[int, float] = {}

    def attend(self, anybody: bool) -> None:
        (self._attended.set if anybody else self._attended.clear)()

    def wait(self, seconds: float) -> None:
        if not self._attended.is_set():
            self._last = None  # after a pause it begins anew
            self._attended.wait()
        elif seconds:
            self.stopping.wait(seconds)

    def step(self) -> float:
        if not self._attended.is_set():
            return 0
        self._begin()
        rows = SentPoke.objects.filter(Q(pk__gt=self._last or 0) | Q(pk__in=list(self._gaps))).order_by("pk")
        found = list(rows[:ROWS_AT_ONCE])
        for row in found:
            self._note(row.pk)
            if row.sender != self._own:
                self._hear(Poke(row.channel, row.what, row.about))
        self._forget_gaps()
        return 0 if len(found) == ROWS_AT_ONCE else LOOK_SECONDS

    def _begin(self) -> None:
        """The first time, after a pause, and after the database was away for longer than rows are there."""
        now = time.monotonic()
        if self._last is None or now - self._looked > TOLD_LATER.total_seconds():
            if self._last is not None:
                self._hear(MISSED)
            prune()  # also what commands wrote that were too short to do it
            self._last, self._gaps = _last_before(TOLD_LATER), {}
        self._looked = now

    def _note(self, number: int) -> None:
        """On PostgreSQL a row may appear after one with a higher number, when its writer commits later."""
        last = self._last or 0
        if number > last:
            until = time.monotonic() + GAP_SECONDS
            self._gaps |= dict.fromkeys(range(max(last + 1, number - GAPS_AT_MOST), number), until)
            self._last = number
        self._gaps.pop(number, None)

    def _forget_gaps(self) -> None:
        now = time.monotonic()
        self._gaps = {number: until for number, until in self._gaps.items() if until > now}
        if len(self._gaps) > GAPS_AT_MOST:
            self._gaps.clear()
            self._hear(MISSED)


def prune() -> None:
    SentPoke.objects.filter(sent_at__lt=timezone.now() - KEPT).delete()


def _last_before(ago: timedelta) -> int:
    """The number of the newest row that is older."""
    older = SentPoke.objects.filter(sent_at__lte=timezone.now() - ago)
    return older.aggregate(last=Max("pk"))["last"] or 0
