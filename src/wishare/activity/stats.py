"""How much a person did: today, in the last seven days, in the last thirty. Kept for a quarter of an hour.

What is kept is never wrong: its key has the version that moves with everything the person does, and the day.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.core.caching.digest import source_digest
from wishare.core.flags import cache_generation
from wishare.core.prepared import Prepared

KEPT_FOR = 15 * 60
#: How many days each window has; today is the last of them.
WINDOWS = {"today": 1, "week": 7, "month": 30}
LONGEST = "month"
KINDS = {
    "total": Kind.values,
    "wishlists_created": [Kind.WISHLIST_CREATED],
    "items_added": [Kind.ITEM_ADDED],
    "items_purchased": [Kind.ITEM_PURCHASED],
    "comments_made": [Kind.WISHLIST_COMMENTED, Kind.ITEM_COMMENTED],
    "friends_connected": [Kind.FRIEND_CONNECTED],
}


@dataclass(frozen=True)
class Counts:
    """In one window."""

    total: int = 0
    wishlists_created: int = 0
    items_added: int = 0
    items_purchased: int = 0
    comments_made: int = 0
    friends_connected: int = 0


@dataclass(frozen=True)
class Stats:
    """In all of them."""

    today: Counts = Counts()
    week: Counts = Counts()
    month: Counts = Counts()


def stats_of(viewer: User, version: int, today: date, *, use_cache: bool = True) -> Stats:
    """What the viewer did, as of a version of their `Actor` that was read before; 0 says that there is nothing yet."""
    if not version:
        return Stats()
    key = _key(viewer, version, today)
    numbers: dict[str, int] | None = cache.get(key) if use_cache else None
    if numbers is None:
        numbers = count(viewer, today)
        if use_cache:
            cache.set(key, numbers, KEPT_FOR)
    return Stats(**{name: _window(name, numbers) for name in WINDOWS})


def count(viewer: User, today: date) -> dict[str, int]:
    """One query for all windows, over the activities of the longest."""
    since = {name: _start(today, days) for name, days in WINDOWS.items()}
    return next(iter(_count(viewer=viewer.pk, **since)), {})


def _counted(viewer: int, **since: datetime) -> QuerySet[Activity, dict[str, int]]:
    """One row, or none where nothing was done. The longest window has all others in it."""
    numbers = {
        f"{window}_{name}": Count("pk", filter=Q(kind__in=kinds, created_at__gte=begin))
        for window, begin in since.items()
        for name, kinds in KINDS.items()
    }
    done = Activity.objects.filter(actor=viewer, created_at__gte=since[LONGEST])
    rows: QuerySet[Activity, dict[str, int]] = done.values("actor").annotate(**numbers).values(*numbers)
    return rows


_count = Prepared(_counted, viewer=int, **dict.fromkeys(WINDOWS, datetime))


def _key(viewer: User, version: int, today: date) -> str:
    return f"{cache_generation()}:{source_digest()}:activity_stats:{viewer.pk}:{version}:{today.isoformat()}"


def _start(today: date, days: int) -> datetime:
    """Midnight at the beginning of a window."""
    return timezone.make_aware(datetime.combine(today - timedelta(days=days - 1), time.min))


def _window(name: str, numbers: dict[str, int]) -> Counts:
    return Counts(**{field.name: numbers.get(f"{name}_{field.name}", 0) for field in fields(Counts)})
