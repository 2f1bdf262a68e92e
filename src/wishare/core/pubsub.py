"""Pokes: that something changed, told to the pages that are open and show it.

A poke says *what* changed and never how it looks now: whoever hears it fetches the fragment anew, and is asked then
whether they may see it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from threading import Lock

from django.db import transaction


@dataclass(frozen=True)
class Poke:
    """`what` is a word such as "item", `about` the public identifier of the row, if it is one."""

    channel: str
    what: str
    about: str = ""


Listener = Callable[[Poke], object]

_listeners: defaultdict[str, list[Listener]] = defaultdict(list)
_lock = Lock()


def poke(channel: str, what: str, about: str = "") -> None:
    """Tells the listeners of a channel, after the commit of the transaction it is said in."""
    transaction.on_commit(partial(deliver, Poke(channel, what, about)), robust=True)


def deliver(message: Poke) -> None:
    """Calls the listeners in this process; they must not block."""
    with _lock:
        listeners = tuple(_listeners.get(message.channel, ()))
    for listener in listeners:
        listener(message)


@contextmanager
def listening(channel: str, listener: Listener) -> Iterator[None]:
    """Calls `listener` with every poke on the channel while the block runs."""
    with _lock:
        _listeners[channel].append(listener)
    try:
        yield
    finally:
        with _lock:
            _listeners[channel].remove(listener)
            if not _listeners[channel]:
                del _listeners[channel]
