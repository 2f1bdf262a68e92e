"""Reads of activities for one viewer. Each is told to who may see its target, and that is asked when it is read."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.connections.models import Connection
from wishare.connections.queries import friend_ids
from wishare.core.pagination import Page, PreparedPages
from wishare.core.prepared import Prepared

ACTIVITIES_A_PAGE = 5
#: How far back one hears of friends: what bounds the search when they did little that one may see.
NEWS = timedelta(days=90)
#: Never by the number of the row, which also counts gifts.
NEWEST = {"-created_at": datetime, "-public_id": str}

#: A list was made, or given a secret link that it still has.
MADE = Q(kind=Kind.WISHLIST_CREATED) | Q(kind=Kind.WISHLIST_SHARED, wishlist__share_token__isnull=False)
#: Somebody and a person with an account became friends, and still are.
BEFRIENDED = Q(kind=Kind.FRIEND_CONNECTED, connection__status=Connection.Status.ACCEPTED, person__is_active=True) & (
    Q(connection__user=F("actor"), connection__partner=F("person"))
    | Q(connection__user=F("person"), connection__partner=F("actor"))
)
#: Somebody changed their own profile.
PROFILE = Q(kind=Kind.PROFILE_UPDATED, person=F("actor"))
#: The wish is there, and on the list that it was on.
ON_ITS_LIST = Q(item__deleted_at=None, item__wishlist=F("wishlist"))

#: What the pictures show of a person, and of a row and its targets. Versions are in their keys.
SHOWN_PERSON = ("public_id", "name", "avatar", "version")
SHOWN = (
    *("public_id", "actor_id", "kind", "created_at"),
    *("wishlist__public_id", "wishlist__name", "wishlist__version", "item__public_id", "item__name", "item__version"),
    *(f"person__{name}" for name in SHOWN_PERSON),
    *("givers_id", "comment__public_id", "comment__text", "comment__version"),
)


def of_oneself(viewer: User) -> QuerySet[Activity]:
    """What the viewer did: to lists that are still theirs, what they bought from lists that they may still see, and
    what they said and may still read.

    Nobody else is told what they bought.
    """
    wish = Q(kind=Kind.ITEM_ADDED) & ON_ITS_LIST
    own = (MADE | wish) & rules.list_owned_by(viewer, at="wishlist__")
    bought = Q(kind=Kind.ITEM_PURCHASED) & ON_ITS_LIST
    elsewhere = (bought | _said(viewer)) & rules.list_visible_to(viewer, at="wishlist__")
    return _with_targets(Activity.objects.filter(own | elsewhere | BEFRIENDED | PROFILE, actor=viewer.pk))


def of_friends(viewer: User, begin: datetime) -> QuerySet[Activity]:
    """What the viewer's friends did since `begin`, to their own lists and profile as the viewer sees them now,
    and what they said about the lists of the viewer and of other friends, where the viewer may read it.

    That two people became friends is told to friends of both, once.
    """
    wish = Q(kind=Kind.ITEM_ADDED, item__received_at=None) & ON_ITS_LIST
    by_owner = (MADE | wish) & Q(wishlist__owner=F("actor"))
    # Asked of the list and not of `person`: then PostgreSQL begins with what friends did, and not with everybody.
    in_circle = Q(wishlist__owner=viewer) | Q(wishlist__owner__in=friend_ids(viewer))
    on_lists = (by_owner | _said(viewer) & in_circle) & rules.list_visible_in_circle(viewer, at="wishlist__")
    of_both = BEFRIENDED & Q(person__in=friend_ids(viewer), actor__lt=F("person"))
    told = on_lists | of_both | PROFILE
    lately = Activity.objects.filter(told, actor__in=friend_ids(viewer), created_at__gte=begin)
    return _with_targets(_with_actor(lately))


def page_of_oneself(viewer: User, cursor: str, size: int) -> Page[Activity]:
    """A page of `of_oneself`, newest first."""
    return _of_oneself(cursor, size, viewer=viewer.pk)


def page_of_friends(viewer: User, today: date, cursor: str, size: int) -> Page[Activity]:
    """A page of `of_friends` in the last 90 days, newest first."""
    return _of_friends(cursor, size, viewer=viewer.pk, begin=news_begin(today))


def news_begin(today: date) -> datetime:
    """The midnight from which on one hears of friends."""
    return timezone.make_aware(datetime.combine(today - NEWS, time.min))


@dataclass(frozen=True)
class Latest:
    """The newest few of the viewer and of friends."""

    own: list[Activity]
    friends: list[Activity]


def latest(viewer: User, today: date) -> Latest:
    """Two queries."""
    return Latest(
        own=_latest_of_oneself(viewer=viewer.pk),
        friends=_latest_of_friends(viewer=viewer.pk, begin=news_begin(today)),
    )


def _said(viewer: User) -> Q:
    """Somebody said something about a person's list, or about a wish on it, to everyone or to that person's givers.

    `rules.comment_visible_to` for lists that the viewer sees and authors who are active, without its joins.
    """
    waits = Q(item__received_at=None) | Q(person=viewer)
    on_wish = Q(kind=Kind.ITEM_COMMENTED, comment__item=F("item")) & ON_ITS_LIST & waits
    on_list = Q(kind=Kind.WISHLIST_COMMENTED, comment__item=None, item=None)
    among_givers = Q(givers=F("person"), comment__givers=F("person")) & ~Q(person=viewer)
    for_viewer = Q(givers=None, comment__givers=None) | among_givers
    about = Q(comment__author=F("actor"), comment__wishlist=F("wishlist"), wishlist__owner=F("person"))
    return about & Q(comment__deleted_at=None) & (on_wish | on_list) & for_viewer


def _with_actor(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """Those of active accounts, with what is shown of these as `actor_name` and so on, for `fragments.py`.

    With two more joins for it PostgreSQL would think longer about their order than about everything else.
    """
    return activities.annotate(
        actor_public_id=_active_actor("public_id"),
        actor_name=_active_actor("name"),
        actor_avatar=_active_actor("avatar"),
        actor_version=_active_actor("version"),
    ).filter(actor_version__isnull=False)


def _active_actor(shown: str) -> Subquery:
    return Subquery(User.objects.filter(pk=OuterRef("actor_id"), is_active=True).values(shown))


def _with_targets(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    """With what their pictures show, and little else: a person has thirty columns."""
    return activities.select_related("wishlist", "item", "person", "comment").only(*SHOWN)


def _few(activities: QuerySet[Activity]) -> QuerySet[Activity]:
    return activities.order_by(*NEWEST)[:ACTIVITIES_A_PAGE]


_of_oneself = PreparedPages(lambda cut, viewer: cut(of_oneself(User(pk=viewer))), NEWEST, viewer=int)
_of_friends = PreparedPages(
    lambda cut, viewer, begin: cut(of_friends(User(pk=viewer), begin)), NEWEST, viewer=int, begin=datetime
)
_latest_of_oneself = Prepared(lambda viewer: _few(of_oneself(User(pk=viewer))), viewer=int)
_latest_of_friends = Prepared(
    lambda viewer, begin: _few(of_friends(User(pk=viewer), begin)), viewer=int, begin=datetime
)
