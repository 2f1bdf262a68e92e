"""The goals of the design, held against what was measured, and how both are shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.pages import Page

#: Of the guide: the dashboard, the index of lists, both; milliseconds. Ours are ten times under.
GUIDE = {"dashboard": 50, "lists": 100, "both": 150}
TIMES_UNDER = 10


@dataclass(frozen=True)
class Goal:
    """A number, and the bound it should keep. At the bound is kept."""

    name: str
    value: float
    bound: float
    unit: str = ""
    at_least: bool = False

    @property
    def verdict(self) -> str:
        kept = self.value >= self.bound if self.at_least else self.value <= self.bound
        return "PASS" if kept else "FAIL"


def goals(medians: Mapping[str, float], hit_rate: float) -> list[Goal]:
    """From the medians of the rows by their names, and the share of keys that the cache knew."""
    floor, dashboard, lists = medians["floor"], medians["dashboard warm"], medians["lists warm"]
    before, shown = medians["lists before"], {"dashboard": dashboard, "lists": lists, "both": dashboard + lists}
    return [
        Goal("floor ÷ anonymous", floor / medians["anonymous"], 2),
        Goal("dashboard warm ÷ floor", dashboard / floor, 1.5),
        Goal("dashboard cold ÷ floor", medians["dashboard cold"] / floor, 6),
        Goal("lists before ÷ lists warm", before / lists, 5, at_least=True),
        Goal("lists before ÷ dashboard warm", before / dashboard, 5, at_least=True),
        Goal("hit rate, 5 % writes", 100 * hit_rate, 95, " %", at_least=True),
        *(Goal(f"{name} warm, p50", shown[name], GUIDE[name] / TIMES_UNDER, " ms") for name in GUIDE),
    ]


def table(pages: Iterable[Page], floor: float) -> str:
    """The rows, in Markdown."""
    lines = ["| page | p50 ms | p95 ms | queries | cache round trips | ÷ floor |", "|---|--:|--:|--:|--:|--:|"]
    lines += [
        f"| {page.name} | {page.p50:.2f} | {page.p95:.2f} "
        f"| {page.queries} | {page.round_trips} | {page.p50 / floor:.2f} |"
        for page in pages
    ]
    return "\n".join(lines)


def verdicts(found: Iterable[Goal]) -> str:
    """The goals, in Markdown."""
    lines = ["| goal | measured | bound | |", "|---|--:|--:|---|"]
    for goal in found:
        sign = "≥" if goal.at_least else "≤"
        lines.append(
            f"| {goal.name} | {goal.value:.2f}{goal.unit} | {sign} {goal.bound:g}{goal.unit} | {goal.verdict} |"
        )
    return "\n".join(lines)
