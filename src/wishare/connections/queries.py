"""Reads about friendships and invitations, always for one viewer."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, Q, QuerySet, When
from django.utils import timezone

from wishare.accounts.models import User
from wishare.connections.models import Connection, Invitation
from wishare.core.pagination import Page, PreparedPages
from wishare.core.prepared import Prepared

WAITING_AT_MOST = 50


def connections_of(viewer: User) -> QuerySet[Connection]:
    """All rows the viewer is one side of, whatever their status."""
    return Connection.objects.filter(Q(user=viewer) | Q(partner=viewer))


def friend_ids(viewer: User) -> QuerySet[Connection, int]:
    """The primary keys of the viewer's friends, as a subquery: each once, never the viewer."""
    accepted = connections_of(viewer).filter(status=Connection.Status.ACCEPTED)
    other = Case(When(user=viewer, then=F("partner_id")), default=F("user_id"))
    return accepted.values_list(other, flat=True)


def lock_circle(person: User) -> None:
    """Until the transaction ends nobody else writes to a person, or to whom they know: in the order that all take."""
    ends = connections_of(person)
    known = Q(pk=person.pk) | Q(pk__in=ends.values("user")) | Q(pk__in=ends.values("partner"))
    list(User.objects.filter(known).select_for_update().order_by("pk").values_list("pk"))


def friends(viewer: User) -> QuerySet[User]:
    return User.objects.filter(pk__in=friend_ids(viewer))


def page_of_friends(viewer: User, cursor: str, size: int) -> Page[User]:
    """By name."""
    return _friends(cursor, size, viewer=viewer.pk)


def connection_between(viewer: User, other: User) -> Connection | None:
    return connections_of(viewer).filter(Q(user=other) | Q(partner=other)).first()


def connection_seen_by(viewer: User, other: User) -> Connection | None:
    """What the viewer knows of: without what they have taken back."""
    connection = connection_between(viewer, other)
    taken_back = connection and connection.withdrawn and connection.user_id == viewer.pk
    return None if taken_back else connection


def requests_to(viewer: User) -> QuerySet[Connection]:
    """Friend requests that wait for the viewer's answer."""
    waiting = Connection.objects.filter(partner=viewer, status=Connection.Status.PENDING)
    return waiting.select_related("user")


def requests_by(viewer: User) -> QuerySet[Connection]:
    """Friend requests of the viewer that are not answered; a declined one looks no different to who asked."""
    unanswered = [Connection.Status.PENDING, Connection.Status.DECLINED]
    own = Connection.objects.filter(user=viewer, status__in=unanswered, withdrawn=False)
    return own.select_related("partner")


def invitations() -> QuerySet[Invitation]:
    """Invitations in any state: whoever holds the link may know how it stands."""
    return Invitation.objects.select_related("sender")


def endable_by(viewer: User) -> QuerySet[Connection]:
    """Friendships, which either side may end, and requests that their sender may withdraw."""
    own_request = Q(user=viewer, withdrawn=False)
    return connections_of(viewer).filter(own_request | Q(status=Connection.Status.ACCEPTED))


def open_invitations(now: datetime | None = None) -> QuerySet[Invitation]:
    """Invitations that can still be answered."""
    return invitations().filter(status=Invitation.Status.PENDING, expires_at__gt=now or timezone.now())


def invitations_by(viewer: User, now: datetime | None = None) -> QuerySet[Invitation]:
    return open_invitations(now).filter(sender=viewer)


def invitations_to(viewer: User, now: datetime | None = None) -> QuerySet[Invitation]:
    """Open invitations sent to the viewer's own address, which sign-in has verified."""
    return open_invitations(now).filter(recipient_email=viewer.email).exclude(sender=viewer)


@dataclass(frozen=True)
class Waiting:
    """What waits for an answer, the latest first: of the viewer, and of those whom they have asked."""

    requests_to: list[Connection]
    requests_by: list[Connection]
    invitations_to: list[Invitation]
    invitations_by: list[Invitation]


def waiting(viewer: User) -> Waiting:
    """Four queries."""
    me, now = viewer.pk, timezone.now()
    return Waiting(
        requests_to=_requests_to(viewer=me),
        requests_by=_requests_by(viewer=me),
        invitations_to=_invitations_to(viewer=me, email=viewer.email, now=now),
        invitations_by=_invitations_by(viewer=me, now=now),
    )


_friends = PreparedPages(lambda cut, viewer: cut(friends(User(pk=viewer))), {"name": str, "pk": int}, viewer=int)
_requests_to = Prepared(lambda viewer: requests_to(User(pk=viewer)).order_by("-pk")[:WAITING_AT_MOST], viewer=int)
_requests_by = Prepared(lambda viewer: requests_by(User(pk=viewer)).order_by("-pk")[:WAITING_AT_MOST], viewer=int)
_invitations_to = Prepared(
    lambda viewer, email, now: invitations_to(User(pk=viewer, email=email), now).order_by("-pk")[:WAITING_AT_MOST],
    viewer=int,
    email=str,
    now=datetime,
)
_invitations_by = Prepared(
    lambda viewer, now: invitations_by(User(pk=viewer), now).order_by("-created_at", "-pk")[:WAITING_AT_MOST],
    viewer=int,
    now=datetime,
)
