"""How the number of people grows: registrations put into periods, and what is said about them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from wishare.accounts.models import Role
from wishare.staff.chart import Chart, stacked

A_WEEK = 7


@dataclass(frozen=True)
class Period:
    """A day or a week, and how many registered in it, by role in the order of `Role`."""

    first: date
    last: date
    numbers: list[int]

    @property
    def total(self) -> int:
        return sum(self.numbers)


@dataclass(frozen=True)
class Growth:
    """Registrations in periods of equal length, the oldest first (it may be shorter); none is left out."""

    periods: list[Period]
    weekly: bool

    @cached_property
    def chart(self) -> Chart:
        return stacked([period.numbers for period in self.periods])

    @property
    def roles(self) -> list[tuple[str, int]]:
        """Each role and how many registered with it."""
        sums = [sum(column) for column in zip(*(period.numbers for period in self.periods), strict=True)]
        return [(str(role.label), number) for role, number in zip(Role, sums, strict=True)]

    @property
    def total(self) -> int:
        return sum(period.total for period in self.periods)

    @property
    def best(self) -> Period:
        """The period with most registrations; of several, the latest."""
        return max(reversed(self.periods), key=lambda period: period.total)

    @property
    def ticks(self) -> list[date]:
        """The days to write below the chart: the first, the middle, the last."""
        return [self.periods[place].first for place in (0, len(self.periods) // 2, -1)]

    @property
    def newest_first(self) -> list[Period]:
        return [period for period in reversed(self.periods) if period.total]


def grow(rows: Iterable[Mapping[str, Any]], *, days: int, today: date) -> Growth:
    """From what `queries.registrations` found. More than a quarter of a year is told by the week."""
    length = A_WEEK if days > 100 else 1
    number = -(-days // length)
    start, begin = today - timedelta(days=days - 1), today - timedelta(days=number * length - 1)
    counts = [[0] * len(Role) for _ in range(number)]
    for row in rows:
        place = (row["day"] - begin).days // length
        if 0 <= place < number:  # a clock that was wrong, or midnight just now
            counts[place][list(Role).index(row["role"])] += row["number"]
    steps = [begin + timedelta(days=place * length) for place in range(number)]
    ends = [day + timedelta(days=length - 1) for day in steps]
    periods = [Period(max(day, start), end, row) for day, end, row in zip(steps, ends, counts, strict=True)]
    return Growth(periods, weekly=length > 1)
