"""Products in the data that a page hands its own scripts: Next, Nuxt, and shops' own blocks of JSON."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wishare.metadata import currencies, scripts
from wishare.metadata.amounts import from_markup
from wishare.metadata.facts import Facts, Price
from wishare.metadata.nodes import Node, walk_all
from wishare.metadata.page import Page
from wishare.metadata.schema_org import likeness
from wishare.metadata.tables import word_list

_NAMES = word_list("name title productName product_name displayName product_title productTitle")
# The sale before the list; an object under any of them is looked into.
_PRICES = word_list(
    """
    salePrice sale_price specialPrice special_price finalPrice final_price currentPrice current_price sellingPrice
    selling_price discountedPrice discounted_price promoPrice offerPrice bestPrice lowestPrice priceTo price prices
    pricing priceInfo priceRange unitPrice regularPrice regular_price
    """
)
_AMOUNTS = word_list(
    """
    value amount current sale final now min minimum minPrice minimumPrice minVariantPrice lowest centAmount raw sales
    formatted formattedValue displayPrice priceString text
    """
)
_CURRENCIES = word_list("currency currencyCode priceCurrency currency_code currencyISO currencyIso currencyUnit")


def read(page: Page) -> Facts:
    """The price of the object whose name is most like the page's; of equals the first, which is the outermost."""
    best: tuple[float, Price | None] = (0.0, None)
    for node in walk_all(list(scripts.values(page))):
        name = next((node[key] for key in _NAMES if isinstance(node.get(key), str)), None)
        if name is None or not any(key in node for key in _PRICES):
            continue
        alike = likeness(page, name)
        if alike > best[0] and (price := _price(node)):
            best = (alike, price)
    price = best[1]
    return Facts(price=price, currency=price.currency, is_certain=False, weight=2) if price else Facts()


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
