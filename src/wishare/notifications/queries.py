"""Reads of notifications for one viewer. Each is shown to who may see what it is about, asked when it is read.

Nothing here looks at gifts: what tells of one goes with it.
"""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import friend_ids
from wishare.core.pagination import Page, PreparedPages
from wishare.core.prepared import Prepared
from wishare.notifications.models import Kind, Notification
from wishare.wishlists.models import Item
from wishare.wishlists.queries.lists import OPEN

NEWEST = {"-created_at": datetime, "-public_id": str}
#: The bell counts no further, and looks at no more than so many of the newest that are not read.
COUNTED, LOOKED_AT = 100, 200

PERSON = ("public_id", "name", "avatar")
#: What the sentences show, and where they lead.
SHOWN = (
    *("public_id", "kind", "recipient_id", "for_givers", "told_name", "created_at", "read_at"),
    *(f"actor__{name}" for name in PERSON),
    *("wishlist__public_id", "wishlist__name", "item__public_id", "item__name", "connection_id"),
    *("invitation__token", "invitation__recipient_email"),
)


def visible_to(viewer: User, now: datetime | None = None) -> QuerySet[Notification]:
    """All that the viewer may be told now, read or not; without what they have dismissed."""
    return _told(viewer, now or timezone.now()).filter(dismissed_at=None)


def page_of_told(viewer: User, cursor: str, size: int) -> Page[Notification]:
    """A page of `visible_to` with their targets, newest first."""
    return _pages(cursor, size, viewer=viewer.pk, now=timezone.now())


def dismissed_by(viewer: User) -> QuerySet[Notification]:
    return _told(viewer, timezone.now()).filter(dismissed_at__isnull=False)


def _told(viewer: User, now: datetime) -> QuerySet[Notification]:
    told = _from_lists(viewer) | _between_people(viewer, now)
    active = Q(actor=None) | Q(actor__is_active=True)
    return Notification.objects.filter(told, active, recipient=viewer)


def with_targets(notifications: QuerySet[Notification]) -> QuerySet[Notification]:
    """With what their sentences need: `wishes` is how many new wishes there are, `wish` the name of the last."""
    wishes = _new_wishes().order_by()
    shown = notifications.select_related("actor", "wishlist", "wishlist__owner", "item", "invitation")
    return shown.annotate(
        wishes=Subquery(wishes.values("wishlist").annotate(number=Count("pk")).values("number")),
        wish=Subquery(wishes.order_by("-created_at", "-pk").values("name")[:1]),
    ).only(*SHOWN, "wishlist__owner__name")


def unread(viewer: User) -> int:
    """What the bell says. A person without unread rows, which the query of the session knows, costs no query."""
    return len(_unread(viewer=viewer.pk, now=timezone.now())) if getattr(viewer, "has_unread", True) else 0


def has_unread() -> Exists:
    """For `accounts.sessions`: whether the account has any unread row, which it may or may not be allowed to see."""
    return Exists(Notification.objects.filter(recipient=OuterRef("account"), read_at=None))


def _count(viewer: int, now: datetime) -> QuerySet[Notification, int]:
    newest = Notification.objects.filter(recipient=viewer, read_at=None).order_by("-created_at")
    found = visible_to(User(pk=viewer), now).filter(pk__in=newest.values("pk")[:LOOKED_AT], read_at=None)
    return found.values_list("pk", flat=True)[:COUNTED]


_pages = PreparedPages(
    lambda cut, viewer, now: cut(with_targets(visible_to(User(pk=viewer), now))),
    NEWEST,
    viewer=int,
    now=datetime,
)
_unread = Prepared(_count, viewer=int, now=datetime)


def _from_lists(viewer: User) -> Q:
    """What happens on a list that the viewer may still see. That something was bought, and what givers say to each
    other, is for everybody but its owner; what the owner did, as long as it is theirs."""
    givable = rules.list_givable_by(viewer, at="wishlist__")
    by_owner = givable & Q(wishlist__owner=F("actor"))
    on_list = Q(item=None) | Q(item__deleted_at=None, item__wishlist=F("wishlist"))
    waits = Q(item=None) | Q(item__received_at=None) | Q(wishlist__owner=viewer)
    comment = rules.list_visible_to(viewer, at="wishlist__") & waits & (Q(for_givers=False) | givable)
    return (
        (Q(kind=Kind.NEW_ITEM_ADDED) & by_owner & Exists(_new_wishes()))
        | (Q(kind=Kind.WISHLIST_SHARED) & by_owner)
        | (Q(kind=Kind.ITEM_PURCHASED) & givable & on_list)
        | (Q(kind=Kind.COMMENT) & comment & on_list)
    )


def _between_people(viewer: User, now: datetime) -> Q:
    """What is still so: a request waits, a friendship lasts, or is over."""
    asked = Q(connection__partner=viewer, connection__status=Connection.Status.PENDING)
    invited = Q(
        invitation__recipient_email=F("recipient__email"),
        invitation__status=Invitation.Status.PENDING,
        invitation__expires_at__gt=now,
    )
    friends = Q(connection__status=Connection.Status.ACCEPTED) & (
        Q(connection__user=viewer, connection__partner=F("actor"))
        | Q(connection__partner=viewer, connection__user=F("actor"))
    )
    declined = Q(invitation__sender=viewer, invitation__status=Invitation.Status.DECLINED)
    return (
        (Q(kind=Kind.INVITATION_RECEIVED) & (asked | invited))
        | (Q(kind=Kind.INVITATION_ACCEPTED) & friends)
        | (Q(kind=Kind.INVITATION_DECLINED) & declined)
        | (Q(kind=Kind.CONNECTION_REMOVED, actor__isnull=False) & ~Q(actor__in=friend_ids(viewer)))
    )


def _new_wishes() -> QuerySet[Item, Any]:
    """The open wishes that a notification tells of."""
    since, until = OuterRef("begins_at"), OuterRef("ends_at")
    added = Q(created_at__gte=since, created_at__lt=until)
    return Item.objects.filter(OPEN, added, wishlist=OuterRef("wishlist"))
