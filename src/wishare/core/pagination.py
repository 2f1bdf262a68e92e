"""Keyset paging: a page starts after the last row seen, so page 1,000 costs what page 1 costs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import Q, QuerySet

from wishare.core.prepared import Prepared

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True)
class Page(Generic[Row]):
    """Some rows, and the cursor for the rows after them: empty when there are none."""

    rows: list[Row]
    next_cursor: str

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def paginate(rows: QuerySet[Row], keys: Sequence[str], cursor: str, size: int) -> Page[Row]:
    """At most `size` rows ordered by `keys` («-name» descends; the last key must be unique), after `cursor`.

    Keys must not be null. A cursor that was not made here for the same keys starts at the beginning.
    """
    return page_of(list(start(rows, keys, cursor)[: size + 1]), keys, size)


class PreparedPages(Generic[Row]):
    """`paginate` with queries that are compiled once for each size: one for the first page, one for those behind a
    place.

    `make(cut, **values)` gives the query; `cut` takes from a queryset the rows of the page and the one after it. `keys`
    are those of `paginate`, each with its type, `kinds` the types of the values, as `Prepared` wants them.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], keys: Mapping[str, type], **kinds: type) -> None:
        self._make, self._kinds, self._keys = make, kinds, tuple(keys)
        self._places = {f"place_{number}": kind for number, kind in enumerate(keys.values())}
        self._queries: dict[tuple[int, bool], Prepared[Row]] = {}

    def __call__(self, cursor: str, size: int, **values: Any) -> Page[Row]:
        return page_of(self.rows(cursor, size, **values), self._keys, size)

    def rows(self, cursor: str, size: int, **values: Any) -> list[Row]:
        """All that the query has found."""
        place = place_of(cursor, self._keys, self._places)
        return self._query(size, bool(place))(**values, **place)

    def _query(self, size: int, behind: bool) -> Prepared[Row]:
        if (size, behind) not in self._queries:
            places = self._places if behind else {}
            self._queries[size, behind] = Prepared(partial(self._page, size), **self._kinds, **places)
        return self._queries[size, behind]

    def _page(self, size: int, **values: Any) -> QuerySet[Row]:
        place = [values.pop(name) for name in self._places if name in values]
        here = after(self._keys, place) if place else Q()
        return self._make(lambda rows: rows.filter(here).order_by(*self._keys)[: size + 1], **values)


def start(rows: QuerySet[Row], keys: Sequence[str], cursor: str) -> QuerySet[Row]:
    """The rows in order, from the first one after `cursor`."""
    if values := values_of(cursor, keys):
        rows = rows.filter(after(keys, values))
    return rows.order_by(*keys)


def page_of(found: list[Row], keys: Sequence[str], size: int) -> Page[Row]:
    """A page of up to `size` rows, from up to `size + 1` that were found: one more tells that there are more."""
    return Page(found[:size], cursor_at(found[size - 1], keys) if len(found) > size else "")


def cursor_at(row: models.Model, keys: Sequence[str]) -> str:
    """What leads to the rows after this one."""
    return _signer(keys).sign_object([_value(row, key) for key in keys])


def values_of(cursor: str, keys: Sequence[str]) -> list[Any]:
    """What the row before a cursor has for each key, times as text; nothing if it was not made for these keys."""
    with suppress(signing.BadSignature):
        return list(_signer(keys).unsign_object(cursor))
    return []


def place_of(cursor: str, keys: Sequence[str], kinds: Mapping[str, type]) -> dict[str, Any]:
    """`values_of` by the names in `kinds`, one for each key, with the days and times that texts stand for."""
    found = zip(kinds.items(), values_of(cursor, keys), strict=False)
    return {name: kind.fromisoformat(value) if issubclass(kind, date) else value for (name, kind), value in found}


def _signer(keys: Sequence[str]) -> signing.Signer:
    return signing.Signer(salt=f"cursor:{','.join(keys)}")


def after(keys: Sequence[str], values: Sequence[object]) -> Q:
    """The rows behind the one with these values, in the order of the keys.

    The first condition follows from the others: it is the one that lets an index begin there.
    """
    names = [key.lstrip("-") for key in keys]
    first = "lte" if keys[0].startswith("-") else "gte"
    from_here, condition = Q(**{f"{names[0]}__{first}": values[0]}), Q()
    for position, key in enumerate(keys):
        same = Q(**dict(zip(names[:position], values, strict=False)))
        beyond = "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{names[position]}__{beyond}": values[position]})
    return from_here & condition


def _value(row: object, key: str) -> str | int:
    for name in key.lstrip("-").split("__"):
        row = getattr(row, name)
    return row if isinstance(row, int) else str(row)
