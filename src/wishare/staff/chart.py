"""A stacked bar chart as numbers: where each bar stands in a drawing of 1000 × 100 units that fills any width.

The texts of the axes are outside of the drawing, so that they are not stretched with it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 1000.0, 100.0
#: The part of its place that a bar takes.
FILL = 0.76


@dataclass(frozen=True)
class Bar:
    """One part of a stack, of the series with this number."""

    series: int
    x: str
    y: str
    width: str
    height: str


@dataclass(frozen=True)
class Chart:
    """All bars, and the largest number that the height stands for; it is even, so that half of it is a number, too."""

    bars: list[Bar]
    top: int

    @property
    def middle(self) -> int:
        return self.top // 2


def stacked(stacks: Sequence[Sequence[int]]) -> Chart:
    """One stack a column, one number a series, from the bottom up."""
    top = nice_top(max((sum(stack) for stack in stacks), default=0))
    place = WIDTH / max(len(stacks), 1)
    bars = [bar for column, stack in enumerate(stacks) for bar in _stack(stack, (column + 0.5) * place, place, top)]
    return Chart(bars, top)


def nice_top(largest: int) -> int:
    """The first even one of 2, 3, 4, 5, 6, 8, 10, 20, 30 … that is not below."""
    unit = 1
    while largest > 10 * unit:
        unit *= 10
    steps = (step * unit for step in (2, 3, 4, 5, 6, 8, 10))
    return next(step for step in steps if step >= largest and step % 2 == 0)


def _stack(numbers: Sequence[int], middle: float, place: float, top: int) -> list[Bar]:
    bars, below = [], 0
    for series, number in enumerate(numbers):
        below += number
        if number:
            x, y, width, height = middle - place * FILL / 2, 1 - below / top, place * FILL, number / top
            bars.append(Bar(series, f"{x:.2f}", f"{y * HEIGHT:.2f}", f"{width:.2f}", f"{height * HEIGHT:.2f}"))
    return bars
