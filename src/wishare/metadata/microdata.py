"""Microdata and RDFa Lite, turned into the same nodes as JSON-LD."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from wishare.metadata import schema_org
from wishare.metadata.facts import Facts
from wishare.metadata.page import Page, absolute, text_of, xpath
from wishare.metadata.tables import word_list

MOST = 4000  # marked elements of a page
_MICRODATA = etree.XPath("//@itemscope/..|//@itemprop/..")
_ITEMTYPE = re.compile(rb"itemtype\s*=\s*[\"']?\s*(?:https?:)?(?://)?(?:www\.)?(?:schema\.org/)?([^\s\"'>]+)")
# Items that stand around every product: a page that has only these is not worth the search.
_FRAME = frozenset(
    kind.encode()
    for kind in word_list(
        """
        breadcrumblist listitem breadcrumb organization website searchaction wpheader wpfooter sitenavigationelement
        brand person postaladdress rating aggregaterating imageobject question answer faqpage
        data-vocabulary.org/breadcrumb
        """
    )
)
_RDFA = etree.XPath("//@typeof/..|/html/body//@property/..")
_ADDRESS = {"a": "href", "link": "href", "area": "href", "img": "src", "source": "src", "embed": "src", "iframe": "src"}
_LAZY = ("data-src", "data-original", "data-zoom-image", "data-lazy-src")

Node = dict[str, Any]


def read(page: Page) -> Facts:
    """What the page's microdata says of its product."""
    items = microdata(page)
    return schema_org.read(page, items) if items else Facts()


def read_rdfa(page: Page) -> Facts:
    """What its RDFa says."""
    items = rdfa(page)
    return schema_org.read(page, items) if items else Facts()


def microdata(page: Page) -> list[Node]:
    """The top items of the page, with their items inside; nothing where none of them matters."""
    if b"itemscope" not in page.source:
        return []
    kinds = {kind.lower() for kind in _ITEMTYPE.findall(page.source)}
    if kinds and kinds <= _FRAME:
        return []
    return _items(page, xpath(_MICRODATA, page.root)[:MOST], "itemprop", "itemscope", "itemtype")


def rdfa(page: Page) -> list[Node]:
    """The same from typeof and property, where a schema.org vocabulary is named at all."""
    if b" typeof=" not in page.source:
        return []
    return _items(page, xpath(_RDFA, page.root)[:MOST], "property", "typeof", "typeof")


def _items(page: Page, elements: list[etree._Element], prop: str, scope: str, kind: str) -> list[Node]:
    items: dict[etree._Element, Node] = {}
    top: list[Node] = []
    referred = _referred(page, elements) if b"itemref" in page.source else {}
    for element in elements:
        node = _opened(element, scope, kind)
        if node is not None:
            items[element] = node
        names = (element.get(prop) or "").split()
        owner = _owner(element, items, referred) if names else None
        if owner is None:
            if node is not None:
                top.append(node)
            continue
        value = node if node is not None else _value(element, page)
        for name in names:
            owner.setdefault(name.rpartition(":")[2].rpartition("/")[2], []).append(value)
    return top


def _referred(page: Page, elements: list[etree._Element]) -> dict[str, etree._Element]:
    """Whose item an element belongs to that stands elsewhere: its id, to the element that names it in itemref."""
    return {name: element for element in elements for name in (element.get("itemref") or "").split()}


def _owner(
    element: etree._Element, items: dict[etree._Element, Node], referred: dict[str, etree._Element]
) -> Node | None:
    """The item of the nearest element around, or of the one that refers to this or to one around."""
    if referred and (owner := referred.get(element.get("id") or "")) is not None:
        return items.get(owner)
    for parent in element.iterancestors():
        if parent in items:
            return items[parent]
        if referred and (owner := referred.get(parent.get("id") or "")) is not None:
            return items.get(owner)
    return None


def _opened(element: etree._Element, scope: str, kind: str) -> Node | None:
    if element.get(scope) is None:
        return None
    return {"@type": (element.get(kind) or "").split(), "@marked": True}


def _value(element: etree._Element, page: Page) -> str | None:
    """What a property says: for a machine if it says so, else what one reads."""
    if (content := element.get("content")) is not None:
        return content.strip() or (text_of(element) or None)
    tag = str(element.tag)
    if attribute := _ADDRESS.get(tag):
        address = next((element.get(name) for name in (*_LAZY, attribute) if element.get(name)), None)
        return absolute(address, page.base) or text_of(element)
    if tag in {"data", "meter"} and element.get("value"):
        return element.get("value")
    return text_of(element)
