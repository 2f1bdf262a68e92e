"""Who listens in this process, and how a poke gets to them and on to other processes."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Lock
from typing import NamedTuple

from django.db import transaction

#: The channel of a listener that hears all of them.
EVERYTHING = "*"


class Poke(NamedTuple):
    """`what` is a word such as "item", `about` the public identifier of the row, if it is one."""

    channel: str
    what: str
    about: str = ""


#: Some pokes may have been lost: whoever shows anything looks at it again.
MISSED = Poke(EVERYTHING, "resync")
Listener = Callable[[Poke], object]


class Hub:
    """Listeners by channel. May be used from any thread."""

    def __init__(self) -> None:
        self._listeners: defaultdict[str, list[Listener]] = defaultdict(list)
        self._lock = Lock()

    def deliver(self, message: Poke) -> None:
        """Calls the listeners; they must not block."""
        with self._lock:
            channels = {message.channel, EVERYTHING}
            listeners = [listener for channel in channels for listener in self._listeners.get(channel, ())]
        for listener in listeners:
            listener(message)

    @contextmanager
    def listening(self, channel: str, listener: Listener) -> Iterator[None]:
        """Calls `listener` with every poke on the channel while the block runs."""
        with self._lock:
            self._listeners[channel].append(listener)
        try:
            yield
        finally:
            with self._lock:
                self._listeners[channel].remove(listener)
                if not self._listeners[channel]:
                    del self._listeners[channel]


_hub = Hub()
deliver, listening = _hub.deliver, _hub.listening


def poke(channel: str, what: str, about: str = "") -> None:
    """Tells the listeners of a channel, after the commit of the transaction it is said in."""
    transaction.on_commit(partial(_publish, Poke(channel, what, about)), robust=True)


def _publish(message: Poke) -> None:
    from wishare.core.pubsub.wires import wire

    deliver(message)
    wire().send(message)
