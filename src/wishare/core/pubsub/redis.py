"""Pokes over Redis: for processes that share one, on one channel that all of them subscribe to.

A Redis that is gone or hangs costs who writes what the cache's breaker allows, and is never passed over in silence:
whoever could not send, and whoever could not listen, says so as soon as it answers again.
"""

import json
import logging
import threading
import time
from functools import cached_property
from typing import Any

from django.conf import settings
from redis import Redis, RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from wishare.core.caching.backend import Breaker, breaker_of
from wishare.core.pubsub.hub import MISSED, Listener, Poke, deliver
from wishare.core.pubsub.wires import Wire

#: How often a silent connection is asked whether it lives, and how long it may take to answer.
PING_SECONDS, PATIENCE_SECONDS = 2.0, 3.0
RETRY_SECONDS = 0.5
#: How often pages look for themselves while Redis cannot tell them.
LOOK_SECONDS = 30.0
logger = logging.getLogger("wishare.pubsub")


class RedisWire(Wire):
    def __init__(self, hear: Listener = deliver, *, url: str = "", retry_seconds: float = RETRY_SECONDS) -> None:
        super().__init__(hear)
        self._url = url or settings.REDIS_URL
        self._channel = f"{settings.REDIS_CACHE['KEY_PREFIX']}:pokes"
        self._retry_seconds = retry_seconds
        self._stopping = threading.Event()
        self._mending = threading.Lock()
        self._listener: threading.Thread | None = None
        self._heard_all = True

    def send(self, message: Poke) -> None:
        """What cannot be sent is made up for by MISSED, from a thread that goes on trying."""
        if not self._publish(message) and self._mending.acquire(blocking=False):
            threading.Thread(target=self._mend, name="pokes: mending", daemon=True).start()

    def start(self, *, alone: bool = False) -> None:
        self._stopping.clear()
        self._listener = threading.Thread(target=self._listen, name="pokes: Redis", daemon=True)
        self._listener.start()

    def stop(self) -> None:
        self._stopping.set()
        if self._listener:
            self._listener.join(PATIENCE_SECONDS)

    @cached_property
    def _breaker(self) -> Breaker:
        """The cache's: one of the two finds out for both."""
        return breaker_of(self._url, settings.REDIS_CACHE["OPTIONS"]["BREAKER_SECONDS"])

    @cached_property
    def _redis(self) -> "Redis":
        options = settings.REDIS_CACHE["OPTIONS"]
        timeouts = {name.lower(): options[name] for name in ("SOCKET_TIMEOUT", "SOCKET_CONNECT_TIMEOUT")}
        return Redis.from_url(self._url, retry=Retry(NoBackoff(), 0), **timeouts)

    def _publish(self, message: Poke) -> bool:
        if not self._breaker.allows():
            return False
        try:
            self._redis.publish(self._channel, json.dumps([self.name, *message]))
        except (RedisError, OSError) as error:
            self._breaker.failed(error)
            return False
        self._breaker.succeeded()
        return True

    def _mend(self) -> None:
        try:
            while not self._stopping.wait(self._retry_seconds) and not self._publish(MISSED):
                pass
        finally:
            self._mending.release()

    def _listen(self) -> None:
        """Subscribes again whenever the subscription is lost."""
        looked = time.monotonic()
        while not self._stopping.is_set():
            try:
                self._subscribe()
            except (RedisError, OSError) as error:
                if self._heard_all:
                    logger.warning("No pokes from other processes while Redis does not answer: %s", error)
                    looked = time.monotonic()
                self._heard_all = False
            if time.monotonic() - looked > LOOK_SECONDS:
                self.hear(MISSED)
                looked = time.monotonic()
            self._stopping.wait(self._retry_seconds)

    def _subscribe(self) -> None:
        """Listens until told to stop. Raises when the connection breaks, or hangs."""
        with self._redis.pubsub() as subscription:  # type: ignore[no-untyped-call]
            subscription.subscribe(self._channel)
            answered, asked = time.monotonic(), 0.0
            while not self._stopping.is_set():
                message: Any = subscription.get_message(timeout=0.2)
                now = time.monotonic()
                if message:
                    answered = now
                    self._take(message)
                elif now - answered > PATIENCE_SECONDS:
                    raise TimeoutError("it hangs")
                elif now - max(answered, asked) > PING_SECONDS:
                    subscription.ping()
                    asked = now

    def _take(self, message: dict[str, Any]) -> None:
        if message["type"] == "subscribe" and not self._heard_all:
            logger.warning("Redis answers again: pages look for themselves what they have missed")
            self._heard_all = True
            self.hear(MISSED)
        elif message["type"] == "message":
            sender, *poke = json.loads(message["data"])
            if sender != self.name:
                self.hear(Poke(*poke))
