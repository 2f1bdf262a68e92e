"""What a page tells advertisers about the product that is being looked at."""

from __future__ import annotations

import re

from wishare.metadata import currencies
from wishare.metadata.amounts import from_markup
from wishare.metadata.facts import Facts, Price
from wishare.metadata.page import Page

# «Somebody looks at one product», in the words of Meta, TikTok and three generations of Google; the price follows.
_VIEWED = (b"ViewContent", b'view_item"', b"view_item'", b"ec:addProduct", b'"detail"', b"'detail'")
_FOLLOWING = 1500
_EVENT = re.compile(rb"[^{};]{0,60}\{(.{1,1400})", re.DOTALL)
_PRICE = re.compile(rb"\\?['\"]?(?:value|price)\\?['\"]?\s*:\s*\\?['\"]?(\d[\d.,]{0,14})\b")
_CURRENCY = re.compile(rb"\\?['\"]?currency(?:Code)?\\?['\"]?\s*:\s*\\?['\"]([A-Z]{3})\b")
_ANY_CURRENCY = re.compile(rb"urrency(?:_?[cC]ode)?\\?['\"]?\s*[:=,]\s*\\?['\"]([A-Z]{3})\\?['\"]")


def read(page: Page) -> Facts:
    """Amount and currency of the first such event; nothing where there is none."""
    for needle in _VIEWED:
        at = page.source.find(needle)
        event = _EVENT.match(page.source, at + len(needle), at + len(needle) + _FOLLOWING) if at >= 0 else None
        if event and (price := _price(event.group(1))):
            return Facts(price=price, currency=price.currency, is_certain=False, weight=2)
    return Facts()


def _price(event: bytes) -> Price | None:
    value = _PRICE.search(event)
    currency = _CURRENCY.search(event)
    named = currencies.code(currency.group(1).decode()) if currency else None
    amount = from_markup(value.group(1).decode(), named) if value else None
    return Price(amount, named) if amount else None


def only_currency(page: Page) -> str | None:
    """The currency that the page's scripts name, if they name one and no other."""
    # The pattern begins with plain letters: they are found ten times faster than a choice of them.
    named = {currencies.code(found.group(1).decode()) for found in _ANY_CURRENCY.finditer(page.source)} - {None}
    return named.pop() if len(named) == 1 else None
