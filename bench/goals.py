"""The goals of the design, held against what was measured, and how both are shown."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from itertools import chain
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.pages import Measured, Page

#: Of the guide: the dashboard, the index of lists, both; milliseconds. Ours are ten times under.
GUIDE = {"dashboard": 50, "lists": 100, "both": 150}
TIMES_UNDER = 10
COLUMNS = ("p50 ms", "p95 ms", "queries", "cache round trips", "÷ floor")


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


def goals(medians: Mapping[str, float], hit_rate: float, others: Mapping[str, float]) -> list[Goal]:
    """From the medians of the rows by their names, here and on another database, and the share of keys that the cache
    knew. With another database each page has one goal more: its cost does not grow with the tables."""
    floor, dashboard, lists = medians["floor"], medians["dashboard warm"], medians["lists warm"]
    shown = {"dashboard": dashboard, "lists": lists, "both": dashboard + lists}
    found = [
        Goal("floor ÷ anonymous", floor / medians["anonymous"], 2),
        Goal("dashboard warm ÷ floor", dashboard / floor, 1.5),
        Goal("dashboard cold ÷ floor", medians["dashboard cold"] / floor, 6),
        Goal("dashboard before ÷ warm", medians["dashboard before"] / dashboard, 5, at_least=True),
        Goal("hit rate, 5 % writes", 100 * hit_rate, 95, " %", at_least=True),
        *(Goal(f"{name} warm, p50", shown[name], GUIDE[name] / TIMES_UNDER, " ms") for name in GUIDE),
    ]
    warm = (name for name in others if name.endswith("warm"))
    return [*found, *(Goal(f"{name} ÷ the same on S", medians[name] / others[name], 1.3) for name in warm)]


def table(pages: list[Page], others: list[Page]) -> str:
    """The rows, in Markdown, with those of another database beside them where there is one."""
    titles, parts = ["page", *COLUMNS], [[[page.name], _columns(page, pages[0])] for page in pages]
    if others:
        titles += [f"S: {title}" for title in COLUMNS] + ["÷ S"]
        for part, page, other in zip(parts, pages, others, strict=True):
            part += [_columns(other, others[0]), [f"{page.p50 / other.p50:.2f}"]]
    lines = [f"| {' | '.join(titles)} |", f"|---|{'--:|' * (len(titles) - 1)}"]
    lines += [f"| {' | '.join(chain.from_iterable(part))} |" for part in parts]
    return "\n".join(lines)


def _columns(page: Page, floor: Page) -> list[str]:
    """What a row says of a page, by COLUMNS."""
    times = (page.p50, page.p95, page.p50 / floor.p50)
    p50, p95, floors = (f"{number:.2f}" for number in times)
    return [p50, p95, str(page.queries), str(page.round_trips), floors]


def verdicts(found: Iterable[Goal]) -> str:
    """The goals, in Markdown."""
    lines = ["| goal | measured | bound | |", "|---|--:|--:|---|"]
    for goal in found:
        sign = "≥" if goal.at_least else "≤"
        lines.append(
            f"| {goal.name} | {goal.value:.2f}{goal.unit} | {sign} {goal.bound:g}{goal.unit} | {goal.verdict} |"
        )
    return "\n".join(lines)


def as_json(measured: Measured, *, data_set: str) -> str:
    """The same for programs; `others` are the pages on the data set S, if they were asked for."""
    found = {
        "data_set": data_set,
        "pages": [_facts(page, measured.pages[0]) for page in measured.pages],
        "others": [_facts(page, measured.others[0]) for page in measured.others],
        "goals": [{**asdict(goal), "verdict": goal.verdict} for goal in measured.goals],
    }
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _facts(page: Page, floor: Page) -> dict[str, object]:
    """Times in milliseconds."""
    costs = {"queries": page.queries, "round_trips": page.round_trips}
    return {"name": page.name, "p50": page.p50, "p95": page.p95, **costs, "floors": page.p50 / floor.p50}
