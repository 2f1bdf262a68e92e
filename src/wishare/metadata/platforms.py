"""Shop systems and large shops that say on the page, not in data, what their product is and costs."""

from __future__ import annotations

import re

from lxml import etree

from wishare.metadata import currencies, images
from wishare.metadata.amounts import from_markup, from_text
from wishare.metadata.facts import Facts, Price
from wishare.metadata.page import Page, text_of
from wishare.metadata.platform_rules import Platform
from wishare.metadata.price_text import price_text
from wishare.metadata.shop_systems import SYSTEMS
from wishare.metadata.shops import SHOPS

MARKED = 80_000  # bytes; a system shows in the head, by the names of its files
MOST_PRICES = 3  # more different ones under the same name are a list of products


def read(page: Page) -> Facts:
    """What the first platform that the page belongs to shows."""
    beginning = page.source[:MARKED]
    for platform in (*SHOPS, *SYSTEMS):
        if _is(platform, page.host, beginning):
            facts = _facts(platform, page)
            if facts.price or facts.title:
                return facts
    return Facts()


def _is(platform: Platform, host: str, beginning: bytes) -> bool:
    if platform.hosts and re.search(platform.hosts, host):
        return True
    return any(mark in beginning for mark in platform.marks)


def _facts(platform: Platform, page: Page) -> Facts:
    found = re.search(platform.currency.encode(), page.source) if platform.currency else None
    currency = currencies.code(found.group(1).decode()) if found else None
    title = next(
        (text for one in platform.titles for element in page.index.select(one) if (text := text_of(element, 500))), None
    )
    price = _shown_price(platform, page, currency) or _scripted_price(platform, page, currency)
    return Facts(
        title=title,
        image=next(
            (
                url
                for one in platform.images
                for element in page.index.select(one)
                for url in images.addresses(page, element)
            ),
            None,
        ),
        price=price,
        currency=currency,
        is_certain=False,
        weight=2 if price and (title or platform.hosts) else 0,
    )


def _shown_price(platform: Platform, page: Page, currency: str | None) -> Price | None:
    """By the first selector that finds a price, and not a list of them."""
    for selector in platform.prices:
        found = [price for element in page.index.select(selector) if (price := _price_in(element, page, currency))]
        if found and len({price.amount for price in found}) <= MOST_PRICES:
            return found[0]
    return None


def _price_in(element: etree._Element, page: Page, currency: str | None) -> Price | None:
    text = price_text(element)
    named = currencies.in_text(text, page.market) or currency
    machine = element.get("content") or element.get("data-price-amount")
    amount = from_markup(machine, named) if machine else from_text(text, named or page.market)
    return Price(amount, named, text) if amount else None


def _scripted_price(platform: Platform, page: Page, currency: str | None) -> Price | None:
    for pattern in (*platform.in_scripts, *platform.in_cents):
        if not (found := re.search(pattern.encode(), page.source)):
            continue
        text = found.group(1).decode("utf-8", "replace")
        named = currencies.in_text(text, page.market) or currency
        amount = from_markup(text, named)
        if amount:
            return Price(amount / 100 if pattern in platform.in_cents else amount, named)
    return None
