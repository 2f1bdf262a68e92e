"""Keyset paging: a page starts after the last row seen, so page 1,000 costs what page 1 costs."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.core import signing
from django.db import models
from django.db.models import Q, QuerySet

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
    ordered = rows.order_by(*keys)
    signer = signing.Signer(salt=f"cursor:{','.join(keys)}")
    with suppress(signing.BadSignature):
        ordered = ordered.filter(_after(keys, signer.unsign_object(cursor)))
    found = list(ordered[: size + 1])
    more = len(found) > size
    cursor = signer.sign_object([_value(found[size - 1], key) for key in keys]) if more else ""
    return Page(found[:size], cursor)


def _after(keys: Sequence[str], values: Sequence[object]) -> Q:
    """The rows behind the one with these values, in the order of the keys."""
    names = [key.lstrip("-") for key in keys]
    condition = Q()
    for position, key in enumerate(keys):
        same = Q(**dict(zip(names[:position], values, strict=False)))
        beyond = "lt" if key.startswith("-") else "gt"
        condition |= same & Q(**{f"{names[position]}__{beyond}": values[position]})
    return condition


def _value(row: object, key: str) -> str | int:
    for name in key.lstrip("-").split("__"):
        row = getattr(row, name)
    return row if isinstance(row, int) else str(row)
