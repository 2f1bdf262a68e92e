"""What the demo is described with. People, lists and wishes are named by short keys; days count from today."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from wishare.access.choices import Visibility
from wishare.wishlists.choices import EventType, Priority

FRIENDS, PRIVATE, PUBLIC = Visibility.PARTNER_ONLY, Visibility.PRIVATE_LIST, Visibility.PUBLICLY_VISIBLE
LOW, MEDIUM, HIGH = Priority.LOW, Priority.MEDIUM, Priority.HIGH


@dataclass(frozen=True)
class Person:
    """`birthday` is how many days from today the next one is, and how old they will be then."""

    key: str
    name: str
    bio: str
    birthday: tuple[int, int]
    locale: str = "en"
    portrait: str = ""
    admin: bool = False

    @property
    def email(self) -> str:
        return f"{self.key}@example.org"


@dataclass(frozen=True)
class Gift:
    """Who takes a wish: the key of a person, or the name of a guest who came by the list's share link."""

    giver: str
    quantity: int = 1
    bought: bool = False
    guest: bool = False


@dataclass(frozen=True)
class Said:
    """A comment: by the key of a person, with the owner or among givers, so many hours after the list was made."""

    author: str
    text: str
    among_givers: bool = False
    after: int = 20


@dataclass(frozen=True)
class Wish:
    """`shop` is an address without `https://`; `edited` is what the owner changes after the gifts were chosen."""

    name: str
    price: str = ""
    note: str = ""
    shop: str = ""
    picture: str = ""
    priority: Priority = MEDIUM
    quantity: int = 1
    received: bool = False
    gifts: tuple[Gift, ...] = ()
    said: tuple[Said, ...] = ()
    edited: dict[str, Any] | None = None


@dataclass(frozen=True)
class DemoList:
    """`made` is how many days ago it was made; `day` is that of the occasion."""

    owner: str
    name: str
    currency: str
    made: int
    wishes: tuple[Wish, ...] = ()
    said: tuple[Said, ...] = ()
    description: str = ""
    visibility: Visibility = FRIENDS
    occasion: EventType = EventType.NONE
    day: Callable[[], date] | None = None
    cover: str = ""
    shared: bool = False


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def after(days: int) -> Callable[[], date]:
    """A day that is reckoned when the demo is loaded."""
    return lambda: in_days(days)


def next_christmas() -> date:
    """The 25th of December to come; on that day itself, the next year's."""
    today = timezone.localdate()
    christmas = date(today.year, 12, 25)
    return christmas if christmas > today else date(today.year + 1, 12, 25)


def born(birthday: tuple[int, int]) -> date:
    """The date of birth of somebody who turns so old in so many days."""
    days, age = birthday
    day = in_days(days)
    day -= timedelta(days=(day.month, day.day) == (2, 29))
    return day.replace(year=day.year - age)
