"""Whatever a page is made of, there is an answer, and it keeps the promises of a product."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.metadata.scoring import OURS
from wishare.metadata.extractor import Product, extract
from wishare.metadata.tables import word_list

pytestmark = pytest.mark.once

KEYS = word_list(
    "@type @id @graph name offers price priceCurrency image url hasVariant lowPrice priceSpecification value"
)
TAGS = word_list(
    "div span p h1 del s sup meta img a form input picture source script title base link table svg body html"
)
ATTRIBUTES = word_list(
    "class id itemprop itemscope itemtype content src srcset href rel as property name typeof itemref style alt"
)
WORDS = [
    "Product",
    "Offer",
    "https://schema.org/Product",
    "EUR",
    "12,50 €",
    "1 299€00",
    "١٬٢٩٩",
    "http://[",
    "//[",
    "#o",
]
VALUES = ["price", "old-price", "og:image", "product:price:amount", "a.jpg 1x, b.jpg 2x", "1.2.3w", "lang", "canonical"]
URLS = ["https://shop.example/products/x", "https://www.amazon.com/dp/B0", "http://[", "", "https://x.com.br/p?a=%"]

leaf = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20) | st.sampled_from(WORDS)
data = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=6),
    max_leaves=30,
)
attributes = st.dictionaries(
    st.sampled_from(ATTRIBUTES), st.sampled_from(VALUES + WORDS) | st.text(max_size=20), max_size=4
)


def tag(parts: tuple[str, dict[str, str], list[str], bool]) -> str:
    name, said, inside, is_closed = parts
    names = "".join(f' {key}="{value}"' for key, value in said.items())
    return f"<{name}{names}>{''.join(inside)}{f'</{name}>' if is_closed else ''}"


markup = st.recursive(
    st.text(max_size=20) | st.sampled_from(WORDS),
    lambda inner: st.tuples(st.sampled_from(TAGS), attributes, st.lists(inner, max_size=4), st.booleans()).map(tag),
    max_leaves=25,
)


def keeps_its_promises(product: Product) -> bool:
    texts = [product["title"], product["description"], product["site_name"], product["currency"]]
    image, price = product["image_url"], product["price"]
    return (
        all(text is None or (text.strip() and "\0" not in text) for text in texts)
        and (image is None or urlsplit(image).scheme in {"http", "https"})
        and (price is None or (isinstance(price, Decimal) and price.is_finite() and price > 0))
        and (price is not None or product["currency"] is None)
    )


@settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(st.lists(markup, max_size=5), st.lists(data, max_size=2), st.sampled_from(URLS), st.booleans())
def test_made_pages(nodes: list[str], values: list[Any], url: str, is_cut: bool) -> None:
    kinds = ("application/ld+json", "application/json")
    blocks = [json.dumps(value)[: -1 if is_cut else None] for value in values]
    scripts = [f'<script type="{kind}">{text}</script>' for kind, text in zip(kinds, blocks, strict=False)]
    states = [f"<script>window.state = {text}; var price</script>" for text in blocks]
    html = "".join(["<html><head>", *scripts, *states, "</head><body>", *nodes])
    assert keeps_its_promises(extract(html.encode("utf-8", "replace"), url))


@pytest.mark.parametrize("seed", range(60))
def test_pages_that_are_damaged(seed: int) -> None:
    """Bytes changed, lost, doubled and put elsewhere in pages that are otherwise like real ones."""
    chance = random.Random(seed)
    html, (_, url, other, _) = bytearray(chance.choice(OURS)[2]), chance.choice(OURS)
    for _ in range(30):
        at, length = chance.randrange(len(html)), chance.randint(1, 200)
        start = chance.randrange(len(other))
        damage = (bytes([chance.randrange(256)]), b"", other[start : start + length], bytes(html[at : at + 9]) * length)
        html[at : at + chance.randint(0, 20)] = chance.choice(damage)
    assert keeps_its_promises(extract(bytes(html), url))
