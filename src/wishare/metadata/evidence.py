"""Is this the page of one product? Without that, no number on it is a price."""

from __future__ import annotations

import re
from collections import Counter

from wishare.metadata import currencies
from wishare.metadata.amounts import from_text
from wishare.metadata.facts import Facts
from wishare.metadata.names import PRICE
from wishare.metadata.outline import Outline
from wishare.metadata.page import Page
from wishare.metadata.tables import word_set

ENOUGH = 3
NO_PRODUCT = -6  # below this even a stated price is somebody else's
MOST_OF_OUTLINE = 5  # what is usual: the description rarely names the price

_PRODUCT_PATH = re.compile(
    r"/(?:dp|gp/product|p|pd|pdp|ip|itm|item|items|i|product|products|produkt|produkte|produit|produits|producto|"
    r"productos|produto|"
    r"produtos|prodotto|prodotti|artikel|article_?id|shop|goods|deal|sku|tovar|buy|offer|catalog/product|detail|"
    r"listing|prod|t)"
    r"(?:[/_-][^/]*\w|\.\w+$)|[-_/.](?:p|pd|pr|art|sku|id)?-?\d{5,}|/[\w-]+-\d{3,}\.html?$|/[a-z]{0,3}\d{5,}\.html?$|"
    r"/p$|/dp/|/[\w-]{12,}\.html?$|-p\d+|"
    r"_\d{4,}|\.prd|product_?id|/a-\d+",
    re.IGNORECASE,
)
_OTHER_PATH = re.compile(
    r"/(?:c|category|categories|categoria|kategorie|kategori|collections?|search|suche|busca|blogs?|news|articles?|"
    r"magazine|stories|"
    r"story|guides?|help|faq|support|about|forum|forums|topic|topics|community|threads?|discussion|docs|"
    r"documentation|wiki|learn|tag|"
    r"tags|brands?|marken|author|recipes?|podcasts?|episodes?|reviews?|best|features|insights|pages|policies|legal|"
    r"browse|pricing|plans|donate|menu|"
    r"reports?|press|careers|events?|archive|newsletter|cart|checkout|login|account)(?:/|$)",
    re.IGNORECASE,
)
_PRODUCT_KIND = re.compile(r"product|item\b|ebay-objects:item|og:product|book\b", re.IGNORECASE)
_OTHER_KIND = re.compile(r"article|blog|profile|video|music|collection|category|group|listing", re.IGNORECASE)
_PRODUCT_BODY = re.compile(
    r"single-product\b|product-page\b|\bpdp\b|catalog-product-view|template-product\b|product-template|page-product|"
    r"product-detail|"
    r"type-product\b|productpage|page-type-product|pt_product|\bproductDetail",
    re.IGNORECASE,
)
_OTHER_BODY = re.compile(
    r"category|collection|archive|search|blog|single-post|catalogsearch|\bhome\b|template-index|"
    r"catalog-category-view|type-post|article",
    re.IGNORECASE,
)
_COMMERCE = re.compile(
    r"\bbuy\b|\bshop\b|free (?:shipping|delivery)|in stock|kaufen|bestellen|acheter|achat|comprar|compra\b|acquist|"
    r"koop|kopen|"
    r"купить|kup\b|sklep|koupit|kúpiť|kupi|prodaj|vásár|cumpăr|köp\b|kjøp|køb|osta\b|satın al|"
    r"購買|購入|通販|구매|купи|αγορά|"
    r"pret|preț|\bcena\b|preço|precio|prezzo",
    re.IGNORECASE,
)
_TEXTS = word_set("""
    article newsarticle blogposting techarticle report recipe qapage discussionforumposting howto
    podcastepisode collectionpage searchresultspage aboutpage contactpage jobposting scholarlyarticle
    reviewnewsarticle
    liveblogposting offercatalog""")


def of_page(page: Page) -> int:
    """Points for and against, from the address, the head and the names of the body."""
    return _address(page) + _head(page) + _body(page) + _words(page)


def of_outline(page: Page, outline: Outline) -> int:
    """Points from what stands on the page: buttons for buying, a price below the heading or in the description."""
    return _buttons(outline) + _prices(outline) + _announced(page, outline)


def _address(page: Page) -> int:
    if len(page.path) < 2:
        return -4
    score = 0
    if _PRODUCT_PATH.search(page.path) or _PRODUCT_PATH.search("/" + page.parts.query):
        score += 2
    if _OTHER_PATH.search(page.path):
        score -= 2 if "/products/" in page.path or "/product/" in page.path else 4
    return score


def _head(page: Page) -> int:
    kinds = " ".join(page.meta.get("og:type", ()))
    score = 3 if _PRODUCT_KIND.search(kinds) else -3 if _OTHER_KIND.search(kinds) else 0
    if any(name.startswith(("product:", "og:price", "og:product")) for name in page.meta):
        score += 2
    return score - (4 if "article:published_time" in page.meta and score <= 0 else 0)


def _body(page: Page) -> int:
    body = page.root.find("body")
    if body is None:
        return 0
    names = f"{body.get('class') or ''} {body.get('id') or ''} {page.root.get('class') or ''}"
    return 3 if _PRODUCT_BODY.search(names) else -3 if _OTHER_BODY.search(names) else 0


def of_data(said: list[Facts]) -> int:
    """Points from what the sources call the thing that they describe."""
    if any(facts.is_product for facts in said):
        return 3
    if weight := max((facts.weight for facts in said), default=0):
        return weight
    kinds = {kind for facts in said for kind in facts.kinds}
    return -4 if kinds & _TEXTS else -2 if "itemlist" in kinds else 0


def _words(page: Page) -> int:
    """Does the head speak of buying?"""
    head = f"{page.title or ''} {page.first_meta('description', 'og:description') or ''}"[:600]
    return 1 if _COMMERCE.search(head) else 0


def _announced(page: Page, outline: Outline) -> int:
    """A price in the description that stands on the page too is the product's own."""
    text = page.first_meta("og:description", "description") or ""
    found = from_text(text, page.market) if currencies.find_symbol(text[:200]) else None
    return 2 if found and any(shown.amount == found for shown in outline.prices) else 0


def _buttons(outline: Outline) -> int:
    """One or two buttons are a product's, a dozen are a list's."""
    count = len(outline.buttons)
    score = 0 if not count else 2 if count <= 6 else 1 if count <= 12 else 0
    return score + (1 if 1 <= outline.quantities <= 3 else 0)


def _prices(outline: Outline) -> int:
    """A named price right below the heading, and not the first of a row of them."""
    if outline.heading is None:
        return 0
    times = Counter(shown.names for shown in outline.prices)
    below = [shown for shown in outline.prices if 0 < shown.position - outline.heading < 120 and shown.meaning & PRICE]
    if len({shown.amount for shown in below}) > 4:
        return -1
    return 2 if any(times[shown.names] <= 3 for shown in below) else 0
