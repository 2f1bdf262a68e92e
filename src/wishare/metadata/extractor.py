"""What a page says about its product, by one reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypedDict

from wishare.metadata import (
    bot_walls,
    evidence,
    images,
    json_ld,
    microdata,
    page_state,
    platforms,
    prices,
    social,
    texts,
    tracking,
)
from wishare.metadata.facts import Facts
from wishare.metadata.page import Page, looks_like_html


class Product(TypedDict):
    """None where the page says nothing that can be trusted. A price may come without a currency, never the reverse."""

    title: str | None
    description: str | None
    image_url: str | None
    price: Decimal | None
    currency: str | None
    site_name: str | None


class Status(StrEnum):
    """What came of a page; only the first has a product."""

    FOUND = "found"
    NO_DATA = "no_data"
    BLOCKED = "blocked"
    NOT_HTML = "not_html"


class Result(NamedTuple):
    """A product, and what the caller may tell the person."""

    status: Status
    product: Product


class Source(NamedTuple):
    """Where facts are read; some are worth the time only while there is no price."""

    name: str
    read: Callable[[Page], Facts]
    for_price: bool = False


# The first source that says a thing is believed. Prices that differ are held against what the page shows (prices.py),
# and what is merely shown is read last, on pages of products only.
READING_ORDER = (
    Source("JSON-LD", json_ld.read),
    Source("microdata", microdata.read),
    Source("RDFa", microdata.read_rdfa),
    Source("OpenGraph, product:*, Twitter cards", social.read),
    Source("platforms", platforms.read, for_price=True),
    Source("data for the page's own scripts", page_state.read, for_price=True),
    Source("advertising events", tracking.read, for_price=True),
)

NOTHING = Product(title=None, description=None, image_url=None, price=None, currency=None, site_name=None)


def extract(html: bytes | str, url: str) -> Product:
    """The product of a page; all None for a bot wall, and for what is no page."""
    return examine(html, url).product


def examine(html: bytes | str, url: str, charset: str | None = None) -> Result:
    """The same with its status; the charset is that of the answer's header. Pure: no network, no clock, no database."""
    page = Page(html, url, charset)
    if not looks_like_html(page.source):
        return Result(Status.NOT_HTML, NOTHING)
    if bot_walls.is_wall(page):
        return Result(Status.BLOCKED, NOTHING)
    product = read(page)
    told = product["title"] or product["price"] or product["image_url"]
    return Result(Status.FOUND, product) if told else Result(Status.NO_DATA, NOTHING)


def read(page: Page) -> Product:
    """Ask the sources in their order, then settle each field."""
    said: list[Facts] = []
    weight = evidence.of_page(page)
    for source in READING_ORDER:
        if _is_wanted(source, weight + evidence.of_data(said), said):
            said.append(source.read(page))
    price, currency = prices.settle(page, said, weight + evidence.of_data(said))
    title = texts.title(page, _first(facts.title for facts in said))
    return Product(
        title=title,
        description=texts.description(page, _first(facts.description for facts in said)),
        image_url=images.image(
            page, _first(facts.image for facts in said), title, is_product=any(facts.is_product for facts in said)
        ),
        price=price.amount if price else None,
        currency=currency,
        site_name=texts.site_name(page),
    )


def _is_wanted(source: Source, weight: int, said: list[Facts]) -> bool:
    """Always, unless it is read for the price: then there must be none yet, on what may well be a product's page."""
    if not source.for_price:
        return True
    return not any(facts.price for facts in said) and weight + evidence.MOST_OF_OUTLINE >= evidence.ENOUGH


def _first(values: Iterable[str | None]) -> str | None:
    return next((value for value in values if value), None)
