"""Limits on how often a thing may be done, through allauth's counters (which live in the cache and fail open)."""

from allauth.core import ratelimit
from django.http import HttpRequest
from django.utils.translation import gettext as _

from wishare.core.errors import Refused


def limit(request: HttpRequest, action: str) -> None:
    """Counts one use of `action`, a key of ACCOUNT_RATE_LIMITS.

    Raises Refused with a sentence for the person when there were too many.
    """
    if not ratelimit.consume(request, action=action):
        raise Refused(_("That was a lot in a short time. Please wait a little and try again."))
