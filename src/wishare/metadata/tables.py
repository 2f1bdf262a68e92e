"""Long tables of short words, written as one writes words."""

from __future__ import annotations


def word_list(text: str) -> list[str]:
    """The words of a text, in their order."""
    return text.split()


def word_set(text: str) -> frozenset[str]:
    """The words of a text, for asking whether one is among them."""
    return frozenset(text.split())


def word_map(text: str) -> dict[str, str]:
    """«a=b c=d» as a mapping."""
    return dict(pair.split("=", 1) for pair in text.split())
