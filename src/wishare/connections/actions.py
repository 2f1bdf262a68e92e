"""Writes about friendships and invitations. Each is one transaction and may be repeated without harm."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wishare.accounts.models import User
from wishare.connections.facts import (
    Disconnected,
    FriendsConnected,
    InvitationAccepted,
    InvitationDeclined,
    InvitationSent,
    RequestAccepted,
    RequestSent,
    RequestWithdrawn,
)
from wishare.connections.models import Connection, Invitation, invitation_expiry
from wishare.connections.queries import connection_between, invitations_by
from wishare.core.errors import Refused
from wishare.core.facts import happened

OPEN_INVITATIONS_AT_MOST = 50


@transaction.atomic
def befriend(*, user: User, partner: User) -> Connection:
    """Makes two people friends, whatever stood between them before."""
    _lock_pair(user.pk, partner.pk)
    connection = connection_between(user, partner) or Connection(user=user, partner=partner)
    known = connection.pk and connection.status == Connection.Status.ACCEPTED
    connection.status = Connection.Status.ACCEPTED
    connection.save()
    if not known:
        happened(FriendsConnected(connection))
    return connection


@transaction.atomic
def ask_to_connect(*, user: User, partner: User) -> Connection:
    """Asks somebody to be friends. If they had asked already, or had been declined by `user`, both are friends now.

    Raises Refused when `partner` is `user`.
    """
    if user == partner:
        raise Refused(_("You are already your own best friend."))
    _lock_pair(user.pk, partner.pk)
    connection = connection_between(user, partner)
    if connection is None:
        connection = Connection.objects.create(user=user, partner=partner)
        happened(RequestSent(connection))
        return connection
    if connection.partner_id == user.pk:
        return _accept_by_asking(connection)
    connection.withdrawn = False
    connection.save(update_fields=["withdrawn", "updated_at"])
    return connection


@transaction.atomic
def answer_request(*, connection: Connection, accept: bool) -> Connection:
    """Accepts or declines a friend request; the view has made sure that the partner answers.

    Raises Refused when it is no longer open.
    """
    _lock_pair(connection.user_id, connection.partner_id)
    status = Connection.Status.ACCEPTED if accept else Connection.Status.DECLINED
    waiting = Connection.objects.filter(pk=connection.pk, status=Connection.Status.PENDING)
    if not waiting.update(status=status, updated_at=timezone.now()):
        raise Refused(_("This request has been answered before."))
    connection.status = status
    if accept:
        happened(FriendsConnected(connection))
        happened(RequestAccepted(connection))
    return connection


@transaction.atomic
def disconnect(*, connection: Connection, by: User | None = None) -> None:
    """Ends a friendship or withdraws a request. Neither side sees the other's «friends & family» lists any more.

    A declined request stays declined: its sender cannot ask again by taking it back. Whose friendship was ended `by`
    somebody is told.
    """
    _lock_pair(connection.user_id, connection.partner_id)
    same = Connection.objects.filter(pk=connection.pk)
    if same.filter(status=Connection.Status.DECLINED).update(withdrawn=True):
        return
    if same.filter(status=Connection.Status.PENDING).exists():
        happened(RequestWithdrawn(connection))
    elif by:
        happened(Disconnected(connection, by))
    same.delete()


@transaction.atomic
def invite(*, sender: User, recipient_email: str = "") -> Invitation:
    """A new invitation by e-mail, or by link when there is no address.

    A second one to the same address prolongs the first. Raises Refused for oneself, for a friend, and for too many.
    """
    recipient_email = recipient_email.lower()
    User.objects.select_for_update().get(pk=sender.pk)
    _refuse_needless(sender, recipient_email)
    if recipient_email:
        same = Invitation.objects.filter(sender=sender, recipient_email=recipient_email)
        if earlier := same.filter(status=Invitation.Status.PENDING).first():
            earlier.expires_at = invitation_expiry()
            earlier.save(update_fields=["expires_at", "updated_at"])
            return earlier
    if invitations_by(sender).count() >= OPEN_INVITATIONS_AT_MOST:
        raise Refused(_("You have many open invitations. Withdraw some before you send more."))
    invitation = Invitation.objects.create(sender=sender, recipient_email=recipient_email)
    if recipient_email:
        happened(InvitationSent(invitation))
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, user: User) -> Connection:
    """Makes sender and `user` friends.

    Raises Refused when the invitation is used up, expired, one's own, or sent to another address.
    """
    _answer_invitation(invitation, user, Invitation.Status.ACCEPTED)
    connection = befriend(user=invitation.sender, partner=user)
    happened(InvitationAccepted(invitation, connection, user))
    return connection


@transaction.atomic
def decline_invitation(*, invitation: Invitation, user: User | None) -> None:
    """Declines an invitation; `user` is None for somebody without an account who holds the link.

    A link without an address may be meant for several people, so it stays open for the others.
    Raises Refused as `accept_invitation` does.
    """
    _answer_invitation(invitation, user, Invitation.Status.DECLINED)
    if invitation.recipient_email:
        happened(InvitationDeclined(invitation))


def withdraw_invitation(*, invitation: Invitation) -> None:
    """Takes an invitation back: its link leads nowhere from now on."""
    invitation.delete()


def _accept_by_asking(asked: Connection) -> Connection:
    """Who was asked asks in turn: that is a yes."""
    friends_before = asked.status == Connection.Status.ACCEPTED
    connection = befriend(user=asked.partner, partner=asked.user)
    if not friends_before:
        happened(RequestAccepted(connection))
    return connection


def _lock_pair(*people: int) -> None:
    """One writer at a time for a pair of people, in an order that cannot deadlock: their friendship moves the versions
    of both."""
    list(User.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk"))


def _refuse_needless(sender: User, recipient_email: str) -> None:
    if recipient_email and recipient_email == sender.email:
        raise Refused(_("That is your own address."))
    known = User.objects.filter(email=recipient_email).first() if recipient_email else None
    connection = connection_between(sender, known) if known else None
    if connection and connection.status == Connection.Status.ACCEPTED:
        raise Refused(_("You and %(name)s are friends already.") % {"name": known.name if known else ""})


def _answer_invitation(invitation: Invitation, user: User | None, status: Invitation.Status) -> None:
    if user and user.pk == invitation.sender_id:
        raise Refused(_("This is your own invitation. Send the link to somebody else."))
    if user and invitation.recipient_email not in {"", user.email}:
        raise Refused(_("This invitation was sent to another address."))
    waiting = Invitation.objects.filter(
        pk=invitation.pk, status=Invitation.Status.PENDING, expires_at__gt=timezone.now()
    )
    reusable = not invitation.recipient_email
    if not (waiting.exists() if reusable else waiting.update(status=status, updated_at=timezone.now())):
        raise Refused(_("This invitation is no longer open. Ask for a new one."))
