"""Queries that a process compiles once: a call binds its values to the SQL and makes the rows.

Django takes several times longer to write one of the long statements of a page than the database to answer it.

    def _dated(*, viewer: int, today: date) -> QuerySet[Wishlist]:
        return Wishlist.objects.filter(owner=viewer, event_date__gte=today)

    dated = Prepared(_dated, viewer=int, today=date)

Values are parameters of the SQL and nothing else. What changes the SQL itself (an order, whether there is a cursor) is
the *shape*: make one `Prepared` for each in a function with `functools.cache`, whose arguments no user chooses freely.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import cache
from threading import local
from typing import Any, Generic, NamedTuple, TypeVar

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import QuerySet
from django.db.models.query import ValuesListIterable
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
        self._make, self._kinds, self._thread = make, kinds, local()

    def __call__(self, **values: Any) -> list[Row]:
        if values.keys() != self._kinds.keys() or not all(_is_a(self._kinds[name], values[name]) for name in values):
            given = {name: type(value) for name, value in values.items()}
            raise TypeError(f"{self._make.__qualname__} takes {self._kinds}, not {given}")
        origin, template, sql, slots = self._statement
        connection = connections[origin.db]
        params: Any = tuple(_adapted(values[name], connection.ops, found) for name, found in slots)
        converters = self._converters(connection)
        if origin._iterable_class is ValuesListIterable and not (converters or template.has_extra_select):
            with planned_once(connection), connection.cursor() as cursor:
                cursor.execute(sql, params)
                found: list[Row] = cursor.fetchall()  # tuples already
                return found
        # Django's own way from here: this queryset asks no compiler but the one that has its SQL already.
        query, compiler = copy(origin.query), copy(template)
        compiler.connection = connection
        compiler.as_sql = lambda: (sql, params)
        compiler.get_converters = lambda expressions: converters
        query.get_compiler = lambda *args, **options: compiler
        rows = type(origin)(origin.model, query, origin.db)
        rows._iterable_class, rows._fields = origin._iterable_class, origin._fields
        with planned_once(connection):
            return list(rows)

    @cached_property
    def _statement(self) -> "_Statement":
        """Compiled with two sets of markers. Threads that meet here make the same."""
        (one, compiled), (other, again) = self._compile(20_000), self._compile(30_000)
        if compiled.sql != again.sql:
            raise UnpreparableError(f"the SQL depends on a value: {compiled.sql} is not {again.sql}")
        connection = compiled.compiler.connection
        pairs = list(zip(compiled.params, again.params, strict=True))
        names = [_name_of(pair, one, other, connection.ops) for pair in pairs]
        if unused := self._kinds.keys() - set(names):
            raise UnpreparableError(f"not in the SQL: {', '.join(unused)}")
        slots = [(name, type(param)) for name, param in zip(names, compiled.params, strict=True) if name]
        compiled.compiler.connection = None  # it belongs to this thread
        return _Statement(compiled.queryset, compiled.compiler, _written_out(compiled, names, connection), slots)

    def _converters(self, connection: BaseDatabaseWrapper) -> Any:
        """What makes Python's values of the columns. Django looks for it anew in each query, a sixth of the time that
        a short one takes. It refers to a connection, of which each thread has its own."""
        if not hasattr(self._thread, "converters"):
            compiler = copy(self._statement.compiler)
            compiler.connection = connection
            columns = [column for column, *_ in compiler.select[: compiler.col_count]]
            self._thread.converters = compiler.get_converters(columns)
        return self._thread.converters

    def _compile(self, first: int) -> tuple[dict[str, Any], "_Compiled"]:
        markers = {name: MARKERS[kind](number) for number, (name, kind) in enumerate(self._kinds.items(), first)}
        queryset: Any = self._make(**markers)
        if queryset._prefetch_related_lookups or queryset._known_related_objects:
            raise UnpreparableError("neither prefetch_related nor the manager of a related object")
        compiler = queryset.query.get_compiler(queryset.db)
        with suppress(EmptyResultSet):
            sql, params = compiler.as_sql()
            return markers, _Compiled(queryset, compiler, sql, params)
        raise UnpreparableError("the query finds nothing, whatever the values")


class PreparedKeys(Generic[Row]):
    """The rows of `make(keys, **values)` for any number of keys, compiled once for each of a few numbers.

    The last key is repeated up to the next of `sizes`, and more than the largest are asked for a part at a time. No
    key is no query, unless 0 is one of the sizes.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Row]], sizes: Sequence[int], **kinds: type) -> None:
        self._sizes = sizes
        self._queries = {
            size: Prepared(_of_keys(make, size), **dict.fromkeys(_names(size), int), **kinds) for size in sizes
        }

    def __call__(self, keys: Iterable[int], **values: Any) -> list[Row]:
        wanted, most = list(keys), self._sizes[-1]
        firsts = range(0, len(wanted), most) if wanted else range(0 in self._sizes)
        return [row for first in firsts for row in self._some(wanted[first : first + most], values)]

    def _some(self, keys: list[int], values: dict[str, Any]) -> list[Row]:
        size = next(size for size in self._sizes if size >= len(keys))
        keys += keys[-1:] * (size - len(keys))
        return self._queries[size](**dict(zip(_names(size), keys, strict=True)), **values)


def _of_keys(make: Callable[..., QuerySet[Any, Row]], size: int) -> Callable[..., QuerySet[Any, Row]]:
    return lambda **values: make([values.pop(name) for name in _names(size)], **values)


@cache
def _names(size: int) -> tuple[str, ...]:
    return tuple(f"key_{number}" for number in range(size))


@contextmanager
def planned_once(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """With `DATABASE_PREPARED`, PostgreSQL gets the parameters of what is asked here apart from the SQL, and keeps its
    plan for all calls. That is for SQL with its constants in it: for other queries such a plan may be a bad one."""
    if not settings.DATABASE_PREPARED or connection.vendor != "postgresql":
        yield
        return
    from django.db.backends.postgresql.base import ServerBindingCursor  # is there with psycopg alone

    connection.ensure_connection()
    psycopg: Any = connection.connection
    usual, psycopg.cursor_factory = psycopg.cursor_factory, ServerBindingCursor
    try:
        yield
    finally:
        psycopg.cursor_factory = usual


class _Compiled(NamedTuple):
    queryset: Any
    compiler: Any
    sql: str
    params: Sequence[object]


class _Statement(NamedTuple):
    queryset: Any
    compiler: Any
    sql: str
    #: For each parameter the name of the value that goes there, and the type that Django gives it there.
    slots: list[tuple[str, type]]


def _written_out(compiled: _Compiled, names: list[str | None], connection: BaseDatabaseWrapper) -> str:
    """The SQL with its constants in it; what has a name stays a parameter.

    With a parameter for each constant PostgreSQL knows neither how many rows are wanted nor which partial index has
    them. It then finds a plan for one call so much better than one for all calls that it plans anew in each.
    """
    left = iter(zip(names, compiled.params, strict=True))
    quote = connection.schema_editor().quote_value

    def text(found: re.Match[str]) -> str:
        name, param = ("%", None) if found[0] == "%%" else next(left)
        return found[0] if name else str(quote(param)).replace("%", "%%")

    return re.sub("%%|%s", text, compiled.sql)


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
