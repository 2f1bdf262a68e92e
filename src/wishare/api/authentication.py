"""Who calls, and how often they may."""

import time

from django.conf import settings
from django.http import HttpRequest
from ninja.security import HttpBearer
from ninja.throttling import BaseThrottle

from wishare.accounts.models import User
from wishare.accounts.tokens import holder_of
from wishare.core.ratelimit import A_MINUTE, within


class CallRequest(HttpRequest):
    """With the person whose token was shown."""

    auth: User


class AccessTokenAuth(HttpBearer):
    """A token that its holder has made under “My account”. A browser's session opens nothing here."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return holder_of(token)


class PersonThrottle(BaseThrottle):
    """So many calls in each minute of the clock, with all tokens of a person together.

    Keeps nothing in itself: ninja's own throttles do, and mix up people when threads share them.
    """

    def allow_request(self, request: HttpRequest) -> bool:
        person: User = request.auth  # type: ignore[attr-defined]
        calls: int | None = settings.API_CALLS_A_MINUTE
        return calls is None or within(f"api:{person.pk}", calls)

    def wait(self) -> float:
        """Seconds until the next minute."""
        return A_MINUTE - time.time() % A_MINUTE
