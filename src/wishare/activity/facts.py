"""What follows from what people do, whatever it was."""

from dataclasses import dataclass

from wishare.core.facts import Fact


@dataclass(frozen=True)
class Did(Fact):
    """What somebody did is kept, or was taken back: their numbers are others now. Not for friends: it may be a gift."""

    actor_id: int
