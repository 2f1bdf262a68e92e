"""Limits on how often a thing may be done. Counters live in the cache and fail open; for people they are allauth's."""

import time

from allauth.core import ratelimit
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wishare.core.errors import Refused

A_MINUTE = 60


def limit(request: HttpRequest, action: str) -> None:
    """Counts one use of `action`, a key of ACCOUNT_RATE_LIMITS.

    Raises Refused with a sentence for the person when there were too many.
    """
    if not ratelimit.consume(request, action=action):
        raise Refused(_("That was a lot in a short time. Please wait a little and try again."))


def within(key: str, most: int) -> bool:
    """Counts one use under `key`, and tells whether there were at most so many in this minute of the clock; two round
    trips to the cache. A cache that is away counts nothing, and everything is within."""
    key = f"within:{key}:{int(time.time() // A_MINUTE)}"
    cache.add(key, 0, 2 * A_MINUTE)
    try:
        used: int | None = cache.incr(key)
    except ValueError:  # pushed out of a full cache
        used = None
    return used is None or used <= most
