"""What only one process may do at a time, on all machines that share a data directory or a database."""

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.conf import settings
from django.db import Error, connection

FILE = ".preparing"
#: Any number will do that nothing else in the database locks.
NUMBER = int.from_bytes(b"wishare.", "big")
LOOK_SECONDS = 0.2


@contextmanager
def alone(when_waiting: Callable[[], object]) -> Iterator[None]:
    """Waits until no other process is in such a block; `when_waiting` is called once if there is one.

    It asks again and again: whoever waited inside a statement would hold a snapshot, for whose end an index that is
    built CONCURRENTLY waits in turn. If the process dies, file and database session end, and with them the locks.
    """
    with (Path(settings.DATA_DIR) / FILE).open("w") as file:
        locks: list[Callable[[], bool]] = [lambda: _locks_file(file)]
        if connection.vendor == "postgresql":
            locks.append(lambda: _ask_database("pg_try_advisory_lock"))
        told = False
        for lock in locks:
            while not lock():
                if not told:
                    when_waiting()
                told = True
                time.sleep(LOOK_SECONDS)
        try:
            yield
        finally:
            if connection.vendor == "postgresql":
                with suppress(Error):  # a connection that is gone has let go of it
                    _ask_database("pg_advisory_unlock")


def _locks_file(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _ask_database(function: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [NUMBER])
        return bool(cursor.fetchone()[0])
