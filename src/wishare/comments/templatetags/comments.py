"""Where the pages of lists show comments: `wishlists` knows nothing of them, its templates leave a place."""

from collections.abc import Iterable
from typing import Any

from django import template

from wishare.access.choices import CommentAudience
from wishare.comments.threads import Conversation, address, conversation
from wishare.wishlists.models import Item, Wishlist

register = template.Library()


@register.simple_tag(takes_context=True)
def talk_about(context: template.Context, wishlist: Wishlist, items: Iterable[Item]) -> Conversation:
    """What the viewer may read about a list, and how much there is about these wishes. One query."""
    return conversation(wishlist, context["request"].user, counted=items)


@register.inclusion_tag("comments/on_item.html", takes_context=True)
def talk_on(context: template.Context, item: Item) -> dict[str, Any]:
    """The way to what is said about a wish, where the page has `talk`; nothing elsewhere."""
    talk: Conversation | None = context.get("talk")
    return {"entries": [_entry(talk, item, audience) for audience in talk.audiences] if talk else []}


def _entry(talk: Conversation, item: Item, audience: CommentAudience) -> dict[str, Any]:
    among_givers = audience == CommentAudience.GIVERS
    return {
        "address": address(item.wishlist, item, audience),
        "number": talk.number(item, audience),
        "among_givers": among_givers,
        "item": item,
    }
