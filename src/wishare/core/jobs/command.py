"""Running threads for jobs as the only thing that a process does."""

import signal
import threading
from collections.abc import Callable

from django.core.management.base import OutputWrapper
from django.db import OperationalError, connection

from wishare.core.jobs.threads import Crew
from wishare.core.preparation import is_behind

#: How long running jobs may go on after the process was told to stop.
GRACE_SECONDS = 5.0
LOOK_SECONDS = 1.0


def run_until_stopped(output: OutputWrapper, crew: Callable[[], Crew]) -> None:
    """Waits for a database that whoever serves prepares, then works. SIGTERM or Ctrl-C stop it, a second one kills."""
    stop = threading.Event()
    _listen(stop)
    told = False
    while not _is_ready():
        if not told:
            _say(output, "Waiting for the database: bin/serve, or ROLE=web bin/serve, prepares it.")
        told = True
        if stop.wait(LOOK_SECONDS):
            return
    working = crew()
    working.start()
    _say(output, "Ready for jobs. Stop with Ctrl-C.")
    stop.wait()
    working.stop(GRACE_SECONDS)


def _say(output: OutputWrapper, text: str) -> None:
    output.write(text)
    output.flush()


def _listen(stop: threading.Event) -> None:
    def handle(number: int, frame: object) -> None:
        signal.signal(number, signal.SIG_DFL)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, handle)


def _is_ready() -> bool:
    try:
        return not is_behind()
    except OperationalError:
        return False
    finally:
        connection.close()
