"""The same pages on another database, in a process of its own, in turns: what disturbs one disturbs the other.

Nothing of Django is imported before the other process knows its database.
"""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.pages import Page

#: What the other database holds.
OTHER = "S"


class Other:
    """The other process. `place` is the URL of a database, or a data directory with SQLite."""

    def __init__(self, place: str, rounds: int) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, end = spawn.Pipe()
        self._process = spawn.Process(target=_run, args=(place, rounds, end), daemon=True)
        self._process.start()
        end.close()
        self._wait()

    def turn(self) -> None:
        """One round over there, while nothing is measured here."""
        self._pipe.send("round")
        self._wait()

    def pages(self) -> list[Page]:
        """What was measured, after as many turns as there are rounds."""
        found: list[Page] = self._pipe.recv()
        self._process.join()
        return found

    def _wait(self) -> None:
        """Raises EOFError where the other process failed: it has said why."""
        self._pipe.recv()


def _run(place: str, rounds: int, pipe: Connection) -> None:
    """The other process: fills its database where that is empty, and does a round whenever it is asked to."""
    if "://" in place:
        os.environ["DATABASE_URL"] = place
    else:
        os.environ.update(DATABASE_URL="", WISHARE_DATA_DIR=str(Path(place).resolve()))
    import django

    django.setup()
    from bench.pages import timed
    from bench.seeding import ensure
    from bench.sizes import SIZES

    def wait() -> None:
        pipe.send("ready")
        pipe.recv()

    ensure(SIZES[OTHER], quiet=True)
    found = timed(rounds, before_each=wait, quiet=True)
    pipe.send("ready")
    pipe.send(found)
