"""What happens to comments."""

from dataclasses import dataclass

from wishare.comments.models import Comment
from wishare.core.facts import Fact


@dataclass(frozen=True)
class CommentMade(Fact):
    """Whatever follows from it asks `comment.audience` first: one for givers is nothing that the owner may notice."""

    comment: Comment


@dataclass(frozen=True)
class CommentChanged(Fact):
    """Edited, deleted or restored."""

    comment: Comment
