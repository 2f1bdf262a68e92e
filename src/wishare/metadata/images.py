"""The picture of the product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import takewhile

from lxml import etree

from wishare.metadata.names import names_of
from wishare.metadata.page import Page, absolute
from wishare.metadata.schema_org import words
from wishare.metadata.tables import word_list, word_set

MOST_PICTURES = 150
ENOUGH = 2

_SHARED = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_NO_PICTURE = re.compile(
    r"(?<!cata)(?<!b)logo|favicon|placeholder|no[-_]?(?:image|photo|foto)|/sprites?[/._-]|spacer|blank\.|"
    r"(?<!\d)1x1(?!\d)|/pixel\.|/loading|lazyload\.|default[-_]?(?:image|og|share)|android-icon|apple-touch|"
    r"/icons?[/_-]|social[-_]?share|\.svg(?:$|\?)|^data:|/flags?/|/avatars?[/._-]|[/_-]badges?[/.]|"
    r"/(?:undefined|null)?$",
    re.IGNORECASE,
)
_OF_PRODUCT = re.compile(
    r"main[-_]?im|product[-_]?(?:im|pic|photo)|primary|zoom|gallery|wp-post-image|hero|landing|featured|bigimg|large",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"thumb|icon|logo|swatch|related|avatar|menu|nav|footer|brand|banner|payment|"
    r"flag",
    re.IGNORECASE,
)
# Where pages keep a picture, the larger ones before what is shown at first.
_LARGE = word_list(
    """
    data-old-hires data-zoom-image data-large_image data-zoom data-zoom-src data-large data-full data-src data-original
    data-lazy data-lazy-src data-image src
    """
)
_SETS = ("srcset", "data-srcset", "data-lazy-srcset")
_IN_SET = re.compile(r"\s*(\S*[^\s,])(?:\s+([\d.]{1,8})[wx])?\s*(?:,|$)")
_ARTICLES = word_set("article main")


def image(page: Page, stated: str | None, title: str | None, *, is_product: bool) -> str | None:
    """What the data shows of a product, else what the page shows to others, else a picture that stands on it."""
    shared = [one for content in _shared(page) if (one := absolute(content, page.base))]
    candidates = [one for one in ([stated, *shared] if is_product else [*shared, stated]) if one]
    good = (candidate for candidate in candidates if not _NO_PICTURE.search(candidate))
    found = next(good, None) or _shown(page, words(title or "")) or next(_preloaded(page), None)
    return found or next(iter(candidates), None)


def _shared(page: Page) -> Iterator[str | None]:
    """What the head offers to those who link to the page."""
    for name in _SHARED:
        yield from page.meta.get(name, ())
    yield from (link.get("href") for link in page.tagged["link"] if link.get("rel") == "image_src")
    yield from (meta.get("content") for meta in page.tagged["meta"] if meta.get("itemprop") == "image")


def _preloaded(page: Page) -> Iterator[str]:
    """What the browser shall load first is usually what is looked at."""
    links = [link for link in page.tagged["link"] if link.get("as") == "image" and link.get("rel") == "preload"]
    return _good(page, (one for link in links for one in (link.get("href"), largest(link.get("imagesrcset")))))


def _shown(page: Page, title: set[str]) -> str | None:
    """The picture with most to say for it: its description is the title, its name says product; the first of equals."""
    best: tuple[int, str | None] = (ENOUGH - 1, None)
    for element in page.tagged["img"][:MOST_PICTURES]:
        score = _score(element, title)
        if score > best[0] and (address := next(addresses(page, element), None)):
            best = (score, address)
    return best[1]


def _score(element: etree._Element, title: set[str]) -> int:
    parent = element.getparent()
    names = names_of(element) + " " + (names_of(parent) if parent is not None else "")
    said = words(element.get("alt") or element.get("title") or "")
    alike = len(said & title) / max(len(said | title), 1)
    score = 4 if alike > 0.75 else 3 if alike > 0.4 else 1 if alike > 0.2 else 0
    score += 2 if _OF_PRODUCT.search(names) or element.get("itemprop") == "image" else 0
    score += 2 if any(parent.tag in _ARTICLES for parent in element.iterancestors()) else 0
    score -= 2 if _OF_OTHERS.search(names) else 0
    return score - (3 if _is_small(element) else 0)


def _is_small(element: etree._Element) -> bool:
    sizes = (element.get(side) or "" for side in ("width", "height"))
    return any(size.rstrip("px").isdigit() and int(size.rstrip("px")) < 100 for size in sizes if len(size) < 7)


def addresses(page: Page, element: etree._Element) -> Iterator[str]:
    """Of an element: its own, the largest first, then the choices that it or a <picture> leaves to the browser."""
    around = list(takewhile(lambda parent: parent.tag in {"source", "picture"}, element.iterancestors()))
    beside = [source for parent in around for source in parent.iterchildren("source") if source not in around]
    choices = [element, *around, *beside]  # to libxml2 a <source> holds what follows it
    sets = (largest(choice.get(name)) for choice in choices for name in _SETS)
    return _good(page, (one for several in ((element.get(name) for name in _LARGE), sets) for one in several))


def _good(page: Page, addresses: Iterable[str | None]) -> Iterator[str]:
    whole = (absolute(address, page.base) for address in addresses if address)
    return (address for address in whole if address and not _NO_PICTURE.search(address))


def largest(srcset: str | None) -> str | None:
    """The widest or densest picture of a srcset. Addresses may have commas; what follows them has a space before."""
    rows = _IN_SET.findall(srcset[:10_000]) if srcset else []
    return max(rows, key=lambda row: float(row[1].strip(".") or 1) if row[1].count(".") < 2 else 0)[0] if rows else None
