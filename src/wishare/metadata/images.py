"""The picture of the product."""

from __future__ import annotations

import re

from lxml import etree

from wishare.metadata.names import names_of
from wishare.metadata.page import Page, absolute
from wishare.metadata.schema_org import words

MOST_PICTURES = 150
ENOUGH = 2

_SHARED = ("og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src", "image")
_NO_PICTURE = re.compile(
    r"logo|favicon|placeholder|no[-_]?(?:image|photo|foto)|sprite|spacer|blank\.|1x1|pixel\.|loading|lazyload\.|"
    r"default[-_]?(?:image|og|share)|android-icon|apple-touch|/icons?[/_-]|social[-_]?share|\.svg(?:$|\?)|^data:|"
    r"/flags?/|avatar|badge",
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
_LARGE = (
    "data-old-hires",
    "data-zoom-image",
    "data-large_image",
    "data-zoom",
    "data-src",
    "data-original",
    "data-lazy",
    "src",
)


def image(page: Page, stated: str | None, title: str | None, *, is_product: bool) -> str | None:
    """What the data shows of a product, else what the page shows to others, else the picture called after it."""
    shared = [absolute(content, page.base) for name in _SHARED for content in page.meta.get(name, ())]
    shared += [
        absolute(link.get("href"), page.base) for link in page.tagged["link"] if link.get("rel") == "image_src"
    ]
    candidates = [one for one in ([stated, *shared] if is_product else [*shared, stated]) if one]
    good = (candidate for candidate in candidates if not _NO_PICTURE.search(candidate))
    return next(good, None) or _shown(page, words(title or "")) or next(iter(candidates), None)


def _shown(page: Page, title: set[str]) -> str | None:
    """The picture with most to say for it: its description is the title, its name says product; the first of equals."""
    best: tuple[int, str | None] = (ENOUGH - 1, None)
    for element in page.tagged["img"][:MOST_PICTURES]:
        score = _score(element, title)
        if score > best[0] and (address := _address(page, element)):
            best = (score, address)
    return best[1]


def _score(element: etree._Element, title: set[str]) -> int:
    parent = element.getparent()
    names = names_of(element) + " " + (names_of(parent) if parent is not None else "")
    said = words(element.get("alt") or element.get("title") or "")
    alike = len(said & title) / max(len(said | title), 1)
    score = 4 if alike > 0.75 else 3 if alike > 0.4 else 1 if alike > 0.2 else 0
    score += 2 if _OF_PRODUCT.search(names) or element.get("itemprop") == "image" else 0
    score -= 2 if _OF_OTHERS.search(names) else 0
    return score - (3 if _is_small(element) else 0)


def _is_small(element: etree._Element) -> bool:
    sizes = (element.get(side) or "" for side in ("width", "height"))
    return any(size.rstrip("px").isdigit() and int(size.rstrip("px")) < 100 for size in sizes if len(size) < 7)


def _address(page: Page, element: etree._Element) -> str | None:
    for name in _LARGE:
        address = absolute(element.get(name), page.base)
        if address and not _NO_PICTURE.search(address):
            return address
    return None
