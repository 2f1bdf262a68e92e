"""What the dashboard shows, in two queries whatever the number of friends: lists and events, and activities."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wishare.accounts.models import User
from wishare.activity.queries import Latest, latest
from wishare.activity.stats import Stats, stats_of
from wishare.wishlists.loading import NEWEST, section_queries
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries.calendar import events

LISTS_A_SECTION = 4
EVENTS = 5


@dataclass(frozen=True)
class Lists:
    """Some of the lists of a viewer and of their friends; `upcoming` are of both, by their day."""

    mine: list[Wishlist]
    friends: list[Wishlist]
    upcoming: list[Wishlist]


@dataclass(frozen=True)
class Dashboard:
    """The rows of the page."""

    viewer: User
    lists: Lists
    activity: Latest
    stats: Stats


def load_dashboard(viewer: User, *, use_cache: bool = True) -> Dashboard:
    """Rows are always those of the database; the numbers of `stats` are kept under their version."""
    activity = latest(viewer)
    stats = stats_of(viewer, activity.version, use_cache=use_cache)
    return Dashboard(viewer, load_lists(viewer), activity, stats)


def load_lists(viewer: User) -> Lists:
    """One query. What it finds for one part cannot be missing from another, so each part takes its first few."""
    sections = section_queries(viewer)
    chosen = _keys(events(viewer)[:EVENTS]).union(
        *(_keys(sections[name].order_by(*NEWEST)[:LISTS_A_SECTION]) for name in ("mine", "friends"))
    )
    rows = list(Wishlist.objects.filter(pk__in=chosen).select_related("owner").order_by(*NEWEST))
    today = timezone.localdate()
    dated = [(row.event_date, row.pk, row) for row in rows if row.event_date and row.event_date >= today]
    return Lists(
        mine=[row for row in rows if row.owner_id == viewer.pk][:LISTS_A_SECTION],
        friends=[row for row in rows if row.owner_id != viewer.pk][:LISTS_A_SECTION],
        upcoming=[row for _day, _pk, row in sorted(dated, key=lambda entry: entry[:2])][:EVENTS],
    )


def _keys(lists: QuerySet[Wishlist]) -> QuerySet[Wishlist, Any]:
    """So that it can be a part of a compound query: SQLite takes no LIMIT there."""
    return Wishlist.objects.filter(pk__in=lists.values("pk")).values("pk")
