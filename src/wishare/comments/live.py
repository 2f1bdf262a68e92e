"""Tells the pages that are open. What is said among givers goes by the channel that no owner hears."""

from wishare.access.choices import CommentAudience
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.core.pubsub import poke


def tell_pages(fact: CommentMade | CommentChanged) -> None:
    comment = fact.comment
    channel = f"list_{comment.wishlist.public_id}"
    if comment.audience == CommentAudience.GIVERS:
        channel += "_givers"
    poke(channel, "comment", comment.public_id)
