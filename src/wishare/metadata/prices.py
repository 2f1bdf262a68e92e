"""Which price to believe, and in which currency."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from wishare.metadata import currencies, evidence, tracking
from wishare.metadata.facts import Facts, Price
from wishare.metadata.names import STRUCK, meaning
from wishare.metadata.outline import outline
from wishare.metadata.page import Page
from wishare.metadata.visible import ENOUGH, Scores

MOST_PLACES = 200
AROUND = 600  # bytes before an amount, which hold the names of the elements around it
LONGEST_LABEL = 80

_STRUCK = re.compile(rb"<(?:del|s|strike)\b|line-through")
_NAMES = re.compile(rb"""(?:class|id|data-[\w-]{2,10})=["']?([^"'<>]{1,160})""")


def settle(page: Page, said: list[Facts], known: int) -> tuple[Price | None, str | None]:
    """The price of the page's product, and its currency if the page, a symbol or the site makes that certain."""
    price = _price(page, said, known)
    return (price, _currency(page, said, price)) if price else (None, None)


def _price(page: Page, said: list[Facts], known: int) -> Price | None:
    """What is stated, corrected by what is shown; what is shown alone only where there is evidence of a product."""
    stated = [facts.price for facts in said if facts.price and facts.is_certain]
    unsure = [facts.price for facts in said if facts.price and not facts.is_certain]
    if not stated and known + evidence.MOST_OF_OUTLINE < evidence.ENOUGH:
        return None
    amounts = {price.amount for price in stated}
    if len(amounts) == 1 and known > evidence.NO_PRODUCT and not _may_be_struck(page, *amounts):
        return stated[0]
    shown = outline(page)
    weight = known + evidence.of_outline(page, shown)
    scores = Scores(shown)
    if weight < (evidence.NO_PRODUCT if stated else evidence.ENOUGH):
        return None
    if not stated and not unsure:
        return scores.best(ENOUGH if weight < 2 * evidence.ENOUGH else ENOUGH - 1)
    return _corrected(stated or unsure, scores)


def _may_be_struck(page: Page, amount: Decimal) -> bool:
    """Is the amount written anywhere behind a name or tag of what is struck out? A look at the source is much faster
    than the walk over the page that then has to find out.
    """
    return any(
        _STRUCK.search(around)
        or any(meaning(name.decode("utf-8", "replace")) & STRUCK for name in _NAMES.findall(around))
        for around in _before(page.source, str(int(amount))[-3:].encode())
    )


def _before(source: bytes, digits: bytes) -> Iterator[bytes]:
    """The markup before each place where the digits end a number, or its whole part, in a short text."""
    at = source.find(digits)
    for _ in range(MOST_PLACES):
        if at < 0:
            return
        around = source[max(0, at - AROUND) : at]
        tag = around.rfind(b">")
        if (
            len(around) - tag < LONGEST_LABEL
            and tag >= 0
            and not source[at + len(digits) : at + len(digits) + 1].isdigit()
        ):
            yield around
        at = source.find(digits, at + 1)


def _corrected(stated: list[Price], scores: Scores) -> Price:
    """Of prices that differ the one that the page shows; a sale that only the page knows of."""
    chosen = stated[0]
    if any(price.amount != chosen.amount for price in stated):
        chosen = scores.among(stated) or chosen
    return scores.instead_of(chosen.amount) or chosen


def _currency(page: Page, said: list[Facts], price: Price) -> str | None:
    """Its own, else that of the product's data, else the site's, else the only one that the scripts name."""
    stated = (
        currency
        for facts in said
        for currency in (facts.price.currency if facts.price else None, facts.currency)
        if currency
    )
    if price.currency:
        return price.currency
    certain = next(stated, None)
    others = (certain, page.market, None if page.market else tracking.only_currency(page))
    return next((currency for currency in others if currency and currencies.allows(price.text, currency)), None)
