"""What takes pokes from one process to the others. The setting POKE_WIRE names the class."""

import secrets
from functools import cache

from django.conf import settings
from django.utils.module_loading import import_string

from wishare.core.pubsub.hub import Listener, Poke, deliver


class Wire:
    """One end of a wire, and by itself a wire to nowhere.

    `send` waits for nobody longer than a breaker allows. What other ends send is told to `hear`, from a thread of the
    wire's, between `start` and `stop`; what this end sends is not, and what may have been lost is told as MISSED.
    """

    def __init__(self, hear: Listener = deliver) -> None:
        self.hear = hear
        #: Who sends. An end does not listen to itself.
        self.name = secrets.token_hex(4)

    def send(self, message: Poke) -> None:
        """To the other ends. Never raises for a wire that is broken."""

    def start(self, *, alone: bool = False) -> None:
        """Listens from now on. `alone`: no other process serves pages, so there is nobody to send to."""

    def attend(self, anybody: bool) -> None:
        """Whether anybody in this process waits for pokes; if not, listening may pause."""

    def stop(self) -> None:
        """Ends what `start` began."""


def wire() -> Wire:
    """This process's end."""
    return _end(settings.POKE_WIRE)


@cache
def _end(path: str) -> Wire:
    end: Wire = import_string(path)()
    return end
