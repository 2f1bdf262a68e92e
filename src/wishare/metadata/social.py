"""OpenGraph, product:* and Twitter cards, and the names that shops made up beside them."""

from __future__ import annotations

from wishare.metadata import currencies
from wishare.metadata.amounts import from_markup
from wishare.metadata.facts import Facts, Price
from wishare.metadata.page import Page

# The sale price stands before the price.
PRICES = (
    ("product:sale_price:amount", "product:sale_price:currency"),
    ("product:sale_price", "product:sale_price:currency"),
    ("og:sale_price:amount", "og:sale_price:currency"),
    ("product:price:amount", "product:price:currency"),
    ("og:price:amount", "og:price:currency"),
    ("product:price", "product:price:currency"),
    ("og:price", "og:price:currency"),
    ("price", "currency"),
    ("productprice", "currency"),
    ("twitter:data1", "twitter:label1"),
    ("twitter:data2", "twitter:label2"),
)
CURRENCIES = (
    "product:price:currency",
    "og:price:currency",
    "og:currency",
    "product:sale_price:currency",
    "pricecurrency",
    "currency",
    "price:currency",
)
PRICE_LABELS = ("price", "preis", "preço", "precio", "prix", "prezzo", "prijs", "pris", "cena", "価格", "цена")


def read(page: Page) -> Facts:
    """The price only: titles and pictures are chosen from all that the head says."""
    return Facts(price=price(page))


def price(page: Page) -> Price | None:
    """The first amount under the names above, with the currency that belongs to it or that the page names elsewhere."""
    for name, companion in PRICES:
        for content in page.meta.get(name, ()):
            if name.startswith("twitter:") and not _is_label(page.first_meta(companion)):
                continue
            currency = _currency(page, companion)
            if amount := from_markup(content, currency):
                return Price(amount, currency or currencies.in_text(content, page.market))
    return None


def _currency(page: Page, companion: str) -> str | None:
    named = (currencies.code(content) for name in (companion, *CURRENCIES) for content in page.meta.get(name, ()))
    return next((currency for currency in named if currency), None)


def _is_label(label: str | None) -> bool:
    return label is not None and label.strip().lower().rstrip(":") in PRICE_LABELS
