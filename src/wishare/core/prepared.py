"""Queries that a process compiles once: a call binds its values to the SQL and makes the rows.

Django takes several times longer to write one of the long statements of a page than the database to answer it.

    def _dated(*, viewer: int, today: date) -> QuerySet[Wishlist]:
        return Wishlist.objects.filter(owner=viewer, event_date__gte=today)

    dated = Prepared(_dated, viewer=int, today=date)

Values are parameters of the SQL and nothing else. What changes the SQL itself (an order, whether there is a cursor) is
the *shape*: make one `Prepared` for each in a function with `functools.cache`, whose arguments no user chooses freely.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from copy import copy
from datetime import UTC, date, datetime, timedelta
from typing import Any, Generic, NamedTuple, TypeVar

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import cached_property

Row = TypeVar("Row")
#: What stands for values while a query is compiled. Numbers are small: some columns are.
MARKERS: dict[type, Callable[[int], Any]] = {
    int: lambda number: number,
    str: lambda number: f"marker \\%_{number}",  # with what some look-ups escape: later nobody would
    date: lambda number: date(1900, 1, 1) + timedelta(days=number),
    datetime: lambda number: datetime(1900, 1, 1, 1, 2, 3, 4, tzinfo=UTC) + timedelta(days=number),
}


class UnpreparableError(ValueError):
    """Something else becomes of a query's values than parameters of one SQL."""


class Prepared(Generic[Row]):
    """The rows of `make(**values)` as Django gives them. Threads may share it; `make` depends on its values alone.

    Each value has one of the types in MARKERS. Booleans and `None` are shapes.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], **kinds: type) -> None:
        if unknown := set(kinds.values()) - MARKERS.keys():
            raise UnpreparableError(f"no kind of value: {unknown}")
        self._make, self._kinds = make, kinds

    def __call__(self, **values: Any) -> list[Row]:
        if values.keys() != self._kinds.keys() or not all(_is_a(self._kinds[name], values[name]) for name in values):
            given = {name: type(value) for name, value in values.items()}
            raise TypeError(f"{self._make.__qualname__} takes {self._kinds}, not {given}")
        origin, template, sql, constants, slots = self._statement
        params, query, compiler = list(constants), copy(origin.query), copy(template)
        compiler.connection = connections[origin.db]
        for position, name, found in slots:
            params[position] = _adapted(values[name], compiler.connection.ops, found)
        # Django's own way from here: this queryset asks no compiler but the one that has its SQL already.
        compiler.as_sql = lambda: (sql, tuple(params))
        query.get_compiler = lambda *args, **options: compiler
        rows = type(origin)(origin.model, query, origin.db)
        rows._iterable_class, rows._fields = origin._iterable_class, origin._fields
        return list(rows)

    @cached_property
    def _statement(self) -> "_Statement":
        """Compiled with two sets of markers. Threads that meet here make the same."""
        (one, statement), (other, again) = self._compile(20_000), self._compile(30_000)
        if statement.sql != again.sql:
            raise UnpreparableError(f"the SQL depends on a value: {statement.sql} is not {again.sql}")
        for position, pair in enumerate(zip(statement.params, again.params, strict=True)):
            if name := _name_of(pair, one, other, statement.compiler.connection.ops):
                statement.slots.append((position, name, type(pair[0])))
        if unused := self._kinds.keys() - {name for _, name, _ in statement.slots}:
            raise UnpreparableError(f"not in the SQL: {', '.join(unused)}")
        statement.compiler.connection = None  # it belongs to this thread
        return statement

    def _compile(self, first: int) -> tuple[dict[str, Any], "_Statement"]:
        markers = {name: MARKERS[kind](number) for number, (name, kind) in enumerate(self._kinds.items(), first)}
        queryset: Any = self._make(**markers)
        if queryset._prefetch_related_lookups or queryset._known_related_objects:
            raise UnpreparableError("neither prefetch_related nor the manager of a related object")
        compiler = queryset.query.get_compiler(queryset.db)
        with suppress(EmptyResultSet):
            sql, params = compiler.as_sql()
            return markers, _Statement(queryset, compiler, sql, params, [])
        raise UnpreparableError("the query finds nothing, whatever the values")


class _Statement(NamedTuple):
    queryset: Any
    compiler: Any
    sql: str
    params: Sequence[object]
    #: Which parameter, the name of the value that goes there, and the type that Django gives it there.
    slots: list[tuple[int, str, type]]


def _name_of(pair: tuple[Any, Any], one: Any, other: Any, ops: BaseDatabaseOperations) -> str | None:
    """Of which value both are the markers; none of a constant."""
    if pair[0] == pair[1]:
        if pair[0] == ops.adapt_datefield_value(timezone.localdate()):
            raise UnpreparableError("today would stay today: the date must be a value")
        return None
    found = type(pair[0])
    for name in one:
        adapted = tuple(_adapted(markers[name], ops, found) for markers in (one, other))
        if adapted == pair and type(adapted[0]) is found:
            return str(name)
    raise UnpreparableError(f"made from a value, or from the time of day: {pair}")


def _adapted(value: Any, ops: BaseDatabaseOperations, found: type) -> object:
    """What fields pass on to the database. psycopg has a type for each size of integers."""
    if isinstance(value, datetime):
        return ops.adapt_datetimefield_value(value)
    if isinstance(value, date):
        return ops.adapt_datefield_value(value)
    return str(value) if isinstance(value, str) else found(value) if issubclass(found, int) else value


def _is_a(kind: type, value: object) -> bool:
    if kind is datetime:
        return isinstance(value, datetime) and timezone.is_aware(value)
    return isinstance(value, kind) and not isinstance(value, bool | datetime)
