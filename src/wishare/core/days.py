"""What has a time, under the days it is of, as pages of what happened show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from itertools import groupby
from typing import Generic, TypeVar

from django.utils import timezone

Row = TypeVar("Row")


@dataclass(frozen=True)
class Day(Generic[Row]):
    """`continued`: the rows above these, already on the screen, have its name."""

    date: date
    rows: list[Row]
    continued: bool


def by_day(dated: Iterable[tuple[datetime, Row]], shown: str, zone: tzinfo | None = None) -> list[Day[Row]]:
    """In the order given, by the days of a time zone; `shown` is the day above, as «2027-01-31»."""
    days = groupby(dated, key=lambda row: timezone.localdate(row[0], zone))
    return [Day(day, [row for _moment, row in found], day.isoformat() == shown) for day, found in days]
