"""Time zones of people: when their day begins."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings

from wishare.accounts.models import User

AREAS = ("Africa", "America", "Antarctica", "Arctic", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")


@cache
def known_zones() -> frozenset[str]:
    """What this computer knows of the places of the world; other names are old ones for the same."""
    return frozenset(name for name in available_timezones() if name.startswith(tuple(f"{area}/" for area in AREAS)))


@cache
def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """For a form: the places of each area."""
    names = sorted(known_zones())
    return [(area, [(name, _place(name)) for name in names if name.startswith(f"{area}/")]) for area in AREAS]


def zone_of(person: User) -> ZoneInfo:
    """Where the person lives, else the installation; also for a place that this computer does not know any more."""
    return ZoneInfo(person.time_zone if person.time_zone in known_zones() else settings.TIME_ZONE)


def _place(name: str) -> str:
    return name.partition("/")[2].replace("_", " ").replace("/", ", ")
