"""How often a person may make us fetch, and how often a host may be asked: counted in the cache, open without it."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.cache import cache

from wishare.core.fetching.errors import Failure
from wishare.core.ratelimit import within

#: Fetches a minute.
PER_USER = 30
PER_HOST = 60
#: Connections at a time.
HOST_CONNECTIONS = 2


def count(what: str, who: object, most: int) -> None:
    """Counts one use in this minute. Raises Failure("limited") when there were `most` already."""
    if not settings.ACCOUNT_RATE_LIMITS:  # WISHARE_RATE_LIMITS=off
        return
    if not within(_key(what, who), most):
        raise Failure("limited", f"more than {most} a minute for this {what}")


@contextmanager
def connection_to(host: str, seconds: float) -> Iterator[None]:
    """One of the few connections to a host; free again after `seconds` should the process die meanwhile."""
    keys = [f"{_key('connection', host)}:{number}" for number in range(HOST_CONNECTIONS)]
    taken = next((key for key in keys if cache.add(key, True, int(seconds))), None)
    if taken is None:
        raise Failure("limited", f"{HOST_CONNECTIONS} connections to {host} already")
    try:
        yield
    finally:
        cache.delete(taken)


def _key(what: str, who: object) -> str:
    digest = hashlib.sha256(str(who).encode()).hexdigest()[:32]
    return f"fetch:{what}:{digest}"
