"""What templates need everywhere: icons, money, faces, moments. A builtin library: no `{% load %}` needed."""

from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple

from django import template
from django.contrib.messages.storage.base import Message
from django.db.models import Model
from django.template import Context, defaultfilters
from django.template.base import FilterExpression, NodeList, Parser, Token
from django.templatetags.static import static
from django.urls import get_script_prefix, reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from wishare.core.flash import undo_address
from wishare.core.formats import date_and_time, host, money
from wishare.core.ids import ALPHABET, LENGTH

register = template.Library()
register.filter(money)  # {{ item.price|money:item.currency }}
register.filter(host)

AVATAR_COLOURS = 6
#: A public identifier that nobody has.
PLACE = ALPHABET[0] * LENGTH


class Live(NamedTuple):
    attribute: SafeString
    trigger: str


#: What a part of a page may go by: a list with its wishes, or news of friends.
LIVE = {
    "list": Live(SafeString(), "live:list from:body, live:item from:body"),
    "activity": Live(SafeString(" data-live-news"), "live:activity from:body"),
}


class ConstantNode(template.Node):
    """Keeps what it drew, by language and by the values that it was drawn for."""

    def __init__(self, nodelist: NodeList, given: dict[str, FilterExpression]) -> None:
        self.nodelist, self.given = nodelist, given
        self._drawn: dict[tuple[object, ...], SafeString] = {}

    def render(self, context: Context) -> SafeString:
        values: dict[str, object] = {}
        key: tuple[object, ...] = (translation.get_language(),)
        if self.given:
            values = {
                name: expression.resolve(context, ignore_failures=True) for name, expression in self.given.items()
            }
            # Types, because 1 equals True, and a text equals the same text that needs no escaping.
            key = (*key, *values.values(), *map(type, values.values()))
        drawn = self._drawn.get(key)
        if drawn is None:
            alone = Context(values)
            alone.template = context.template
            drawn = self._drawn[key] = self.nodelist.render(alone)
        return drawn


@register.tag
def constant(parser: Parser, token: Token) -> ConstantNode:
    """A part of a page that is drawn once a process, because it is the same on every page in a language.

    It knows neither the request nor any variable, so nothing of one person's page gets into another's. What it is
    given, as in `{% constant theme count=list.count %}`, it knows and is drawn anew for; there must be few values.
    """
    _tag, *bits = token.split_contents()
    parts = (bit.partition("=") for bit in bits)
    given = {name: parser.compile_filter(expression or name) for name, _equals, expression in parts}
    nodelist = parser.parse(("endconstant",))
    parser.delete_first_token()
    return ConstantNode(nodelist, given)


@register.simple_tag
@cache
def icon(name: str, style: str = "") -> SafeString:
    """An icon of `static/img/icons.svg`, silent to screen readers: the text next to it says it.

    `style` is the end of a class name: `{% icon "gift" "large" %}` has the class `icon--large`.
    """
    classes = f"icon icon--{style}" if style else "icon"
    address = f"{static('img/icons.svg')}#{name}"
    return format_html('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>', classes, address)


@register.filter
def avatar_colour(public_id: str) -> int:
    """One of a few colours, always the same for the same person."""
    return sum(map(ord, public_id)) % AVATAR_COLOURS


@register.filter
def label(row: Model, field: str) -> str:
    """What `row.get_…_display` says; Django looks through all choices each time."""
    return _label(type(row), field, getattr(row, field), translation.get_language())


@cache
def _label(model: type[Model], field: str, value: object, language: str | None) -> str:
    return str(getattr(model(**{field: value}), f"get_{field}_display")())


@register.filter("date", expects_localtime=True, is_safe=False)
def date_(value: date | str | None, style: str | None = None) -> str:
    """Django's, which for a mere day says the same every time."""
    return _day(value, style, translation.get_language()) if type(value) is date else defaultfilters.date(value, style)


