"""One walk over a page's elements: where its heading, its buttons for buying and its prices stand."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import islice

from wishare.metadata import currencies
from wishare.metadata.amounts import from_markup, from_text
from wishare.metadata.names import NOT_ASKED, STRUCK, Element, is_price, meaning, names_of, says_buy
from wishare.metadata.page import Page, text_of
from wishare.metadata.price_text import LONGEST, amounts_in, asked_part, price_text
from wishare.metadata.tables import word_list, word_set

MOST_ELEMENTS = 30_000
MOST_PRICES = 120
MOST_BUTTONS = 30
CLOSE = 5  # a price is at most so deep in the element that is called one

_DIGIT = re.compile(r"\d")
_NUMBER_ONLY = re.compile(r"\W{0,3}\d[\d.,'\s]*\W{0,3}\Z")
# What holds text or is pressed. The filter runs in C: scripts, drawings and options cost nothing.
_WALKED = word_list(
    """
    a article aside b bdi big button center code dd del div dl dt em figcaption font form h1 h2 h3 h4 h5 h6 i input ins
    label legend li main mark meta p s section small span strike strong sub sup td th time u var data output
    """
)
_INLINE = word_set("sup sub small span b font i")
_QUANTITIES = word_set("qty quantity menge amount quantidade")
_PRESSED = word_set("button a form input")
_MACHINE = ("content", "data-price-amount", "data-price", "data-product-price")


@dataclass(slots=True)
class Shown:
    """A price that one sees, and where."""

    element: Element
    position: int
    amount: Decimal
    text: str
    currency: str | None
    names: str
    meaning: int


@dataclass(slots=True)
class Outline:
    """What the walk found, in the order of the page."""

    heading: int | None = None
    buttons: list[int] = field(default_factory=list)
    quantities: int = 0
    prices: list[Shown] = field(default_factory=list)


def outline(page: Page) -> Outline:
    """Walk once; an element costs a microsecond, so only what has a digit, or is pressed, is asked for its names."""
    found = Outline()
    seen: set[Element] = set()
    body = page.root.find("body")
    has_digit = _DIGIT.search
    for position, element in enumerate((page.root if body is None else body).iter(*_WALKED)):
        tag = element.tag
        if tag in _PRESSED:
            if len(found.buttons) < MOST_BUTTONS:
                _button(found, element, position)
        elif tag == "h1" and found.heading is None and text_of(element, 300):
            found.heading = position
        if (text := element.text) and has_digit(text, 0, LONGEST) and _is_short(text):
            _price(found, page, element, position, seen)
        if (tail := element.tail) and has_digit(tail, 0, LONGEST) and _is_short(tail):
            _price(found, page, element.getparent(), position, seen)
        if position >= MOST_ELEMENTS or len(found.prices) >= MOST_PRICES:
            break
    return found


def _is_short(text: str) -> bool:
    """What is longer than a price with its label makes every element around it longer too."""
    return len(text) <= LONGEST or len(text.strip()) <= LONGEST


def _button(found: Outline, element: Element, position: int) -> None:
    """A form that adds to a cart, or what is called or says so; and a field for how many."""
    get = element.get
    if element.tag == "a":
        called = names = f"{get('class') or ''} {get('id') or ''}"
    else:
        names, name = names_of(element), (get("name") or "").lower()
        called = f"{names} {name[:40]} {(get('action') or get('value') or '')[:60]}"
        found.quantities += element.tag == "input" and name in _QUANTITIES
    if says_buy(called) or (
        (element.tag == "button" or "btn" in names or "button" in names) and says_buy(_label(element))
    ):
        found.buttons.append(position)


def _label(element: Element) -> str:
    return (element.text or "").strip()[:60] + " ".join(
        [(child.text or "").strip()[:40] for child in islice(element, 3)]
    )


def _price(found: Outline, page: Page, element: Element | None, position: int, seen: set[Element]) -> None:
    """A price in an element with a digit: by its own name, by that of one close around it, or by its text alone."""
    for depth in range(CLOSE):
        if element is None or element in seen:
            return
        seen.add(element)
        names = names_of(element)
        read = _named(element, page) if is_price(names) else _unnamed(element, page) if depth == 0 else None
        if read is not None:
            amount, text, currency = read
            found.prices.append(Shown(element, position, amount, text, currency, names, meaning(names)))
        element = element.getparent()


Read = tuple[Decimal, str, str | None]


def _named(element: Element, page: Page) -> Read | None:
    """A price by its name: the number for machines if there is one, else its text if that is short and one amount."""
    if len(element) > 8:
        return None
    text = price_text(element)
    if len(text) > LONGEST:
        return None
    currency = currencies.in_text(text, page.market) if text else None
    likely = currency or page.market
    for attribute in _MACHINE:
        machine = element.get(attribute)
        if machine and (amount := from_markup(machine, likely)):
            return amount, text or machine, currency
    asked = _spoken(element) or asked_part(text) or asked_part(price_text(element, is_other=_is_other))
    amount = from_text(asked, likely) if asked else None
    return (amount, text, currency or currencies.in_text(asked or "", page.market)) if amount else None


def _is_other(child: Element) -> bool:
    """Is it called what a price was, or is per litre or per month?"""
    return bool(meaning(names_of(child)) & (STRUCK | NOT_ASKED))


def _spoken(element: Element) -> str | None:
    """A price that is written for those who do not see it."""
    label = element.get("aria-label")
    return asked_part(label) if label and len(label) <= LONGEST and currencies.find_symbol(label) else None


def _unnamed(element: Element, page: Page) -> Read | None:
    """A price without a name: a short text with a currency, here or right beside it."""
    if element.tag in {"sup", "sub"} or len(element) > 4 or (len(element) and element[0].tag not in _INLINE):
        return None
    own = price_text(element)
    if len(own) > 24:
        return None
    symbol = currencies.find_symbol(own)
    if symbol is None:
        own = _with_neighbour(element, own)
    if not own or amounts_in(own) != 1:
        return None
    currency = currencies.in_text(own, page.market)
    amount = from_text(own, currency or page.market)
    return (amount, own, currency) if amount else None


def _with_neighbour(element: Element, own: str) -> str:
    """A bare number with the currency that stands beside it in the same parent; nothing without one."""
    parent = element.getparent()
    if not _NUMBER_ONLY.match(own) or parent is None or len(parent) > 7:
        return ""
    around = price_text(parent)
    symbol = currencies.find_symbol(around) if len(around) <= LONGEST else None
    return f"{own} {symbol}" if symbol else ""
