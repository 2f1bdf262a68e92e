"""Identifiers, times and choices that are the same on every machine and in every run."""

import base64
import hashlib
from datetime import date, timedelta
from itertools import product
from struct import unpack

from bench.sizes import DAY, YEARS
from wishare.core.ids import ALPHABET

SECONDS_A_DAY = 86_400
DAYS = 365 * YEARS
#: The length of the history in seconds; times are counted from its beginning.
SPAN = DAYS * SECONDS_A_DAY
FIRST_DAY = DAY - timedelta(days=DAYS)

_PAIRS = ["".join(pair) for pair in product(ALPHABET, repeat=2)]
_PAIR_OF = [_PAIRS[number % len(_PAIRS)] for number in range(2**16)]
_DATES = [(FIRST_DAY + timedelta(days=number)).isoformat() for number in range(DAYS + 2)]
_TIMES = [f"{s // 3600:02}:{s // 60 % 60:02}:{s % 60:02}" for s in range(SECONDS_A_DAY)]


def public_id(kind: str, number: int) -> str:
    """As `core/ids.py` makes them, from a digest instead of chance."""
    digest = hashlib.blake2b(f"{kind}{number}".encode(), digest_size=16).digest()
    return "".join([_PAIR_OF[pair] for pair in unpack("<8H", digest)])


def token(kind: str, number: int) -> str:
    """A share link's secret: 43 characters."""
    digest = hashlib.sha256(f"{kind}{number}".encode()).digest()
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


def moment(seconds: int) -> str:
    """A time of the history as both databases read it, in UTC."""
    day, second = divmod(min(seconds, SPAN), SECONDS_A_DAY)
    return f"{_DATES[day]} {_TIMES[second]}"


def day_of(offset: int) -> date:
    """The day so many days from `DAY`."""
    return DAY + timedelta(days=offset)


def registered_at(person: int, people: int) -> int:
    """More and more people come: half of them in the last third."""
    return int(SPAN * 0.98 * ((person - 1) / people) ** 0.6)
