"""The days ahead, and behind: lists with a date, of the viewer and of friends."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.core.pagination import Page, PreparedPages
from wishare.wishlists.models import Wishlist

#: By whether they are past.
KEYS: dict[bool, dict[str, type]] = {False: {"event_date": date, "pk": int}, True: {"-event_date": date, "-pk": int}}


def page_of_events(viewer: User, cursor: str, size: int, *, past: bool) -> Page[Wishlist]:
    """From today on, or backwards from yesterday."""
    return _events[past](cursor, size, viewer=viewer.pk, today=timezone.localdate())


def events(viewer: User, today: date, *, past: bool = False) -> QuerySet[Wishlist]:
    """In the order of their days."""
    circle = Wishlist.objects.filter(owner__in=_circle(viewer))
    lists = circle.filter(rules.list_visible_in_circle(viewer)).select_related("owner")
    return (lists.filter(event_date__lt=today) if past else lists.filter(event_date__gte=today)).order_by(*KEYS[past])


def _circle(viewer: User) -> QuerySet[Any, int]:
    """The viewer and their friends as one subquery: the database may begin with these few owners."""
    oneself = User.objects.filter(pk=viewer.pk).values_list("pk", flat=True)
    return friend_ids(viewer).union(oneself)


_events = {
    past: PreparedPages(
        lambda cut, viewer, today, past=past: cut(events(User(pk=viewer), today, past=past)),
        KEYS[past],
        viewer=int,
        today=date,
    )
    for past in KEYS
}
