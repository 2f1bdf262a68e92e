"""JSON-LD, as shops write it: with comments, entities, CDATA and commas too many."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from wishare.metadata import schema_org
from wishare.metadata.facts import Facts
from wishare.metadata.page import Page
from wishare.metadata.scripts import DECODER

MOST_BLOCKS = 60
LONGEST_BLOCK = 1_500_000

_WRAPPING = re.compile(
    r"^\s*+(?:/[/*]\s*+)?(?:<!--|<!\[CDATA\[)\s*+(?:\*/)?"
    r"|(?:/[/*]\s{0,9})?(?:-->|\]\]>)\s*+(?:\*/\s*+)?(?:;\s*+)?$"
)
# Strings are matched first, so that what looks like a comment or a comma inside one stays.
# What has no end goes to the end of the block, so that nothing is read twice.
_NOISE = re.compile(r'("(?:[^"\\]|\\.)*+(?:"|\\?\Z))|/\*(?:.*?\*/|.*\Z)|(?<![:\w])//[^\n]*|,(?=\s*+[}\]])', re.DOTALL)
_BAD_ESCAPE = re.compile(r'\\(?!["\\/bfnrtu])|\\u(?![0-9a-fA-F]{4})')


def read(page: Page) -> Facts:
    """What the page's JSON-LD says of its product."""
    return schema_org.read(page, nodes(page))


def nodes(page: Page) -> list[Any]:
    """What the page's blocks hold, in their order; a block that nobody could read is left out."""
    found: list[Any] = []
    blocks = 0
    for script in page.tagged["script"]:
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        blocks += 1
        if blocks > MOST_BLOCKS:
            break
        found.extend(loads(script.text or ""))
    return found


def loads(text: str) -> list[Any]:
    """The values in one block; strict reading first, then what can be mended."""
    if not text.strip() or len(text) > LONGEST_BLOCK:
        return []
    for candidate in _readings(text):
        try:
            return list(_values(candidate))
        except (ValueError, RecursionError):
            continue
    return []


def _readings(text: str) -> Iterator[str]:
    yield text
    text = _WRAPPING.sub("", text).strip().rstrip(";")
    yield text
    mended = _NOISE.sub(lambda found: found.group(1) or "", text)
    yield mended
    yield _BAD_ESCAPE.sub(r"\\\\", mended)
    if "&quot;" in text or "&#34;" in text:
        yield _NOISE.sub(lambda found: found.group(1) or "", html.unescape(text))


def _values(text: str) -> Iterator[Any]:
    """One value or several after one another."""
    position = 0
    text = text.strip().lstrip("\ufeff")
    while position < len(text):
        value, position = DECODER.raw_decode(text, position)
        yield value
        while position < len(text) and text[position] in " \t\r\n,;":
            position += 1
