"""Redis as the cache: used while it answers, done without while it does not.

A cache may forget, so its absence is a miss and never an error. What it must not do is make every page wait for a
server that is not there: after one failure a process leaves Redis alone for a while, and then lets one call try again.
Old entries that come back with it are harmless, because keys carry the versions of what they show.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from queue import Empty, LifoQueue
from threading import Lock, local
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django_redis.cache import RedisCache
from django_redis.exceptions import ConnectionInterrupted
from django_redis.pool import ConnectionFactory
from redis import ConnectionPool, RedisError

logger = logging.getLogger(__name__)


class Breaker:
    """Whether to ask a server: yes until it fails, then once every `seconds`, and yes again when it answers."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.seconds = seconds
        self._clock = clock
        self._lock = Lock()
        self._thread = local()
        self._failures = 0
        self._next_try: float | None = None  # None: it answers
        self._said = False

    def allows(self) -> bool:
        """Of the threads that ask when the time is over, the first one tries and the others go on without."""
        self._thread.seen = self._failures
        if self._next_try is None:
            return True
        with self._lock:
            if self._next_try is not None:
                if self._clock() < self._next_try:
                    return False
                self._next_try = self._clock() + self.seconds
            self._thread.seen = self._failures
            return True

    def still_allows(self) -> bool:
        """Whether nothing has failed since this thread was allowed to ask."""
        return bool(getattr(self._thread, "seen", self._failures) == self._failures)

    def failed(self, reason: object = None) -> None:
        """Leave it alone from now on; the first `reason` since it answered goes to the log."""
        with self._lock:
            self._next_try = self._clock() + self.seconds
            self._failures += 1
            say = reason is not None and not self._said
            self._said |= say
        if say:
            logger.warning("Redis does not answer; it is left alone for %s s at a time: %s", self.seconds, reason)

    def succeeded(self) -> None:
        if self._next_try is None:
            return
        with self._lock:
            self._next_try, said, self._said = None, self._said, False
        if said:
            logger.warning("Redis answers again")


@cache
def breaker_of(server: str, seconds: float) -> Breaker:
    """One for all threads of the process: Django makes a cache object for each."""
    return Breaker(seconds)


class WaitingLine(LifoQueue[Any]):
    """The free connections of a pool. Whom the server failed while they waited gets none."""

    def __init__(self, breaker: Breaker, maxsize: int) -> None:
        super().__init__(maxsize)
        self._breaker = breaker

    def put(self, item: Any, block: bool = True, timeout: float | None = None) -> None:
        """A broken connection comes back before its user can tell of the failure; the next in line must know."""
        if item is not None and not item.is_connected:
            self._breaker.failed()
        super().put(item, block, timeout)

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        connection = super().get(block, timeout)
        if not self._breaker.still_allows():
            super().put(connection)
            raise Empty
        return connection


class Connections(ConnectionFactory[Any, Any, Any]):
    """Pools whose waiting lines know the breaker."""

    _making = Lock()

    def get_or_create_connection_pool(self, params: dict[str, Any]) -> ConnectionPool:
        """One for all threads: those of a process that starts ask at the same time, and each would get its own."""
        with self._making:
            return super().get_or_create_connection_pool(params)  # type: ignore[no-any-return]

    def get_connection_pool(self, params: dict[str, Any]) -> ConnectionPool:
        line = partial(WaitingLine, breaker_of(params["url"], self.options["BREAKER_SECONDS"]))
        return super().get_connection_pool({**params, "queue_class": line})  # type: ignore[no-any-return]


class GuardedRedisCache(RedisCache[Any]):
    """django-redis with the operations of Django's cache behind a breaker.

    Without Redis `add` and `incr` answer as for a key that was not there: a lock is had, a limit starts anew.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self.breaker = breaker_of(server, params["OPTIONS"]["BREAKER_SECONDS"])

    def get(self, key: str, default: Any = None, version: int | None = None, client: Any = None) -> Any:
        return self._ask("get", default, key, default=default, version=version)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        found: dict[str, Any] = self._ask("get_many", {}, keys, version=version)
        return found

    def set(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask("set", None, key, value, timeout=timeout, version=version)

    def set_many(
        self, data: Mapping[str, Any], timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> list[str]:
        """Returns the keys that could not be written, as Django wants it."""
        failed: list[str] | None = self._ask("set_many", list(data), data, timeout=timeout, version=version)
        return failed or []

    def add(self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("add", True, key, value, timeout=timeout, version=version))

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return int(self._ask("incr", delta, key, delta=delta, version=version))

    def decr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        return self.incr(key, -delta, version)

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        return bool(self._ask("touch", False, key, timeout=timeout, version=version))

    def delete(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("delete", False, key, version=version))

    def delete_many(self, keys: Iterable[str], version: int | None = None) -> None:
        self._ask("delete_many", None, keys, version=version)

    def has_key(self, key: str, version: int | None = None) -> bool:
        return bool(self._ask("has_key", False, key, version=version))

    def clear(self) -> None:
        self._ask("clear", None)

    def _ask(self, operation: str, absent: Any, *args: Any, **options: Any) -> Any:
        """The answer of Redis, or `absent` while there is none."""
        if not self.breaker.allows():
            return absent
        try:
            answer = getattr(self.client, operation)(*args, **options)
        except (ConnectionInterrupted, RedisError, OSError) as error:
            self.breaker.failed(error)
            return absent
        except ValueError:  # incr of a key that is not there: an answer, too
            self.breaker.succeeded()
            raise
        self.breaker.succeeded()
        return answer
