"""The values in a page's own scripts: blocks of JSON, and what is assigned or pushed to the browser's window."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from wishare.metadata.page import Page

LARGEST = 1_500_000
LARGEST_MENDED = 60_000
MOST_BLOCKS = 12
MOST_STATES = 6
SHORTEST = 60

_ASSIGNED = re.compile(r"=\s*(?=\{)|JSON\.parse\(\s*(?=\")")
# Next.js sends what it draws in pieces: each is a string of lines, «key:JSON».
_PUSHED = re.compile(r"__next_f\.push\(\s*(?=\[)")
_LINE = re.compile(r"^[0-9a-f]{1,6}:(?=[\[{])", re.MULTILINE)
# Strings stay as they are; words before a colon get their quotes, those in single ones double ones.
_LOOSE = re.compile(
    r"(\"(?:[^\"\\]|\\.)*+\")|'((?:[^'\\\"]|\\.)*+)'|(?<=[{,])\s*([A-Za-z_$][\w$]*)\s*(?=:)|(,)(?=\s*[}\]])"
)


def values(page: Page) -> Iterator[Any]:
    """What can be read of them, the blocks that say that they are JSON first."""
    plain: list[str] = []
    blocks = 0
    for script in page.tagged["script"]:
        kind, text = (script.get("type") or "").lower(), script.text or ""
        if not SHORTEST < len(text) < LARGEST or "ld+json" in kind:
            continue
        if "json" not in kind:
            plain.append(text)
        elif blocks < MOST_BLOCKS:
            blocks += 1
            yield from _value(text, 0)
    yield from _states([text for text in plain if "pric" in text or "Pric" in text])


def _states(texts: list[str]) -> Iterator[Any]:
    """Objects that are assigned, and the stream of Next.js."""
    for text in texts[:MOST_BLOCKS]:
        for number, found in enumerate(_ASSIGNED.finditer(text)):
            if number == MOST_STATES:
                break
            yield from _value(text, found.end())
    yield from _stream("".join(_pieces(texts)))


def _pieces(texts: list[str]) -> Iterator[str]:
    for text in texts:
        if found := _PUSHED.search(text):
            yield from (
                one
                for value in _value(text, found.end())
                if isinstance(value, list)
                for one in value
                if isinstance(one, str)
            )


def _stream(text: str) -> Iterator[Any]:
    for found in _LINE.finditer(text[:LARGEST]):
        yield from _value(text, found.end())


def _value(text: str, start: int) -> Iterator[Any]:
    """The value that begins there: as JSON, as JSON in a string, or as the like that people write by hand."""
    with suppress(ValueError, RecursionError):
        value, _ = DECODER.raw_decode(text, start)
        yield json.loads(value) if isinstance(value, str) and value.lstrip().startswith("{") else value
        return
    if len(text) - start < LARGEST_MENDED and text.startswith("{", start):
        with suppress(ValueError, RecursionError):
            yield DECODER.raw_decode(_LOOSE.sub(_strict, text[start:]))[0]


def _strict(found: re.Match[str]) -> str:
    whole, single, word, comma = found.groups()
    if whole is not None or comma:
        return whole or ""
    return f' "{word}"' if word else json.dumps(single.replace("\\'", "'"))


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) < 20 else None


DECODER = json.JSONDecoder(strict=False, parse_int=_integer, parse_constant=lambda _: None)
