"""The one product that a page's schema.org data is about, and what it says of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, unquote

from wishare.metadata.facts import PRODUCTS, Facts, Price
from wishare.metadata.nodes import Node, index, is_product, listed, text, types, walk
from wishare.metadata.offers import Offer, best, offers, single_offers
from wishare.metadata.page import Page, absolute, clean, taken_apart
from wishare.metadata.tables import word_set

LISTS = word_set("collectionpage searchresultspage itemlist offercatalog")
_WHO = word_set("organization corporation newsmediaorganization person website brand localbusiness store imageobject")
NAMED = 0.8  # so much of a name in a title is the name
_WORD = re.compile(r"\w+")


def read(page: Page, roots: list[Any]) -> Facts:
    """What JSON-LD or microdata says; empty facts when it describes no product, or a dozen of them."""
    by_id = index(roots)
    products = _main(page, [node for node, name in walk(roots) if name != "-" and is_product(node)])
    if not products:
        return Facts(
            image=_first_image(page, _described(roots), by_id),
            price=_loose_price(page, roots),
            kinds=_kinds(roots) - PRODUCTS,
        )
    found = [offer for product in products for offer in offers(product, by_id)]
    return Facts(
        title=_first(products, "name", "title", "headline"),
        description=_first(products, "description"),
        image=_first_image(page, products, by_id),
        price=best(found, _address_test(page)),
        currency=next((offer.price.currency for offer in found if offer.price.currency), None),
        kinds=_kinds(roots) | {"product"},
    )


def _kinds(roots: list[Any]) -> frozenset[str]:
    return frozenset(kind for node, name in walk(roots) if name != "-" for kind in types(node))


def _first(products: list[Node], *names: str) -> str | None:
    return next((clean(value) for product in products if (value := text(product, *names))), None)


def _main(page: Page, candidates: list[Node]) -> list[Node]:
    """Those that are the page's own product: one that stands alone, or those that title or address name."""
    if len({text(node, "name") for node in candidates}) <= 1:
        return candidates
    here = _address_test(page)
    addressed = [node for node in candidates if (url := text(node, "url", "@id")) and here(url)]
    named = [node for node in candidates if names_page(page, text(node, "name"))]
    chosen = [node for node in addressed if node in named] or named or addressed
    if not chosen:
        sold = [node for node in candidates if listed(node, "offers")]
        return sold if len(sold) == 1 else []
    name = text(chosen[0], "name")
    return [node for node in chosen if text(node, "name") == name]


def words(value: str) -> set[str]:
    """The words of a text, for comparing."""
    return set(_WORD.findall(value.casefold()))


def names_page(page: Page, name: str | None) -> bool:
    """Do the page's title or its headings say this name?"""
    return bool(name) and likeness(page, name or "") > 0


def likeness(page: Page, name: str) -> float:
    """How much of the title or heading that says a name is that name: at most 1; 0 if none says it."""
    asked = words(name)
    said = [words(title) for title in (*page.headings, page.title or "", *page.meta.get("og:title", ()))]
    saying = [title for title in said if asked and len(asked & title) >= NAMED * len(asked)]
    return max((len(asked & title) / len(asked | title) for title in saying), default=0.0)


def _address_test(page: Page) -> Callable[[str], bool]:
    """Is an address this page's? Path and query of the page, or what it calls canonical."""
    own = _address(page.url, page.base)
    canonical = _address(page.canonical or page.url, page.base)

    def matches(address: str) -> bool:
        asked = _address(address, page.base)
        path, query = asked
        if asked == own:
            return True
        return (path == own[0] and bool(query) and query <= own[1]) or (asked == canonical and not own[1])

    return matches


def _address(address: str, base: str) -> tuple[str, frozenset[tuple[str, str]]]:
    parts = taken_apart(absolute(address, base) or "")
    return unquote(parts.path).rstrip("/").lower(), frozenset(parse_qsl(parts.query)[:20])


def _described(roots: list[Any]) -> list[Node]:
    """What the page is about if not a product: no publisher, no author, no site."""
    return [node for node, name in walk(roots) if name != "-" and types(node) and _WHO.isdisjoint(types(node))]


def _first_image(page: Page, nodes: list[Node], by_id: dict[str, Node]) -> str | None:
    return next((image for node in nodes if (image := _image(page, node, by_id))), None)


def _image(page: Page, product: Node, by_id: dict[str, Node]) -> str | None:
    for value in listed(product, "image", "images", "photo", "primaryImageOfPage", "thumbnailUrl")[:20]:
        address = _image_address(value, by_id)
        if address and (whole := absolute(address, page.base)):
            return whole
    return None


def _image_address(value: Any, by_id: dict[str, Node]) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, str):
        return value
    if not isinstance(value, dict):
        return None
    value = by_id.get(str(value.get("@id")), value)
    return text(value, "contentUrl", "url", "@id", "thumbnailUrl")


def _loose_price(page: Page, roots: list[Any]) -> Price | None:
    """An offer that belongs to no product: only if there is exactly one amount, and no list around it."""
    kinds = [types(node) for node, _ in walk(roots)]
    if any(not LISTS.isdisjoint(kind) for kind in kinds) or any(
        not PRODUCTS_OR_TEXT.isdisjoint(kind) for kind in kinds
    ):
        return None
    found: list[Offer] = single_offers(roots)
    amounts = {offer.price.amount for offer in found}
    return found[0].price if len(amounts) == 1 else None


PRODUCTS_OR_TEXT = word_set("product productgroup article newsarticle blogposting recipe event hotel localbusiness")
