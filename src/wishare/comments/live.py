"""Tells the pages that are open. What is said among givers goes by the channel that no owner hears."""

from wishare.access.channels import of_givers, of_list
from wishare.access.choices import CommentAudience
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.core.pubsub import poke


def tell_pages(fact: CommentMade | CommentChanged) -> None:
    comment = fact.comment
    channel = of_givers if comment.audience == CommentAudience.GIVERS else of_list
    poke(channel(comment.wishlist.public_id), "comment", comment.public_id)
