"""The days ahead, and behind: lists with a date, of the viewer and of friends."""

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.wishlists.models import Wishlist


def events(viewer: User, *, past: bool = False) -> QuerySet[Wishlist]:
    """In the order of their days: from today on, or backwards from yesterday."""
    circle = Wishlist.objects.filter(owner__in=_circle(viewer))
    lists = circle.filter(rules.list_visible_in_circle(viewer)).select_related("owner")
    today = timezone.localdate()
    if past:
        return lists.filter(event_date__lt=today).order_by("-event_date", "-pk")
    return lists.filter(event_date__gte=today).order_by("event_date", "pk")


def _circle(viewer: User) -> QuerySet[Any, int]:
    """The viewer and their friends as one subquery: the database may begin with these few owners."""
    oneself = User.objects.filter(pk=viewer.pk).values_list("pk", flat=True)
    return friend_ids(viewer).union(oneself)
