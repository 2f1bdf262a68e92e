"""The words of a price: what is asked, among what it was, what it is without tax, and what screen readers are told."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from wishare.metadata.amounts import plain
from wishare.metadata.tables import word_set

Element = etree._Element

LONGEST = 60  # characters of a price with its label

_SKIPPED = word_set("script style noscript template svg path option head meta link br img")
_STRUCK_TAGS = word_set("del s strike")
_CENTS = re.compile(r"\d\d\Z")
_CENTS_NAMES = re.compile(r"cent|decimal|fraction|sup\b|kop|minor", re.IGNORECASE)
_WHOLE = re.compile(r"(?<![.,]\d)(?<![.,])\d\Z")
_FOR_READERS = re.compile(r"\ba-offscreen\b|\bsr-only\b|visually-?hidden|screen-?reader", re.IGNORECASE)
_AMOUNT = re.compile(r"\d(?:[\d.,'’\u00a0\u202f]|\s(?=\d{3}(?!\d)))*")
_NO_AMOUNT = re.compile(r"[-–]?\s?\d+(?:[.,]\d+)?\s?%|\b\d{1,2}\s?[x×]\s")
_SIGN = r"[^\d\s]{0,4}\s?"
_SUM = r"[\d.,]*\d"
_TAX = r"(?:vat|tax|gst|mwst|ust|btw|iva|tva|moms|dph|ddv|pdv|kdv)"
_WITHOUT = r"(?:ex|excl|exc|exkl|zzgl|without|plus|hors|sans|sin|bez|brez)"
_WAS = r"(?:was|rrp|uvp|msrp|statt|antes|before|instead of|list price|reg\.?|save|spare)"
_NOT_ASKED = re.compile(
    rf"\b{_WAS}\b:?\s*{_SIGN}{_SUM}|{_SIGN}{_SUM}\s*{_SIGN}\(?\b{_WITHOUT}\.?\s*{_TAX}\b|"
    rf"\b{_WITHOUT}\.?\s*{_TAX}\W{{0,3}}{_SIGN}{_SUM}|\bnetto?\W{{0,3}}{_SUM}",
    re.IGNORECASE,
)
_RANGE = re.compile(
    rf"(?<=\d)\s*{_SIGN}(?:[-–—~]|\b(?:to|bis|à|al?|do|até|"
    rf"until)\b)\s*{_SIGN}{_SUM}.*\Z",
    re.IGNORECASE,
)


def asked_part(text: str) -> str | None:
    """What says the price asked: without what it was, without the net price; of a range the beginning."""
    if amounts_in(text) > 1:
        text = _NOT_ASKED.sub(" ", text)
    if amounts_in(text) > 1:
        text = _RANGE.sub(" ", text)
    return text if amounts_in(text) == 1 else None


def amounts_in(text: str) -> int:
    """How many different numbers that could be prices; «-20 %» and «12 x» are none."""
    return len({found.group().rstrip(".,") for found in _AMOUNT.finditer(_NO_AMOUNT.sub(" ", text))})


def price_text(element: Element, is_other: Callable[[Element], bool] | None = None) -> str:
    """The text of a price without what is struck out, or is other; cents in a raised element get their point.

    What is written for screen readers is whole, and used alone if it is a price.
    """
    if len(element) == 0:
        return plain(" ".join((element.text or "")[: LONGEST * 2].split()))
    for child in element.iterdescendants("span", "p", "div"):
        spoken = child.text or ""
        if is_other is None and _FOR_READERS.search(child.get("class") or "") and amounts_in(spoken) == 1:
            return " ".join(spoken.split())
    parts: list[str] = []
    _collect(element, parts, 0, is_other)
    return plain(" ".join("".join(parts).split()))


def _collect(element: Element, parts: list[str], depth: int, is_other: Callable[[Element], bool] | None) -> None:
    if depth > 6 or len(parts) > 40:
        return
    parts.append((element.text or "")[: LONGEST * 2])
    for child in element:
        if _is_read(child) and not (is_other and is_other(child)):
            if _is_cents(child, parts):
                parts.append(".")
            _collect(child, parts, depth + 1, is_other)
        parts.append((child.tail or "")[: LONGEST * 2])


def _is_read(child: Element) -> bool:
    return (
        child.tag not in _STRUCK_TAGS
        and child.tag not in _SKIPPED
        and not _FOR_READERS.search(child.get("class") or "")
    )


def _is_cents(child: Element, parts: list[str]) -> bool:
    """Two digits in an element right after a whole number; if raised or called cents, a space may be between."""
    if not _CENTS.match((child.text or "").strip()):
        return False
    before = "".join(parts)
    raised = child.tag == "sup" or bool(_CENTS_NAMES.search(child.get("class") or ""))
    return bool(_WHOLE.search(before.rstrip() if raised else before))
