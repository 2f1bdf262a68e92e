"""Pages are parsed in processes that may be killed: the process that asks never touches a stranger's HTML."""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from wishare.metadata.extractor import Product, Result, Status
from wishare.metadata.frames import ClosedError, receive, send
from wishare.metadata.page import LARGEST

LARGEST_ANSWER = 200_000
LONGEST_ADDRESS = 10_000


@dataclass(frozen=True, slots=True)
class Limits:
    """What a page may cost. The processor time ends a process even when nobody watches it any more."""

    seconds: float = 1.8  # from the question to the answer; pages take a hundredth of this
    processor_seconds: int = 2
    memory: int = 512 * 1024 * 1024
    pages: int = 500  # after so many a process makes way for a fresh one
    starting_seconds: float = 20.0
    processes: int = 2
    waiting_seconds: float = 15.0  # for a free process


class ExtractionError(Exception):
    """There is no result for this page. The next page is not affected."""


class TooSlowError(ExtractionError):
    """The page took longer than a page may, and its process was killed."""


class TooBigError(ExtractionError):
    """The page needed more memory than a page may."""


class CrashedError(ExtractionError):
    """The process died on the page, or could not be started."""


class FailedError(ExtractionError):
    """The extractor raised on this page: a mistake of ours, worth a look."""


class BusyError(ExtractionError):
    """All processes had pages for longer than one waits."""


class Child:
    """One process that parses. Used by one thread at a time; after an error other than FailedError it is dead."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.pages = 0
        self._connection, theirs = socket.socketpair()
        with theirs:
            self.process = self._start(theirs)

    def _start(self, connection: socket.socket) -> subprocess.Popen[bytes]:
        arguments = [str(self.limits.memory), str(self.limits.processor_seconds)]
        return subprocess.Popen(
            [sys.executable, "-m", "wishare.metadata.parser_process", *arguments],
            stdin=connection.fileno(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            start_new_session=True,  # Ctrl-C is for the server, which then closes this
        )

    def wait_until_ready(self) -> None:
        """Importing takes a moment that is not the page's."""
        try:
            receive(self._connection, 10, time.monotonic() + self.limits.starting_seconds)
        except (ClosedError, OSError, ValueError) as error:
            self.kill()
            raise CrashedError("the parsing process did not start") from error

    def ask(self, html: bytes, url: str, charset: str | None = None) -> Result:
        """The result for a page, within the limits."""
        try:
            return _understood(json.loads(self._exchange(html, url, charset)))
        except FailedError:
            raise
        except ExtractionError:
            self.kill()
            raise
        except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError) as error:
            self.kill()
            raise CrashedError("the parsing process gave no answer that can be read") from error

    def _exchange(self, html: bytes, url: str, charset: str | None) -> bytes:
        until = time.monotonic() + self.limits.seconds
        self.pages += 1
        try:
            self._connection.settimeout(self.limits.seconds)
            address, named = (
                url.encode("utf-8", "replace")[:LONGEST_ADDRESS],
                (charset or "").encode("utf-8", "replace")[:100],
            )
            send(self._connection, address, named, html[:LARGEST])
            return receive(self._connection, LARGEST_ANSWER, until)
        except TimeoutError as error:
            raise TooSlowError(f"no answer in {self.limits.seconds} s") from error
        except (ClosedError, OSError, ValueError) as error:
            raise CrashedError("the parsing process died on the page") from error

    @property
    def is_usable(self) -> bool:
        """Alive, and not at its last page."""
        return self.process.poll() is None and self.pages < self.limits.pages

    def kill(self) -> None:
        """End the process now, whatever it does, and leave no zombie."""
        self._connection.close()
        with suppress(ProcessLookupError):
            self.process.kill()
        self.process.wait()

    def disown(self) -> None:
        """In a fork of the parent: the process is the parent's, only the copy of the connection is ours."""
        self._connection.close()
        self.process.returncode = 0


class Pool:
    """A few processes for any number of threads. They start when they are first needed."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.limits = limits or Limits()
        self._free = threading.BoundedSemaphore(self.limits.processes)
        self._lock = threading.Lock()
        self._idle: list[Child] = []

    def examine(self, html: bytes, url: str, charset: str | None = None) -> Result:
        """The same as extractor.examine, somewhere else. Raises an ExtractionError."""
        if not self._free.acquire(timeout=self.limits.waiting_seconds):
            raise BusyError("all parsing processes are busy")
        try:
            child = self._take()
            try:
                return child.ask(html, url, charset)
            finally:
                self._put_back(child)
        finally:
            self._free.release()

    def _take(self) -> Child:
        """The one used last, if it still lives; else a new one."""
        with self._lock:
            child = self._idle.pop() if self._idle else None
        if child is not None and child.is_usable:
            return child
        if child is not None:
            child.kill()
        try:
            fresh = Child(self.limits)
        except OSError as error:
            raise CrashedError("no parsing process could be started") from error
        fresh.wait_until_ready()
        return fresh

    def _put_back(self, child: Child) -> None:
        if not child.is_usable:
            child.kill()
            return
        with self._lock:
            self._idle.append(child)

    def close(self) -> None:
        """End the processes that are idle. The pool can be used again."""
        with self._lock:
            idle, self._idle = self._idle, []
        for child in idle:
            child.kill()

    def forget(self) -> None:
        """Called in a fork: what was started before belongs to the parent."""
        for child in self._idle:
            child.disown()
        self.__init__(self.limits)  # type: ignore[misc]  # also the locks: another thread may have held them


def examine(html: bytes, url: str, charset: str | None = None) -> Result:
    """The product of a page and its status, from this process's pool. Raises an ExtractionError."""
    return _pool.examine(html, url, charset)


def _environment() -> dict[str, str]:
    """Enough to import the package, and none of the secrets."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH") if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONDONTWRITEBYTECODE": "1"}


def _understood(answer: Any) -> Result:
    """The answer, trusted as little as the page it was made from."""
    if error := answer.get("error"):
        raise TooBigError("the page needs too much memory") if error == "memory" else FailedError(str(error))
    try:
        said = answer["product"]
        price = None if said["price"] is None else Decimal(said["price"])
        product = Product(
            title=_text(said["title"]),
            description=_text(said["description"]),
            image_url=_text(said["image_url"]),
            price=price,
            currency=_text(said["currency"]),
            site_name=_text(said["site_name"]),
        )
        return Result(Status(answer["status"]), product)
    except (KeyError, TypeError, ValueError, InvalidOperation) as error:
        raise CrashedError("the parsing process answered nonsense") from error


def _text(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(f"a text was expected, not {type(value)}")
    return value


_pool = Pool()
atexit.register(_pool.close)
os.register_at_fork(after_in_child=_pool.forget)
