"""Reads of activities for one viewer. Each is shown to who may see its target, and that is asked when it is read."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Case, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.connections.models import Connection
from wishare.connections.queries import friend_ids

ACTIVITIES_A_PAGE = 5
#: How far back one hears of friends: what bounds the search when they did little that one may see.
NEWS = timedelta(days=90)
#: Never by the number of the row, which also counts gifts.
NEWEST = ("-created_at", "-public_id")
#: No more than these: PostgreSQL puts up to eight joins into an order of its own, and ours is the wrong one.
TARGETS = ("actor__user", "wishlist", "item", "person")


def of_oneself(viewer: User) -> QuerySet[Activity]:
    """What the viewer did, to what they may still see."""
    added = Q(kind=Kind.ITEM_ADDED, item__deleted_at=None) & on_its_list(viewer)
    visible = added | bought(viewer) | about_lists(viewer) | about_people(viewer)
    return Activity.objects.filter(visible, actor=viewer.pk)


def of_friends(viewer: User) -> QuerySet[Activity]:
    """What the viewer's friends did lately, to what the viewer may see now. Never what they bought.

    Of two friends who became friends with each other, one is enough to tell it.
    """
    visible = about_items(viewer) | about_lists(viewer) | about_people(viewer)
    news = Activity.objects.filter(created_at__gte=timezone.now() - NEWS, actor__in=friend_ids(viewer))
    twice_told = Q(kind=Kind.FRIEND_CONNECTED, actor__gt=F("person"), person__in=friend_ids(viewer))
    return news.filter(visible).exclude(Q(person=viewer) | twice_told)


def about_lists(viewer: User) -> Q:
    """A list was made, or given a secret link that it still has: whoever may see the list."""
    made = Q(kind=Kind.WISHLIST_CREATED) | Q(kind=Kind.WISHLIST_SHARED, wishlist__share_token__isnull=False)
    return made & rules.list_visible_to(viewer, at="wishlist__")


def about_items(viewer: User) -> Q:
    """A wish was added and is open: whoever may see the list it is on."""
    wish = Q(kind=Kind.ITEM_ADDED, item__deleted_at=None, item__received_at=None)
    return wish & on_its_list(viewer)


def about_people(viewer: User) -> Q:
    """Somebody changed their profile, or became friends with somebody and still is: whoever may see that person."""
    friends = Q(kind=Kind.FRIEND_CONNECTED, connection__status=Connection.Status.ACCEPTED)
    person = User.objects.filter(rules.person_visible_to(viewer), pk=OuterRef("person"))
    return (Q(kind=Kind.PROFILE_UPDATED) | friends) & Q(Exists(person))


def bought(viewer: User) -> Q:
    """The buyer alone, while they may see the wish. Undoing takes the activity away with the gift."""
    return Q(kind=Kind.ITEM_PURCHASED, actor=viewer.pk, item__deleted_at=None) & on_its_list(viewer)


def on_its_list(viewer: User) -> Q:
    """A wish is still on the list it was on: whoever may see that."""
    return Q(item__wishlist=F("wishlist")) & rules.list_visible_to(viewer, at="wishlist__")


@dataclass(frozen=True)
class Latest:
    """The newest few of the viewer and of friends. `version` moves with each thing the viewer does; 0: nothing yet."""

    own: list[Activity]
    friends: list[Activity]
    version: int


def latest(viewer: User, size: int = ACTIVITIES_A_PAGE) -> Latest:
    """One query. The viewer's very newest comes along even if it is hidden: it brings the version."""
    visible, newest = _newest(of_oneself(viewer), size), _newest(Activity.objects.filter(actor=viewer.pk), 1)
    chosen = visible.union(newest, _newest(of_friends(viewer), size))
    rows = Activity.objects.filter(pk__in=chosen).order_by(*NEWEST).select_related(*TARGETS).defer("actor__version")
    found = list(rows.annotate(is_visible=_yes(Q(pk__in=visible)), version=_version_for(viewer)))
    own = [row for row in found if row.actor_id == viewer.pk]
    return Latest(
        own=[row for row in own if row.is_visible],
        friends=[row for row in found if row.actor_id != viewer.pk],
        version=own[0].version if own else 0,
    )


def _newest(activities: QuerySet[Activity], size: int) -> QuerySet[Activity, Any]:
    """The rows' keys, so that it can be a part of a compound query: SQLite takes no LIMIT there."""
    chosen = activities.order_by(*NEWEST).values("pk")[:size]
    return Activity.objects.filter(pk__in=chosen).values("pk")


def _yes(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def _version_for(viewer: User) -> Case:
    """The viewer's own; that of others moves with gifts, and is not even read."""
    return Case(When(actor=viewer.pk, then=F("actor__version")), output_field=IntegerField())
