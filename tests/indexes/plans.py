"""How the database answers the queries that a piece of the application makes."""

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

Query = tuple[str, Any]


def queries(run: Callable[[], object]) -> list[Query]:
    """What `run` asks the database, as it asks it."""
    seen: list[Query] = []

    def note(execute: Callable[..., object], sql: str, params: object, many: bool, context: object) -> object:
        seen.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        run()
    return [(sql, params) for sql, params in seen if sql.startswith("SELECT")]


def used_indexes(run: Callable[[], object]) -> set[str]:
    """The names of the indexes in the plans of its queries."""
    return {name for query in queries(run) for name in _indexes_of(query)}


def _indexes_of(query: Query) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield from (node["Index Name"] for node in _nodes(_explain(query, "FORMAT JSON")) if "Index Name" in node)
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {query[0]}", query[1])
        for *_, step in cursor.fetchall():
            yield from re.findall(r"INDEX (\w+)", step)


def effort(run: Callable[[], object]) -> int:
    """How much the database did: rows looked at (PostgreSQL), or thousands of steps of its machine (SQLite)."""
    if connection.vendor == "postgresql":
        plans = [_explain(query, "ANALYZE, TIMING OFF, FORMAT JSON") for query in queries(run)]
        return int(sum(_rows_read(node) for plan in plans for node in _nodes(plan)))
    ticks = 0

    def tick() -> int:
        nonlocal ticks
        ticks += 1
        return 0

    connection.ensure_connection()
    connection.connection.set_progress_handler(tick, 1000)
    try:
        run()
    finally:
        connection.connection.set_progress_handler(None, 0)
    return ticks


def _explain(query: Query, options: str) -> dict[str, Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN ({options}) {query[0]}", query[1])
        [[found]] = cursor.fetchall()
    plans = json.loads(found) if isinstance(found, str) else found
    top: dict[str, Any] = plans[0]["Plan"]
    return top


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes(inner)


def _rows_read(node: dict[str, Any]) -> float:
    """Rows of a table that one step of a plan fetched, kept or not."""
    if "Scan" not in node["Node Type"] or node["Node Type"] == "Bitmap Heap Scan":
        return 0
    rows = node["Actual Rows"] + node.get("Rows Removed by Filter", 0)
    return float(rows * node["Actual Loops"])


@contextmanager
def without_statistics() -> Iterator[None]:
    """SQLite as in an installation that nobody has ever run ANALYZE in. PostgreSQL sees to that by itself."""
    if connection.vendor == "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("DELETE FROM sqlite_stat1")
        cursor.execute("ANALYZE sqlite_schema")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
            connection.close()
