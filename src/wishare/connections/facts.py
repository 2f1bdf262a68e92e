"""What happens between people."""

from dataclasses import dataclass

from wishare.accounts.models import User
from wishare.connections.models import Connection, Invitation
from wishare.core.facts import Fact


@dataclass(frozen=True)
class FriendsConnected(Fact):
    """Two people who were not have become friends."""

    connection: Connection


@dataclass(frozen=True)
class RequestSent(Fact):
    """`connection.user` asks `connection.partner` to be friends. Not said to who has declined before."""

    connection: Connection


@dataclass(frozen=True)
class RequestAccepted(Fact):
    """By `connection.partner`."""

    connection: Connection


@dataclass(frozen=True)
class RequestWithdrawn(Fact):
    """By `connection.user`. The row goes at the end of the transaction."""

    connection: Connection


@dataclass(frozen=True)
class Disconnected(Fact):
    """A friendship is ended by one of the two. The row goes at the end of the transaction."""

    connection: Connection
    by: User


@dataclass(frozen=True)
class InvitationSent(Fact):
    """To an address, which may be that of an account."""

    invitation: Invitation


@dataclass(frozen=True)
class InvitationAccepted(Fact):
    """Sender and `user` are friends by `connection`."""

    invitation: Invitation
    connection: Connection
    user: User


@dataclass(frozen=True)
class InvitationDeclined(Fact):
    """One that was sent to an address."""

    invitation: Invitation
