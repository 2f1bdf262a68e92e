"""Writes many rows at once, the fastest way each database has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction

Row = tuple[object, ...]


class Table:
    """Where rows of some fields of a model go; the other fields get their default, the same in every row, or the
    database's own."""

    def __init__(self, model: type[models.Model], names: tuple[str, ...]) -> None:
        fields = model._meta.local_concrete_fields
        given = [field for name in names for field in fields if field.name == name]
        rest = [field for field in fields if field not in given and field.db_default is models.NOT_PROVIDED]
        self.model, self.name = model, model._meta.db_table
        self.given = [field.attname for field in given]
        self.columns = [str(field.column) for field in (*given, *rest)]
        self.rest = tuple(_constant(field) for field in rest)

    def full(self, rows: Iterable[Row]) -> Iterator[Row]:
        return (row + self.rest for row in rows)


def _constant(field: models.Field[Any, Any]) -> object:
    """A field's default as both databases read it. Raises ValueError where each row needs a value of its own."""
    if field.has_default() and callable(field.default) and field.default is not dict:
        raise ValueError(f"the data set has no values for {field}")
    value = field.get_default()
    if value is None and not field.null:
        raise ValueError(f"the data set has no values for {field}")
    if isinstance(value, models.Choices):
        value = value.value
    if isinstance(value, bool):
        return int(value)
    return "{}" if value == {} else value


def copy(table: Table, rows: Iterable[Row]) -> None:
    """Adds the rows to their table."""
    WRITERS[connection.vendor](table, table.full(rows))


def _copy_postgresql(table: Table, rows: Iterable[Row]) -> None:
    columns = ", ".join(map(_quoted, table.columns))
    with connection.cursor() as cursor, cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as stream:
        for row in rows:
            stream.write_row(row)


def _copy_sqlite(table: Table, rows: Iterable[Row]) -> None:
    columns, places = ", ".join(map(_quoted, table.columns)), ", ".join("?" * len(table.columns))
    connection.ensure_connection()
    statement = f"INSERT INTO {table.name} ({columns}) VALUES ({places})"  # noqa: S608 (our own names)
    connection.connection.cursor().executemany(statement, rows)


WRITERS: dict[str, Callable[[Table, Iterable[Row]], None]] = {
    "postgresql": _copy_postgresql,
    "sqlite": _copy_sqlite,
}


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


@contextmanager
def in_bulk() -> Iterator[None]:
    """One transaction, set up for very many rows: all of it is there afterwards, or nothing."""
    if connection.vendor == "sqlite":
        with _pragmas():
            yield
        return
    with transaction.atomic():
        # Checked with each COPY: the list of what is left to check would grow with the data.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield


@contextmanager
def _pragmas() -> Iterator[None]:
    """A rollback journal holds only pages that were there before: next to nothing, where the log would hold all."""
    connection.ensure_connection()
    _run("PRAGMA journal_mode=DELETE", "PRAGMA synchronous=OFF", "PRAGMA foreign_keys=OFF", "PRAGMA cache_size=-400000")
    try:
        with transaction.atomic():
            yield
    finally:
        connection.close()  # the next connection has the pragmas of the settings


def finish(tables: Iterable[Table]) -> None:
    """Numbers go on after the copied ones, and the planner learns what is there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(_no_style(), [table.model for table in tables]):
            cursor.execute(statement)
    _run("ANALYZE")


def _run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _no_style() -> Any:
    from django.core.management.color import no_style

    return no_style()
