"""The price one sees on a product page: chosen by what it is called and where it stands."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from wishare.metadata.facts import Price
from wishare.metadata.names import (
    ASKED,
    ELSEWHERE,
    MAIN,
    NOT_ASKED,
    PERHAPS_ELSEWHERE,
    PRICE,
    STRUCK,
    Element,
    meaning,
    names_of,
    says_price,
)
from wishare.metadata.outline import Outline, Shown
from wishare.metadata.tables import word_set

ENOUGH = 5.0
NEAR = 25  # elements between a struck price and the one asked instead

_ELSEWHERE_TAGS = word_set("footer nav aside")
_STRUCK_TAGS = word_set("del s strike")
_HIDDEN = re.compile(r"display:\s*none|visibility:\s*hidden", re.IGNORECASE)
_SAYS_STRUCK = re.compile(
    r"\b(?:was|rrp|uvp|msrp|list price|statt|antes|de:?|reg\.?|instead of|before|mrp)\b\s*:?\s*\W{0,3}\s*\w{0,3}\d",
    re.IGNORECASE,
)
_NOT_A_PRICE = re.compile(
    r"\d\s*(?:€|\$|£)?\s*/\s*[a-z\d]|\bper \w|p/m|x de|\d\s?[x×]\b|\bab\s+mtl|up to|over\b|above|off\b|"
    r"starting|shipping|save|sparen|frete|from\s*\$?\d+/|[-–]\s?\d+\s?%|free|dph\b.*bez|excl|brez|netto",
    re.IGNORECASE,
)


class Scores:
    """The prices of a page with how much speaks for each."""

    def __init__(self, outline: Outline) -> None:
        self.outline = outline
        self._meanings: dict[Element, int] = {}  # the same few elements are around most prices of a page
        self._repeated = Counter(shown.names for shown in outline.prices)
        rows = [(self._score(shown), shown) for shown in outline.prices]
        self.ranked = sorted(rows, key=lambda row: -row[0])  # of equals the first on the page

    def best(self, enough: float = ENOUGH) -> Price | None:
        """The best, if it is good enough to be told."""
        if not self.ranked or self.ranked[0][0] < enough:
            return None
        shown = self.ranked[0][1]
        return Price(shown.amount, shown.currency, shown.text)

    def among(self, stated: list[Price]) -> Price | None:
        """Which of several stated prices the page shows as the one that is asked."""
        for score, shown in self.ranked:
            same = next((price for price in stated if price.amount == shown.amount), None)
            if score >= ENOUGH - 1 and same is not None and not self.is_struck(shown):
                return same
        return None

    def instead_of(self, stated: Decimal) -> Price | None:
        """A lower price beside the stated one where that is struck out: the markup was not told of the sale."""
        good = [(score, shown) for score, shown in self.ranked if score >= ENOUGH - 1]
        if any(shown.amount == stated and not self.is_struck(shown) for _, shown in good):
            return None
        struck = [shown.position for _, shown in self.ranked if shown.amount == stated and self.is_struck(shown)]
        for _, shown in good if struck else ():
            near = min(abs(shown.position - position) for position in struck)
            if near < NEAR and stated / 10 < shown.amount < stated and not self.is_struck(shown):
                return Price(shown.amount, shown.currency, shown.text)
        return None

    def _score(self, shown: Shown) -> float:
        bits = shown.meaning
        score = _base(shown)
        score += 2 if shown.currency or any(mark in shown.text for mark in "$€£¥") else 0
        score += 1.5 if bits & ASKED else 0
        score -= 4 if self.is_struck(shown) else 0
        score -= 5 if bits & ELSEWHERE else 0
        score -= 5 if bits & NOT_ASKED or _NOT_A_PRICE.search(shown.text) else 0
        times = self._repeated[shown.names]
        score -= min(4.0, (times - 2) * 0.5) if times > 3 and shown.names else 0
        return score + self._surroundings(shown.element) + self._distance(shown.position)

    def _distance(self, position: int) -> float:
        """Near the heading, and near what one presses to buy."""
        score = 0.0
        if self.outline.heading is not None:
            behind = position - self.outline.heading
            score += 3 if 0 <= behind < 60 else 2 if 0 <= behind < 250 else 1 if -80 < behind < 500 else -2
        if self.outline.buttons:
            nearest = min(abs(position - button) for button in self.outline.buttons)
            score += 2 if nearest < 40 else 1 if nearest < 120 else 0
        return score

    def is_struck(self, shown: Shown) -> bool:
        """Is it a price that is no longer asked, by its element or one close around?"""
        if shown.meaning & STRUCK or shown.element.tag in _STRUCK_TAGS or _SAYS_STRUCK.search(shown.text):
            return True
        for depth, parent in enumerate(shown.element.iterancestors()):
            if parent.tag in _STRUCK_TAGS or "line-through" in (parent.get("style") or ""):
                return True
            if depth == 3:
                return False
            bits = self._meaning(parent)
            if bits & STRUCK and not (shown.meaning | bits) & ASKED:
                return True
        return False

    def _surroundings(self, element: Element) -> float:
        """The names of the elements around: the near ones say which price it is, all whether it is this product's."""
        score = 0.0
        for depth, parent in enumerate(element.iterancestors()):
            bits = self._meaning(parent)
            if parent.tag == "body":
                break
            if parent.tag in _ELSEWHERE_TAGS or bits & ELSEWHERE:
                return score - 5
            if bits & PERHAPS_ELSEWHERE and not bits & MAIN:
                score -= 2
            if depth < 3 and bits & NOT_ASKED:
                score -= 4
            if _HIDDEN.search(parent.get("style") or ""):
                score -= 2
            if bits & MAIN and score < 2:
                score += 2
        return max(score, -6.0)

    def _meaning(self, element: Element) -> int:
        bits = self._meanings.get(element)
        if bits is None:
            bits = self._meanings[element] = meaning(names_of(element))
        return bits


def _base(shown: Shown) -> float:
    """A name that says price counts, one that may say something else counts less; a sentence is hardly a price."""
    named = 3.0 if shown.meaning & PRICE and says_price(shown.names) else 1.5 if shown.meaning & PRICE else 1.0
    return named - (2 if len(shown.text) > 35 else 0)
