"""Products in the data that a page hands its own scripts: Next, Nuxt, and shops' own blocks of JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wishare.metadata import currencies
from wishare.metadata.amounts import from_markup
from wishare.metadata.facts import Facts, Price
from wishare.metadata.nodes import Node, walk_all
from wishare.metadata.page import Page
from wishare.metadata.schema_org import names_page

LARGEST = 1_500_000
MOST_BLOCKS = 12
SHORTEST = 60

_NAMES = ("name", "title", "productName", "product_name", "displayName", "product_title", "productTitle")
# The sale before the list; an object under any of them is looked into.
_PRICES = (
    "salePrice",
    "sale_price",
    "specialPrice",
    "special_price",
    "finalPrice",
    "final_price",
    "currentPrice",
    "current_price",
    "sellingPrice",
    "selling_price",
    "discountedPrice",
    "discounted_price",
    "promoPrice",
    "offerPrice",
    "bestPrice",
    "lowestPrice",
    "priceTo",
    "price",
    "prices",
    "pricing",
    "priceInfo",
    "priceRange",
    "unitPrice",
    "regularPrice",
    "regular_price",
)
_AMOUNTS = (
    "value",
    "amount",
    "current",
    "sale",
    "final",
    "now",
    "min",
    "minimum",
    "minPrice",
    "lowest",
    "centAmount",
    "raw",
    "sales",
    "formatted",
    "formattedValue",
    "displayPrice",
    "priceString",
    "text",
)
_CURRENCIES = (
    "currency",
    "currencyCode",
    "priceCurrency",
    "currency_code",
    "currencyISO",
    "currencyIso",
    "currencyUnit",
)


def read(page: Page) -> Facts:
    """The price of the first object that bears the page's name and has one."""
    for node in _objects(page):
        name = next((node[key] for key in _NAMES if isinstance(node.get(key), str)), None)
        if name is None or not any(key in node for key in _PRICES) or not names_page(page, name):
            continue
        if price := _price(node):
            return Facts(price=price, currency=price.currency, is_certain=False)
    return Facts()


def _objects(page: Page) -> Iterator[Node]:
    """All objects of the page's JSON blocks, the outer ones first."""
    blocks = (
        script.text or ""
        for script in page.tagged["script"]
        if "json" in (script.get("type") or "") and "ld+json" not in script.get("type", "")
    )
    for number, text in enumerate(blocks):
        if number >= MOST_BLOCKS:
            return
        if SHORTEST < len(text) < LARGEST and '"' in text:
            yield from _loaded(text)


def _loaded(text: str) -> Iterator[Node]:
    try:
        yield from walk_all(json.loads(text, parse_int=_integer, parse_constant=lambda _: None))
    except (ValueError, RecursionError):
        return


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) < 16 else None


def _price(node: Node) -> Price | None:
    currency = _currency(node)
    for value in (node[key] for key in _PRICES if node.get(key)):
        named = currency or (_currency(value) if isinstance(value, dict) else None)
        amount = _amount(value, named)
        if amount:
            return Price(
                amount / 100 if _is_in_cents(node, value) else amount, named, value if isinstance(value, str) else ""
            )
    return None


def _amount(value: Any, currency: str | None, depth: int = 0) -> Decimal | None:
    if isinstance(value, dict) and depth < 3:
        inner = (_amount(value[key], currency, depth + 1) for key in (*_AMOUNTS, *_PRICES) if value.get(key))
        return next((amount for amount in inner if amount), None)
    return None if isinstance(value, dict | list) else from_markup(value, currency)


def _currency(node: Node, depth: int = 0) -> str | None:
    for key in _CURRENCIES:
        if found := currencies.code(node.get(key)):
            return found
    inner: Iterator[Node] = (
        (node[key] for key in (*_PRICES, *_AMOUNTS) if isinstance(node.get(key), dict)) if depth < 2 else iter(())
    )
    return next((found for value in inner if (found := _currency(value, depth + 1))), None)


def _is_in_cents(node: Node, value: Any) -> bool:
    """Shopify's product objects and commercetools' money count cents."""
    if isinstance(value, dict):
        return "centAmount" in value or any(
            _is_in_cents({}, inner) for inner in value.values() if isinstance(inner, dict)
        )
    return isinstance(value, int) and "compare_at_price" in node and "vendor" in node
