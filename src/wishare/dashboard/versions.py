"""All that the dashboard of a person depends on, as a few numbers from one query.

Each is a version, or a sum of versions over rows that another of the numbers pins: as versions only grow, the sum is
new as soon as one of them is. So the numbers never come back, and what was drawn under them stays right.
"""

from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from wishare.accounts.models import User
from wishare.activity.models import Activity, Actor, Kind
from wishare.connections.queries import friend_ids
from wishare.core.prepared import Prepared

Numbers = QuerySet[Any, tuple[str, int]]
#: What one does to lists that may be anybody's.
FOR_OTHERS = (Kind.ITEM_PURCHASED, Kind.WISHLIST_COMMENTED, Kind.ITEM_COMMENTED)


class Versions(NamedTuple):
    """0 where there is nothing."""

    #: Of the viewer: profile, lists, whom they are friends with. It came along with the session.
    oneself: int
    #: The same of their friends, and what the givers of these say among themselves; who these are moves `oneself`.
    friends: int = 0
    #: With everything that the viewer does, gifts included.
    deeds: int = 0
    #: The lists that the viewer bought from or said something about, who they belong to, and what the givers of these
    #: say; which these are moves `deeds`.
    gifts: int = 0


def versions_of(viewer: User) -> Versions:
    """As of now: what is read later may be newer, and is never older than some moment of the request."""
    return Versions(viewer.circle_version, **{part: int(total) for part, total in _sums(viewer=viewer.pk)})


def _query(viewer: int) -> Numbers:
    for_others = Activity.objects.filter(actor=viewer, kind__in=FOR_OTHERS)
    friends = User.objects.filter(pk__in=friend_ids(User(pk=viewer)))
    friends_total = _total("friends", friends, "circle_version", "givers__version")
    return friends_total.union(
        _total("deeds", Actor.objects.filter(pk=viewer), "version"),
        _total("gifts", for_others, "wishlist__version", "person__version", "givers__version"),
        all=True,
    )


def _total(part: str, rows: QuerySet[Any], *versions: str) -> Numbers:
    """The sum over all rows; a row that has no such version counts as 0."""
    total = sum((Coalesce(Sum(version), 0) for version in versions), start=Value(0))
    named: Numbers = rows.order_by().values(part=Value(part)).annotate(total=total).values_list("part", "total")
    return named


_sums = Prepared(_query, viewer=int)
