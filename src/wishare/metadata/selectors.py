"""The little of CSS that the table of platforms needs, answered from an index of the page."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import NamedTuple

from lxml import etree

Element = etree._Element

_PART = re.compile(r"([#.])([\w-]+)|\[([\w-]+)(?:=([\w.:/-]+))?\]")
MOST = 300  # elements that are looked at for one step


class Step(NamedTuple):
    """One element of a selector: its tag, id, classes and attributes, as far as they are asked for."""

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]


class Index:
    """A page's elements by what selectors ask for, in the order of the page."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._by: dict[str, dict[str, list[tuple[int, Element]]]] = {}

    def select(self, selector: str) -> list[Element]:
        """At most ten elements that the selector describes: steps inside one another, separated by spaces."""
        *outer, last = _steps(selector)
        found = (element for element in self._candidates(last) if _is(element, last) and _is_inside(element, outer))
        return list(islice(found, 10))

    def _candidates(self, step: Step) -> Iterable[Element]:
        if step.identity:
            return (element for _, element in self._with("id").get(step.identity, ()))
        if step.classes:
            return self._classed(min(step.classes))
        if step.attributes:
            return self._attributed(*step.attributes[0])
        return islice(self._root.iter(step.tag), MOST)

    def _classed(self, name: str) -> list[Element]:
        rows = [row for names, found in self._with("class").items() if name in names for row in found]
        return [element for _, element in sorted(rows, key=itemgetter(0))]

    def _attributed(self, name: str, value: str | None) -> list[Element]:
        having = self._with(name)
        rows = having.get(value, []) if value is not None else [row for found in having.values() for row in found]
        return [element for _, element in sorted(rows, key=itemgetter(0))[:MOST]]

    def _with(self, name: str) -> dict[str, list[tuple[int, Element]]]:
        """The elements that have an attribute, by its whole value: far fewer than there are words in it."""
        if name not in self._by:
            found = self._by[name] = {}
            for position, element in enumerate(self._root.iter()):
                if value := element.get(name):
                    found.setdefault(value, []).append((position, element))
        return self._by[name]


def _is(element: Element, step: Step) -> bool:
    return (
        (not step.tag or element.tag == step.tag)
        and (not step.identity or element.get("id") == step.identity)
        and (not step.classes or step.classes <= set((element.get("class") or "").split()))
        and all((has := element.get(name)) is not None and value in {None, has} for name, value in step.attributes)
    )


def _is_inside(element: Element, outer: list[Step]) -> bool:
    """Do the steps match ancestors, from the innermost outwards?"""
    waiting = list(outer)
    for parent in element.iterancestors():
        if not waiting:
            return True
        if _is(parent, waiting[-1]):
            waiting.pop()
    return not waiting


@cache
def _steps(selector: str) -> tuple[Step, ...]:
    return tuple(_step(text) for text in selector.split())


def _step(text: str) -> Step:
    parts = [found.groups() for found in _PART.finditer(text)]
    return Step(
        tag=(re.match(r"\w*", text) or [""])[0],
        identity=next((name for mark, name, *_ in parts if mark == "#"), ""),
        classes=frozenset(name for mark, name, *_ in parts if mark == "."),
        attributes=tuple((attribute, value) for mark, _, attribute, value in parts if not mark),
    )
