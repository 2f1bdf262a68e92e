"""How often a request asks the database and the cache."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CALLS = ("get", "get_many", "set", "set_many", "add", "incr", "delete", "delete_many", "touch", "has_key")


@dataclass
class Cost:
    """Of one request: its queries, and the round trips to the cache."""

    queries: list[str]
    trips: list[str]

    def __le__(self, budget: object) -> bool:
        return isinstance(budget, tuple) and len(self.queries) <= budget[0] and len(self.trips) <= budget[1]


def cost_of(client: Client, address: str) -> Cost:
    """Session and user included; the page has to open."""
    with CaptureQueriesContext(connection) as queries, round_trips() as trips:
        assert client.get(address).status_code == 200
    return Cost([query["sql"] for query in queries], trips)


@contextmanager
def round_trips() -> Iterator[list[str]]:
    """The calls of the default cache, which may be far; what a call of it does inside is not another one."""
    made: list[str] = []
    inside: list[str] = []
    backend = type(caches["default"])

    def counted(name: str) -> Any:
        original = getattr(backend, name)

        @wraps(original)
        def call(*args: Any, **options: Any) -> Any:
            if not inside and args[0] is caches["default"]:
                made.append(name)
            inside.append(name)
            try:
                return original(*args, **options)
            finally:
                inside.pop()

        return call

    with ExitStack() as stack:
        for name in CALLS:
            stack.enter_context(patch.object(backend, name, counted(name)))
        yield made