@lru_cache(maxsize=2000)
def _day(day: date, style: str | None, language: str | None) -> str:
    return defaultfilters.date(day, style)


@register.simple_tag
def datebox(day: date) -> SafeString:
    """A day as a leaf of a calendar: month above number, and the year for who hears it."""
    return _datebox(day, translation.get_language())


@lru_cache(maxsize=2000)
def _datebox(day: date, _language: str | None) -> SafeString:
    return format_html(
        '<time class="datebox" datetime="{}"><span class="datebox__month">{}</span>'
        '<span class="datebox__day">{}</span><span class="visually-hidden">{}</span></time>',
        *(day.isoformat(), defaultfilters.date(day, "M"), day.day, day.year),
    )


@register.simple_tag
def avatar(person: Any, size: str = "") -> SafeString:
    """The photo or the initials of a person; `size` is sm, lg, xl or nothing."""
    return _avatar(person.public_id, person.avatar.url if person.avatar else "", person.initials, size)


@lru_cache(maxsize=2000)
def _avatar(public_id: str, photo: str, initials: str, size: str) -> SafeString:
    classes = f"avatar avatar--{avatar_colour(public_id)}" + (f" avatar--{size}" if size else "")
    image = photo and format_html('<img src="{}" alt="" loading="lazy">', photo)
    return format_html('<span class="{}" aria-hidden="true">{}</span>\n', classes, image or initials)


@register.filter
def address(route: str, public_id: str) -> str:
    """What `{% url route public_id %}` says, for a public identifier from the database: `{{ "person"|address:id }}`.

    Django looks through all routes each time, and a page has thirty of these.
    """
    before, after = _around(route, get_script_prefix())
    return f"{before}{public_id}{after}"


@cache
def _around(route: str, _prefix: str) -> tuple[str, str]:
    """What an address has before and after the identifier. All addresses begin with the prefix of the installation."""
    before, _, after = reverse(route, args=[PLACE]).rpartition(PLACE)
    return before, after


@register.simple_tag
def moment(when: datetime) -> SafeString:
    """A date and time; the browser turns it into «3 hours ago», so that the page stays the same."""
    return _moment(when, translation.get_language())


@lru_cache(maxsize=2000)
def _moment(when: datetime, _language: str | None) -> SafeString:
    return format_html('<time datetime="{}" data-relative>{}</time>', when.isoformat(), date_and_time(when))


@register.simple_tag(takes_context=True)
def live(context: Context, target: str, on: str = "list", page: str = "") -> SafeString:
    """Fetches a part of this page again when something in it changed, and merges it: `{% live "list" %}` for
    `<div id="list" data-merge>` and a list, `{% live "home" on="activity" %}` for news of friends.

    The view answers a request with that target with the part alone. `page` is where to ask when this one came back
    from a form, whose address takes no GET.
    """
    request = context["request"]
    return _live(target, on, page if page and request.method == "POST" else request.get_full_path())


@lru_cache(maxsize=500)
def _live(target: str, on: str, address: str) -> SafeString:
    return format_html(
        '<div hidden{} hx-get="{}" hx-trigger="{}, live:resync from:body, live:again from:body" hx-target="#{}"'
        ' hx-swap="merge" hx-ext="merge"></div>',
        *(LIVE[on].attribute, address, LIVE[on].trigger, target),
    )


@register.filter
def dotted(path: str) -> SafeString:
    """The name of a Python thing, which may break behind its dots and nowhere else."""
    return format_html_join(mark_safe(".<wbr>"), "{}", ((part,) for part in path.split(".")))


@register.filter
def undo_url(message: Message) -> str:
    """Where the Undo button of a flash message posts to; empty without one."""
    return undo_address(message)


@register.filter
def widget_kind(field: object) -> str:
    """How `field.html` lays a bound field out: check, cards, upload or line."""
    kinds = {"checkbox": "check", "radioselect": "cards", "checkboxselectmultiple": "cards"}
    return kinds.get(getattr(field, "widget_type", ""), "line")
