"""The little of CSS that the table of platforms needs, answered from an index of the page."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from typing import NamedTuple

from lxml import etree

Element = etree._Element

_PART = re.compile(r"([#.])([\w-]+)|\[([\w-]+)(?:=([\w.:/-]+))?\]")
INDEXED = ("data-testid", "data-test", "data-hook", "data-price-type", "data-qa", "itemprop")


class Step(NamedTuple):
    """One element of a selector: its tag, id, classes and attributes, as far as they are asked for."""

    tag: str
    identity: str
    classes: frozenset[str]
    attributes: tuple[tuple[str, str | None], ...]


class Index:
    """A page's elements by id, class and test attributes, in the order of the page."""

    def __init__(self, root: Element) -> None:
        self._by: defaultdict[tuple[str, str], list[Element]] = defaultdict(list)
        self._root = root
        for element in root.iter():
            get = element.get
            for name in (get("class") or "").split():
                self._by["class", name].append(element)
            for key in ("id", *INDEXED):
                if value := get(key):
                    self._by[key, value].append(element)

    def select(self, selector: str) -> list[Element]:
        """At most ten elements that the selector describes: steps inside one another, separated by spaces."""
        *outer, last = _steps(selector)
        found = [element for element in self._candidates(last) if _is(element, last) and _is_inside(element, outer)]
        return found[:10]

    def _candidates(self, step: Step) -> list[Element]:
        if step.identity:
            return self._by.get(("id", step.identity), [])
        if step.classes:
            return self._by.get(("class", min(step.classes)), [])
        for key in ((name, value) for name, value in step.attributes if value and name in INDEXED):
            return self._by.get(key, [])
        if step.tag:
            return list(self._root.iter(step.tag))[:300]
        return list(self._root.iterfind(f".//*[@{step.attributes[0][0]}]"))[:300]


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
