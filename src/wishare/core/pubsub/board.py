"""Who listens on which channel in this process, and what was said in the last minutes.

All of it happens in the event loop, so that nothing needs a lock or a thread; only `hear` may be called from elsewhere.
"""

import asyncio
import secrets
import time
from bisect import bisect_right
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from typing import NamedTuple

from wishare.core.pubsub.hub import EVERYTHING, MISSED, Poke

#: For how long, and how many, pokes are kept for who comes back.
KEPT_SECONDS, KEPT_AT_MOST = 300, 10_000
#: How much of the time when nobody listened is told to the first who does (see `table.py`).
UNHEARD_SECONDS = 60
#: Different pokes that wait for one slow client; more become one «look at everything».
WAITING_AT_MOST = 50
NANOSECONDS = 1_000_000_000


class Said(NamedTuple):
    """A poke, and when it came here, in nanoseconds."""

    at: int
    poke: Poke


class Subscription:
    """One client: what waits to be sent to it, each thing once."""

    __slots__ = ("_wake", "channels", "closed", "person", "waiting")

    def __init__(self, person: str, channels: tuple[str, ...]) -> None:
        self.person, self.channels = person, channels
        self.waiting: dict[Poke, int] = {}
        self.closed = False
        self._wake: asyncio.Future[None] | None = None

    def put(self, said: Said) -> None:
        self.waiting.pop(said.poke, None)  # the newest time is the one to go on from
        self.waiting[said.poke] = said.at
        if len(self.waiting) > WAITING_AT_MOST:
            self.waiting = {MISSED: said.at}
        self.wake()

    def take(self) -> list[Said]:
        """All that waits, oldest first."""
        taken = [Said(at, poke) for poke, at in self.waiting.items()]
        self.waiting = {}
        return taken

    def end(self) -> None:
        """Whoever serves the client stops doing so."""
        self.closed = True
        self.wake()

    def wake(self) -> None:
        if self._wake and not self._wake.done():
            self._wake.set_result(None)

    async def changed(self, until: float) -> None:
        """Returns when there is something to do, or at a time of the event loop's clock."""
        if self.waiting or self.closed:
            return
        self._wake = asyncio.get_running_loop().create_future()
        timer = self._wake.get_loop().call_at(until, self.wake)
        try:
            await self._wake
        finally:
            timer.cancel()
            self._wake = None


class Board:
    """`clock` counts nanoseconds and never goes back."""

    def __init__(self, clock: Callable[[], int] = time.monotonic_ns) -> None:
        #: Positions of another process, or of this one before it was started anew, mean nothing here.
        self.name = secrets.token_hex(4)
        self.subscriptions = 0
        self._clock = clock
        self._begin = clock()
        self._said: deque[Said] = deque(maxlen=KEPT_AT_MOST)
        self._by_channel: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._by_person: defaultdict[str, set[Subscription]] = defaultdict(set)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._attend: Callable[[bool], object] = bool

    def open(self, attend: Callable[[bool], object] = bool) -> None:
        """Begins in the running event loop. `attend` is told when the first client comes and when the last one goes."""
        self._loop, self._attend, self._begin = asyncio.get_running_loop(), attend, self._clock()

    def close(self) -> None:
        """Ends every stream."""
        for subscription in [one for ones in self._by_person.values() for one in ones]:
            subscription.end()
        self._loop = None

    def hear(self, poke: Poke) -> None:
        """From any thread."""
        if self._loop and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self.say, poke)

    def say(self, poke: Poke) -> None:
        """Passes a poke on to all who listen to its channel, and keeps it."""
        said = Said(max(self._clock(), self._said[-1].at + 1 if self._said else 0), poke)
        if len(self._said) == KEPT_AT_MOST:
            self._begin = self._said[0].at
        self._said.append(said)
        for subscription in self._listeners(poke.channel):
            subscription.put(said)

    def count(self, person: str) -> int:
        """How many streams somebody has."""
        return len(self._by_person.get(person, ()))

    def add(self, subscription: Subscription, *, last: str = "", ago: float = 0) -> None:
        """Listens from now on; what was said after the position `last`, or up to `ago` seconds before, waits for it."""
        if not self.subscriptions:
            self._begin = max(self._begin, self._clock() - UNHEARD_SECONDS * NANOSECONDS)
            self._attend(True)
        self.subscriptions += 1
        self._by_person[subscription.person].add(subscription)
        for channel in subscription.channels:
            self._by_channel[channel].add(subscription)
        for said in self._since(last, ago, {EVERYTHING, *subscription.channels}):
            subscription.put(said)

    def remove(self, subscription: Subscription) -> None:
        self.subscriptions -= 1
        _discard(self._by_person, subscription.person, subscription)
        for channel in subscription.channels:
            _discard(self._by_channel, channel, subscription)
        if not self.subscriptions:
            self._attend(False)

    def position(self, at: int | None = None) -> str:
        """Where a client that comes back goes on: after a moment, or after this one."""
        return f"{self.name}-{self._clock() if at is None else at}"

    def _listeners(self, channel: str) -> Iterable[Subscription]:
        if channel == EVERYTHING:
            return [one for ones in self._by_person.values() for one in ones]
        return self._by_channel.get(channel, ())

    def _since(self, last: str, ago: float, channels: set[str]) -> Iterable[Said]:
        """What one has missed on channels; when that is not known, that one has."""
        now = self._clock()
        name, _, at = last.partition("-")
        since = min(int(at) if at.isdecimal() and len(at) < 20 else now, now - int(ago * NANOSECONDS))
        known = max(self._begin, now - KEPT_SECONDS * NANOSECONDS)
        if since < known or (last and name != self.name):
            return [Said(now, MISSED)]
        newer = bisect_right(self._said, since, key=lambda said: said.at)
        return [said for said in list(self._said)[newer:] if said.poke.channel in channels]


def _discard(sets: defaultdict[str, set[Subscription]], key: str, subscription: Subscription) -> None:
    sets[key].discard(subscription)
    if not sets[key]:
        del sets[key]


#: Of this process.
BOARD = Board()
