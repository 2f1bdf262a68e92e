"""What a browser shows the event stream: who it is and what it may hear, signed, and good for two minutes.

The stream believes the ticket and asks no database. When it has run out, the browser asks for a new one, and what the
person may hear is looked up anew.
"""

import time
from collections.abc import Iterable
from dataclasses import dataclass

from django.core import signing

LIFE_SECONDS = 120
SALT = "wishare.live"


@dataclass(frozen=True)
class Ticket:
    """`until` is a time in seconds since 1970."""

    person: str
    channels: tuple[str, ...]
    until: int


def issue(person: str, channels: Iterable[str]) -> str:
    """A ticket that is good from now on, for an address."""
    until = int(time.time()) + LIFE_SECONDS
    return signing.dumps([person, until, *channels], salt=SALT, compress=True)


def read(text: str) -> Ticket | None:
    """None for one that was never issued, or is over."""
    try:
        person, until, *channels = signing.loads(text, salt=SALT)
    except signing.BadSignature:
        return None
    return Ticket(person, tuple(channels), until) if until > time.time() else None
