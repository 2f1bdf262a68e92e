"""What the dashboard shows, in two queries whatever the number of friends: lists and events, and activities."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from wishare.access import rules
from wishare.accounts.models import User
from wishare.activity.queries import Latest, latest
from wishare.activity.stats import Stats, stats_of
from wishare.core.prepared import Prepared
from wishare.wishlists.loading import NEWEST, SHOWN
from wishare.wishlists.models import Wishlist

LISTS_A_SECTION = 4
EVENTS = 5
BY_DAY = ("event_date", "pk")


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


def load_dashboard(viewer: User, today: date, deeds: int, *, use_cache: bool = True) -> Dashboard:
    """Rows are always those of the database; the numbers of `stats` are kept under the version of the `deeds`."""
    stats = stats_of(viewer, deeds, today, use_cache=use_cache)
    return Dashboard(viewer, load_lists(viewer, today), latest(viewer, today), stats)


def load_lists(viewer: User, today: date) -> Lists:
    """One query. What it finds for one part cannot be missing from another, so each part takes its first few."""
    rows = _rows(viewer=viewer.pk, today=today)
    dated = [(row.event_date, row.pk, row) for row in rows if row.event_date and row.event_date >= today]
    return Lists(
        mine=[row for row in rows if row.owner_id == viewer.pk][:LISTS_A_SECTION],
        friends=[row for row in rows if row.owner_id != viewer.pk][:LISTS_A_SECTION],
        upcoming=[row for _day, _pk, row in sorted(dated, key=lambda entry: entry[:2])][:EVENTS],
    )


def _newest_and_upcoming(*, viewer: int, today: date) -> QuerySet[Wishlist]:
    """The newest lists of the viewer and of friends, and of both the next events: some of these come to be shown."""
    person, chosen = User(pk=viewer), []
    for rule in (rules.list_owned_by(person), rules.list_shown_by_friend_of(person)):
        lists = Wishlist.objects.filter(rule)
        chosen.append(_keys(lists.order_by(*NEWEST)[:LISTS_A_SECTION]))
        chosen.append(_keys(lists.filter(event_date__gte=today).order_by(*BY_DAY)[:EVENTS]))
    first, *others = chosen
    rows = Wishlist.objects.filter(pk__in=first.union(*others))
    return rows.select_related("owner").only(*SHOWN).order_by(*NEWEST)


def _keys(lists: QuerySet[Wishlist]) -> QuerySet[Wishlist, Any]:
    """So that it can be a part of a compound query: SQLite takes no LIMIT there."""
    return Wishlist.objects.filter(pk__in=lists.values("pk")).values("pk")


_rows = Prepared(_newest_and_upcoming, viewer=int, today=date)
