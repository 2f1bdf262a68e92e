"""What happens between people."""

from dataclasses import dataclass

from wishare.connections.models import Connection
from wishare.core.facts import Fact


@dataclass(frozen=True)
class FriendsConnected(Fact):
    """Two people who were not have become friends."""

    connection: Connection
