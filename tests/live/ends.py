"""Ends of wires, and what tests ask of them."""

import time
from collections.abc import Callable
from contextlib import ExitStack

from wishare.core.pubsub import Poke, deliver
from wishare.core.pubsub.wires import Wire

PATIENCE = 8.0
PLUM, CAKE = Poke("plum", "item", "abc"), Poke("cake", "list", "déf")
Make = Callable[..., Wire]


def maker(stack: ExitStack, kind: type[Wire], **options: object) -> Make:
    def make(heard: list[Poke] | None = None, *, alone: bool = False) -> Wire:
        """An end that listens if it is given a list to note down what it hears."""
        end = kind(deliver if heard is None else heard.append, **options)
        if heard is not None:
            end.start(alone=alone)
            end.attend(True)
            stack.callback(end.stop)
        return end

    return make


def eventually(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while not holds() and time.monotonic() < deadline:
        time.sleep(0.01)
    return holds()


def settled(sender: Wire, heard: list[Poke]) -> None:
    """Until the listening end hears what is sent, whatever it had to hear of the time before."""
    hello = Poke("hello", "there")
    assert eventually(lambda: sender.send(hello) or hello in heard)  # type: ignore[func-returns-value]
    time.sleep(0.3)
    heard.clear()
