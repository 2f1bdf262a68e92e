"""What is stored, read as the database has it: to see whether anything was written, no objects are needed."""

from collections.abc import Iterable
from functools import cache

from django.db import connection
from django.db.models import Model

Row = tuple[object, ...]


def stored(models: Iterable[type[Model]], *, without: frozenset[str] = frozenset()) -> list[list[Row]]:
    """All rows of each model, in their order, without some columns."""
    return [_rows(_statement(model, without)) for model in models]


def _rows(statement: str) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        rows: list[Row] = cursor.fetchall()
    return rows


@cache
def _statement(model: type[Model], without: frozenset[str]) -> str:
    fields = model._meta.concrete_fields
    quote = connection.ops.quote_name
    columns = ", ".join(quote(field.column) for field in fields if field.column not in without)
    return f"SELECT {columns} FROM {quote(model._meta.db_table)} ORDER BY {quote(model._meta.pk.column)}"
