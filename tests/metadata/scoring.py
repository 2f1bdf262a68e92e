"""How good an extractor is on pages with known answers: the measures of the sample's eval.py, and our goals."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlsplit

from tests.metadata import locale_pages, market_pages, shapes, shop_shapes, system_pages, trap_pages

Case = tuple[str, str, bytes, Mapping[str, Any]]  # what it is, address, page, and what must be read: a list is a choice
Reader = Callable[[bytes, str], Mapping[str, Any]]

GOALS = {"price": 0.96, "currency": 0.95, "title": 0.95, "image_url": 0.90, "no price": 1.0}
SHAPES = [
    *shapes.EVERY,
    *shop_shapes.EVERY,
    *system_pages.PAGES,
    *market_pages.PAGES,
    *locale_pages.PAGES,
    *trap_pages.PAGES,
]
OURS: list[Case] = [(name, url, html.encode(), expected) for name, url, html, expected in SHAPES]


@dataclass
class Score:
    """Of one field. A wrong value is both one too many and one too few, as everybody counts it."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    invented: int = 0
    empty: int = 0  # pages where nothing must be read
    failures: list[tuple[str, Any, Any]] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing was asked."""
        errors = 2 * self.wrong + self.missed + self.invented
        return 2 * self.right / (2 * self.right + errors) if self.right or errors else 1.0


def scores(read: Reader, cases: Iterable[Case]) -> dict[str, Score]:
    """The scores by field."""
    found: dict[str, Score] = {name: Score() for name in ("title", "price", "currency", "image_url", "description")}
    for name, url, html, expected in cases:
        said = read(html, url)
        for key, wanted in expected.items():
            if key in found:
                _count(found[key], name, key, wanted, said.get(key))
    return found


def _count(score: Score, name: str, key: str, wanted: Any, got: Any) -> None:
    score.empty += wanted is None
    if wanted is None:
        is_right, score.invented = got is None, score.invented + (got is not None)
    elif got is None:
        is_right, score.missed = False, score.missed + 1
    else:
        is_right = any(is_same(key, one, got) for one in (wanted if isinstance(wanted, list) else [wanted]))
        score.right, score.wrong = score.right + is_right, score.wrong + (not is_right)
    if not is_right:
        score.failures.append((name, wanted, got))


def is_same(key: str, wanted: Any, got: Any) -> bool:
    """Amounts and currencies exactly; titles and texts by their words; pictures by their file."""
    if key in {"title", "description"}:
        return _alike(str(wanted), str(got))
    if key == "image_url":
        return _file(str(wanted)) == _file(str(got))
    return str(wanted) == str(got) if key == "currency" else float(wanted) == float(got)


def _alike(wanted: str, got: str) -> bool:
    """One holds the other, or four fifths of their words agree."""
    one, other = (re.findall(r"\w+", unicodedata.normalize("NFKC", text).casefold()) for text in (wanted, got))
    squashed, also = "".join(one), "".join(other)
    if squashed in also or (also in squashed and len(also) >= max(6, 0.4 * len(squashed))):
        return True
    common = sum((Counter(one) & Counter(other)).values())
    return 2 * common >= 0.8 * (len(one) + len(other))


def _file(address: str) -> tuple[str, str]:
    parts = urlsplit(unquote(address))
    return parts.netloc.lower(), parts.path.rstrip("/")


def reached(found: dict[str, Score]) -> dict[str, float]:
    """The scores by the names of the goals."""
    price = found["price"]
    return {
        "price": price.f1,
        "currency": found["currency"].f1,
        "title": found["title"].f1,
        "image_url": found["image_url"].f1,
        "no price": 1 - price.invented / price.empty if price.empty else 1.0,
    }
