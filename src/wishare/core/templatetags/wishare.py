"""What templates need everywhere: icons, money, faces, moments. A builtin library: no `{% load %}` needed."""

from datetime import datetime
from decimal import Decimal
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency
from django import template
from django.contrib.messages.storage.base import Message
from django.templatetags.static import static
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from wishare.core.flash import undo_address

register = template.Library()

AVATAR_COLOURS = 6


def babel_locale() -> Locale:
    """The active language as Babel names it."""
    try:
        return Locale.parse(translation.get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@register.simple_tag
def icon(name: str, style: str = "") -> SafeString:
    """An icon of `static/img/icons.svg`, silent to screen readers: the text next to it says it.

    `style` is the end of a class name: `{% icon "gift" "large" %}` has the class `icon--large`.
    """
    classes = f"icon icon--{style}" if style else "icon"
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, address)


@register.filter
def money(amount: Decimal | None, currency: str) -> str:
    """`{{ item.price|money:item.currency }}`: an amount as the reader's language writes it; empty for none."""
    return "" if amount is None else format_currency(amount, currency, locale=babel_locale())


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
    shown = format_datetime(timezone.localtime(when), "medium", locale=babel_locale())
    return format_html('<time datetime="{}" data-relative>{}</time>', when.isoformat(), shown)


@register.filter
def undo_url(message: Message) -> str:
    """Where the Undo button of a flash message posts to; empty without one."""
    return undo_address(message)


@register.filter
def widget_kind(field: object) -> str:
    """How `field.html` lays a bound field out: check, cards, upload or line."""
    kinds = {"checkbox": "check", "radioselect": "cards", "checkboxselectmultiple": "cards"}
    return kinds.get(getattr(field, "widget_type", ""), "line")
