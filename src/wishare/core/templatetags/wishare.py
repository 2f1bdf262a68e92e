"""What templates need everywhere: icons, money, faces, moments. A builtin library: no `{% load %}` needed."""

from datetime import datetime
from urllib.parse import urlsplit

from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wishare.core.flash import undo_address
from wishare.core.formats import date_and_time, money

register = template.Library()
register.filter(money)  # {{ item.price|money:item.currency }}

AVATAR_COLOURS = 6


@register.simple_tag
def icon(name: str, style: str = "") -> SafeString:
    """An icon of `static/img/icons.svg`, silent to screen readers: the text next to it says it.

    `style` is the end of a class name: `{% icon "gift" "large" %}` has the class `icon--large`.
    """
    classes = f"icon icon--{style}" if style else "icon"
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, address)


@register.filter
def host(address: str) -> str:
    """The site an address belongs to, without `www.`"""
    return (urlsplit(address).hostname or "").removeprefix("www.")


@register.filter
def avatar_colour(public_id: str) -> int:
    """One of a few colours, always the same for the same person."""
    return sum(map(ord, public_id)) % AVATAR_COLOURS


@register.inclusion_tag("components/avatar.html")
def avatar(person: object, size: str = "") -> dict[str, object]:
    """The photo or the initials of a person; `size` is sm, lg, xl or nothing."""
    return {"person": person, "size": size}


@register.simple_tag
def moment(when: datetime) -> SafeString:
    """A date and time; the browser turns it into «3 hours ago», so that the page stays the same."""
    return format_html('<time datetime="{}" data-relative>{}</time>', when.isoformat(), date_and_time(when))


@register.filter
def undo_url(message: Message) -> str:
    """Where the Undo button of a flash message posts to; empty without one."""
    return undo_address(message)


@register.filter
def widget_kind(field: object) -> str:
    """How `field.html` lays a bound field out: check, cards, upload or line."""
    kinds = {"checkbox": "check", "radioselect": "cards", "checkboxselectmultiple": "cards"}
    return kinds.get(getattr(field, "widget_type", ""), "line")
