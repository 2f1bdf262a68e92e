"""What a request costs: its queries, and its round trips to the cache."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

READS, WRITES = ("get", "get_many"), ("set", "set_many", "add", "incr", "delete", "delete_many", "touch")


@dataclass
class Costs:
    """Printed when a budget does not hold."""

    queries: list[str] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    @property
    def trips(self) -> int:
        return len(self.calls)

    @property
    def writes(self) -> int:
        return len([call for call in self.calls if call in WRITES])


@contextmanager
def counted() -> Iterator[Costs]:
    """The real cache goes on working; a call inside another call is no trip of its own."""
    costs, backend = Costs(), caches["default"]
    inside: list[str] = []

    def counting(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            if not inside:
                costs.calls.append(name)
            inside.append(name)
            try:
                return method(*args, **kwargs)
            finally:
                inside.pop()

        return call

    replaced: Any = {name: counting(name, getattr(backend, name)) for name in (*READS, *WRITES)}
    with patch.multiple(backend, **replaced), CaptureQueriesContext(connection) as queries:
        yield costs
    costs.queries = [query["sql"] for query in queries]
