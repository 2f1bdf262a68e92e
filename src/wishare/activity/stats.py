"""How much a person did: today, in the last seven days, in the last thirty. Kept for a quarter of an hour.

What is kept is never wrong: its key has the version that moves with everything the person does, and the day.
"""

from dataclasses import dataclass, fields
from datetime import datetime, time, timedelta

from django.core.cache import cache
from django.db.models import Count, Q
from django.utils import timezone

from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.core.caching.digest import source_digest
from wishare.core.flags import cache_generation

KEPT_FOR = 15 * 60
#: How many days each window has; today is the last of them.
WINDOWS = {"today": 1, "week": 7, "month": 30}
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


def stats_of(viewer: User, version: int, *, use_cache: bool = True) -> Stats:
    """What the viewer did, as of a version that `queries.latest` has read; 0 says that there is nothing yet."""
    if not version:
        return Stats()
    key = _key(viewer, version)
    numbers: dict[str, int] | None = cache.get(key) if use_cache else None
    if numbers is None:
        numbers = count(viewer)
        if use_cache:
            cache.set(key, numbers, KEPT_FOR)
    return Stats(**{name: _window(name, numbers) for name in WINDOWS})


def count(viewer: User) -> dict[str, int]:
    """One query for all windows, over the activities of the longest."""
    since = {name: _start(days) for name, days in WINDOWS.items()}
    done = Activity.objects.filter(actor=viewer.pk, created_at__gte=min(since.values()))
    return done.aggregate(
        **{
            f"{window}_{name}": Count("pk", filter=Q(kind__in=kinds, created_at__gte=moment))
            for window, moment in since.items()
            for name, kinds in KINDS.items()
        }
    )


def _key(viewer: User, version: int) -> str:
    day = timezone.localdate().isoformat()
    return f"{cache_generation()}:{source_digest()}:activity_stats:{viewer.pk}:{version}:{day}"


def _start(days: int) -> datetime:
    """Midnight at the beginning of a window."""
    first = timezone.localdate() - timedelta(days=days - 1)
    return timezone.make_aware(datetime.combine(first, time.min))


def _window(name: str, numbers: dict[str, int]) -> Counts:
    return Counts(**{field.name: numbers[f"{name}_{field.name}"] for field in fields(Counts)})
