"""What a request costs: its queries, with the place in our code that asked, and its round trips to the cache."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.db import connection
from django.test import Client

from wishare.core import flags

SOURCE = str(Path(__file__).resolve().parents[2] / "src")
ROUND_TRIPS = (
    "get",
    "get_many",
    "set",
    "set_many",
    "add",
    "incr",
    "touch",
    "delete",
    "delete_many",
    "get_or_set",
    "has_key",
)


@dataclass
class Cost:
    """Filled while a `counted` block runs."""

    queries: list[str] = field(default_factory=list)
    cache: list[str] = field(default_factory=list)

    def __le__(self, budget: object) -> bool:
        """Within so many queries and so many round trips."""
        return isinstance(budget, tuple) and len(self.queries) <= budget[0] and len(self.cache) <= budget[1]

    def __str__(self) -> str:
        return "\n".join([f"{len(self.queries)} queries:", *self.queries, f"cache: {', '.join(self.cache)}"])


def cost_of(client: Client, address: str) -> Cost:
    """Of one page, sign-in included; it has to open."""
    with counted() as cost:
        assert client.get(address).status_code == 200
    return cost


@contextmanager
def counted(*, warm: bool = False) -> Iterator[Cost]:
    """Counts what this thread asks of the database and of the default cache.

    `warm`: the switches are looked at just before, as another page of the same second would have.
    """
    if warm:
        flags.share_of("fragment_caching")
    cost = Cost()

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            cost.queries.append(f"  {_asked_by()}: {sql[:300]}")
        return execute(sql, params, many, context)

    cache, inside = caches["default"], list[str]()
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(note))
        for name in ROUND_TRIPS:
            stack.enter_context(patch.object(cache, name, _noting(cost, name, getattr(cache, name), inside)))
        yield cost


def _noting(cost: Cost, name: str, method: Any, inside: list[str]) -> Any:
    """The method, noted; what it calls of its own class is not a round trip of its own."""

    def call(*args: Any, **kwargs: Any) -> Any:
        if not inside:
            cost.cache.append(name)
        inside.append(name)
        try:
            return method(*args, **kwargs)
        finally:
            inside.pop()

    return call


def _asked_by() -> str:
    """The innermost frame of our code; the stack is walked without reading any source."""
    frame: FrameType | None = sys._getframe()
    while frame:
        code = frame.f_code
        if code.co_filename.startswith(SOURCE) and not code.co_filename.endswith("prepared.py"):
            return f"{Path(code.co_filename).name}:{frame.f_lineno} {code.co_name}"
        frame = frame.f_back
    return "Django"
