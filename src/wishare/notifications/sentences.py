"""What a notification says, as a sentence: on the page, in mails and their subjects. And where it leads."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wishare.access.choices import CommentAudience
from wishare.comments.threads import address as thread
from wishare.notifications.models import Kind, Notification

#: The icon of each kind.
SIGNS: dict[str, str] = {
    Kind.INVITATION_RECEIVED: "user-plus",
    Kind.INVITATION_ACCEPTED: "users",
    Kind.INVITATION_DECLINED: "mail",
    Kind.CONNECTION_REMOVED: "user",
    Kind.WISHLIST_SHARED: "list",
    Kind.NEW_ITEM_ADDED: "sparkle",
    Kind.ITEM_PURCHASED: "gift",
    Kind.COMMENT: "message",
}


def plain(notification: Notification) -> str:
    """As text. Notifications come from `queries.with_targets`."""
    return TEXTS[notification.kind](notification).format(**_values(notification))


def html(notification: Notification) -> SafeString:
    """With what people have named in bold, and escaped."""
    bold = {name: format_html("<b>{}</b>", value) for name, value in _values(notification).items()}
    return format_html(TEXTS[notification.kind](notification), **bold)


def target(notification: Notification) -> str:
    """The page that shows what it is about."""
    if notification.kind == Kind.INVITATION_RECEIVED and notification.invitation:
        return reverse("invitation", args=[notification.invitation.token])
    if notification.kind == Kind.INVITATION_ACCEPTED and notification.actor:
        return reverse("person", args=[notification.actor.public_id])
    if notification.kind == Kind.ITEM_PURCHASED and _own(notification):
        return reverse("gifts")
    if notification.kind == Kind.COMMENT and notification.wishlist:
        audience = CommentAudience.GIVERS if notification.for_givers else CommentAudience.EVERYONE
        return f"{thread(notification.wishlist, notification.item, audience)}#comment-{notification.about}"
    return reverse("wishlist", args=[notification.wishlist.public_id]) if notification.wishlist else reverse("friends")


def _own(notification: Notification) -> bool:
    return bool(notification.actor_id == notification.recipient_id)


def _values(row: Any) -> dict[str, object]:
    """What may stand in a sentence; `name` is who did it."""
    return {
        "name": row.told_name or (row.actor.name if row.actor else ""),
        "list": row.wishlist.name if row.wishlist else "",
        "owner": row.wishlist.owner.name if row.wishlist else "",
        "item": row.item.name if row.item else row.wish or "",
        "number": row.wishes or 0,
        "address": row.invitation.recipient_email if row.invitation else "",
    }


def _received(row: Notification) -> str:
    return _("{name} would like to be your friend.") if row.connection_id else _("{name} invites you to share wishes.")


def _accepted(row: Notification) -> str:
    return _("{name} said yes: you are friends now.")


def _declined(row: Notification) -> str:
    return _("{address} declined your invitation.")


def _removed(row: Notification) -> str:
    return _("You and {name} are no longer friends.")


def _shared(row: Notification) -> str:
    return _("{name} shares the list {list} with you.")


def _new_items(row: Any) -> str:
    return ngettext("{name} wishes for {item}, on {list}.", "{name} added {number} wishes to {list}.", row.wishes or 0)


def _purchased(row: Notification) -> str:
    if _own(row):
        return _("You bought {item} for {owner}, from {list}.")
    return _("Somebody bought {item} for {owner}, from {list}.")


def _commented(row: Notification) -> str:
    if row.for_givers:
        return _("{name} wrote to those who give from {list}.")
    return _("{name} commented on {item}, on {list}.") if row.item else _("{name} commented on {list}.")


TEXTS: dict[str, Callable[[Any], str]] = {
    Kind.INVITATION_RECEIVED: _received,
    Kind.INVITATION_ACCEPTED: _accepted,
    Kind.INVITATION_DECLINED: _declined,
    Kind.CONNECTION_REMOVED: _removed,
    Kind.WISHLIST_SHARED: _shared,
    Kind.NEW_ITEM_ADDED: _new_items,
    Kind.ITEM_PURCHASED: _purchased,
    Kind.COMMENT: _commented,
}
