"""Switches that an operator turns while the server runs: for everyone, for nobody, or for a share of the people.

They are rows of django-waffle. Each process reads all of them with one query and keeps them for a second, so a look
costs nothing and a change acts everywhere within a second.

Who belongs to a share follows from the switch and the number of the account, with no cookie and no draw: a person has
the same side on every device and in every process, and a larger share only adds people. Visitors belong to no share.
"""

import hashlib
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from waffle.models import Flag

from wishare.core.errors import Refused
from wishare.core.facts import Fact, happened
from wishare.core.prepared import Prepared

NOBODY, EVERYONE = 0, 100
GENERATION = "cache_generation"
COLUMNS = ("name", "everyone", "percent", "note")
#: For how long a process goes by what it has read.
SECONDS = 1
_LAST = "last"


@dataclass(frozen=True)
class Switch:
    """What can be switched; `default` is the share where nobody has said anything."""

    name: str
    label: str | Promise
    help: str | Promise
    default: int


SWITCHES = {
    switch.name: switch
    for switch in (
        Switch(
            "fragment_caching",
            _("Fragment caching"),
            _("Draws the cards of a page once and keeps them. Off: every page comes from the database."),
            EVERYONE,
        ),
        Switch(
            "previous_query_pattern",
            _("Old query pattern"),
            _("Loads lists the way it was done before: the same pages, slower. For when the new queries make trouble."),
            NOBODY,
        ),
    )
}


def fragment_caching_for(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether pages for this person are put together from kept fragments."""
    return is_on("fragment_caching", user)


def previous_query_pattern_for(user: AbstractBaseUser | AnonymousUser) -> bool:
    """Whether lists for this person are loaded the way it was done before."""
    return is_on("previous_query_pattern", user)


def is_on(name: str, user: AbstractBaseUser | AnonymousUser) -> bool:
    share = share_of(name)
    return share == EVERYONE or place(name, user) < share


def place(name: str, user: AbstractBaseUser | AnonymousUser) -> int:
    """Where somebody stands in the line for a switch, from 0 to 99; who has no account is never reached."""
    if user.pk is None:
        return EVERYONE
    return int(hashlib.sha256(f"{name}:{user.pk}".encode()).hexdigest(), 16) % 100


def share_of(name: str) -> int:
    """The percentage of people a switch is on for."""
    return _stored().get(name, SWITCHES[name].default)


def cache_generation() -> int:
    """Part of every key: a new number, and nothing that was kept is asked for any more."""
    return _stored().get(GENERATION, 0)


def caches_cleared_at() -> datetime | None:
    """When the number was drawn; None if never."""
    number = cache_generation()
    return datetime.fromtimestamp(number / 1e6, UTC) if number else None


def set_share(name: str, share: int) -> int:
    """Turns a switch and returns the share it had before.

    Raises Refused for a switch that does not exist and for a share that is none.
    """
    if name not in SWITCHES:
        raise Refused(_("There is no switch “%(name)s”.") % {"name": name})
    if not NOBODY <= share <= EVERYONE:
        raise Refused(_("A share is a whole number from 0 to 100."))
    forget()
    before = share_of(name)
    part = NOBODY < share < EVERYONE
    _write(name, everyone=None if part else share == EVERYONE, percent=share if part else None)
    return before


@dataclass(frozen=True)
class CachesCleared(Fact):
    """Nothing that was kept will be asked for any more."""


def clear_caches() -> None:
    """Every process draws everything anew. The number is a time: it cannot come back, not even with a backup."""
    with transaction.atomic():
        _write(GENERATION, note=str(time.time_ns() // 1000))
        happened(CachesCleared())


def forget() -> None:
    """Lets this process read the switches anew."""
    _read.pop(_LAST, None)


def _write(name: str, **values: object) -> None:
    Flag.objects.update_or_create(name=name, defaults=values)
    forget()
    transaction.on_commit(forget)  # another thread may have read the old row meanwhile


class _Reading(NamedTuple):
    at: float
    numbers: Mapping[str, int]


#: The last one. Without copies, as the cache would make them: every page looks three times.
_read: dict[str, _Reading] = {}


def _stored() -> Mapping[str, int]:
    """What the rows say, by name: the share of a switch, and the generation."""
    last = _read.get(_LAST)
    if last is None or time.monotonic() - last.at >= SECONDS:
        last = _read[_LAST] = _Reading(time.monotonic(), {row.name: _number(row) for row in _rows()})
    return last.numbers


_rows = Prepared(lambda: Flag.objects.filter(name__in=[*SWITCHES, GENERATION]).only(*COLUMNS))


def _number(row: Flag) -> int:
    if row.name == GENERATION:
        return int(row.note)
    if row.everyone is None:
        return int(row.percent or NOBODY)
    return EVERYONE if row.everyone else NOBODY
