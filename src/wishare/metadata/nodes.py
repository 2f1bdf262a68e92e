"""Finding things in nodes of schema.org data, whatever their nesting; bounded in depth and number."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Any

from wishare.metadata.facts import PRODUCTS
from wishare.metadata.tables import word_set

Node = dict[str, Any]

DEEPEST = 40
MOST_NODES = 20_000
OFFERS = word_set("offer aggregateoffer offerfordemand offerforlease offerforpurchase demand")
# Below these stand other things than what the page is about.
ELSEWHERE = word_set("""
    isrelatedto issimilarto isaccessoryorsparepartfor isconsumablefor itemreviewed review reviews mentions
    itemlistelement offercatalog hasoffercatalog addon additionaloffer itemoffered isvariantof hasvariant offers
    ispartof
    related relatedlink     haspart knowsabout makesoffer seller brand manufacturer""")


def types(node: Node) -> frozenset[str]:
    """The last parts of a node's types in lower case: «http://schema.org/Product» is product."""
    named = node.get("@type")
    listed = named if isinstance(named, list) else [named]
    return frozenset(
        str(one).rstrip("/").rpartition("/")[2].rpartition("#")[2].rpartition(":")[2].lower() for one in listed if one
    )


def is_product(node: Node) -> bool:
    """Something that is sold, whatever the exact word."""
    return not PRODUCTS.isdisjoint(types(node))


def walk(values: Any) -> Iterator[tuple[Node, str]]:
    """Every node with the property it hangs on, from the outside inwards; at and below ELSEWHERE that is «-»."""
    waiting: deque[tuple[Any, str, int]] = deque([(values, "", 0)])
    for _ in range(MOST_NODES):
        if not waiting:
            return
        value, name, depth = waiting.popleft()
        if depth > DEEPEST:
            continue
        if isinstance(value, list):
            waiting.extend((one, name, depth + 1) for one in value if isinstance(one, dict | list))
        elif isinstance(value, dict):
            yield value, name
            waiting.extend(
                (one, "-" if name == "-" or key.lower() in ELSEWHERE else key.lower(), depth + 1)
                for key, one in value.items()
                if isinstance(one, dict | list)
            )


def walk_all(values: Any) -> Iterator[Node]:
    """Every object, wherever it hangs."""
    return (node for node, _ in walk(values))


def index(values: Any) -> dict[str, Node]:
    """Nodes by their @id, for those that say more than that."""
    found: dict[str, Node] = {}
    for node, _ in walk(values):
        identity = node.get("@id")
        if isinstance(identity, str) and len(node) > 2:
            found.setdefault(identity, node)
    return found


def listed(node: Node, *names: str) -> list[Any]:
    """The values under the first of the names that has any, as a list."""
    for name in names:
        value = node.get(name)
        if value is None or value in ("", []):
            continue
        return value if isinstance(value, list) else [value]
    return []


def text(node: Node, *names: str) -> str | None:
    """The first readable value: a string, a number, or the @value or name of a node."""
    for value in (one for name in names for one in listed(node, name)):
        plain = _plain(value)
        if isinstance(plain, str) and plain.strip():
            return plain.strip()
        if isinstance(plain, int | float) and not isinstance(plain, bool):
            return str(plain)
    return None


def _plain(value: Any) -> Any:
    """A node that stands where a text belongs usually has the text as its value or its name."""
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return value[0] if isinstance(value, list) and value else value
