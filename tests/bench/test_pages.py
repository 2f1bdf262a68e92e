"""`bin/bench pages`: that it measures what its rows say, and judges by the numbers alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.cache import cache

from bench import goals, mixed, people
from bench.goals import Goal
from bench.pages import Page, measure, rows
from bench.seeding import NotADataSetError, ensure
from bench.sizes import SIZES, Size
from bench.turns import Other
from wishare.accounts.models import User
from wishare.core import flags

ROOT = Path(__file__).resolve().parents[2]
SMALL = SIZES["S"]
#: Medians with which every goal is met, just.
GOOD = {
    "floor": 2.0,
    "anonymous": 1.0,
    "lists before": 30.0,
    "lists cold": 9.0,
    "lists warm": 3.0,
    "dashboard before": 15.0,
    "dashboard cold": 12.0,
    "dashboard warm": 3.0,
}


@pytest.mark.usefixtures("empty")
def test_a_small_run_fills_the_tables() -> None:
    ensure(SMALL)
    measured = measure(2, quiet=True)
    pages, found = measured.pages, measured.goals
    assert measured.others == []
    assert [page.name for page in pages] == [
        page.name for page in rows(User.objects.get(email=people.email_of(people.FIXTURE)))
    ]
    assert all(len(page.times) == 2 and 0 < page.p50 <= page.p95 for page in pages)
    _counts({page.name: (page.queries, page.round_trips) for page in pages})
    [hit_rate] = [goal.value for goal in found if goal.unit == " %"]
    assert found == goals.goals({page.name: page.p50 for page in pages}, hit_rate / 100, {})
    assert 0 < hit_rate < 100, "writes make misses"
    _switches_stand_as_before()
    shown = goals.table(pages, []).splitlines()
    assert len(shown) == 2 + len(pages)
    assert shown[2].startswith(f"| floor | {pages[0].p50:.2f} | ")
    assert shown[2].endswith("| 1.00 |")
    ensure(SMALL)


def _counts(costs: dict[str, tuple[int, int]]) -> None:
    """Each row found what its state says: nothing kept, everything kept, the cache not asked."""
    assert costs["anonymous"] == (0, 0)
    for page in ("lists", "dashboard"):
        assert costs[f"{page} before"][0] > 10 * costs[f"{page} warm"][0]
        assert costs[f"{page} before"][1] == 0
        cold, warm = costs[f"{page} cold"], costs[f"{page} warm"]
        assert cold[0] > warm[0]
        assert cold[1] > warm[1] > 0


def _switches_stand_as_before() -> None:
    flags.forget()
    assert flags.share_of("previous_query_pattern") == flags.NOBODY
    assert flags.share_of("fragment_caching") == flags.EVERYONE


@pytest.mark.usefixtures("empty")
def test_somebodys_database_is_left_alone() -> None:
    ensure(Size("XS", 100))
    User.objects.filter(pk=20).update(email="somebody@example.org")
    with pytest.raises(NotADataSetError):
        ensure(Size("XS", 100))
    assert User.objects.count() == 20


@pytest.mark.parametrize(
    ("value", "at_least", "verdict"),
    [
        (2.0, False, "PASS"),
        (2.01, False, "FAIL"),
        (1.0, False, "PASS"),
        (2.0, True, "PASS"),
        (1.99, True, "FAIL"),
        (3.0, True, "PASS"),
    ],
)
def test_a_verdict_follows_from_value_and_bound(value: float, at_least: bool, verdict: str) -> None:
    assert Goal("", value, 2, at_least=at_least).verdict == verdict


def test_at_the_bounds_everything_is_met() -> None:
    others = {"floor": 0.1, "lists warm": 10, "dashboard warm": 3 / 1.3}
    assert {goal.name: goal.verdict for goal in goals.goals(GOOD, 0.95, others)} == {
        "floor ÷ anonymous": "PASS",
        "dashboard warm ÷ floor": "PASS",
        "dashboard cold ÷ floor": "PASS",
        "dashboard before ÷ warm": "PASS",
        "hit rate, 5 % writes": "PASS",
        "dashboard warm, p50": "PASS",
        "lists warm, p50": "PASS",
        "both warm, p50": "PASS",
        "lists warm ÷ the same on S": "PASS",
        "dashboard warm ÷ the same on S": "PASS",
    }


@pytest.mark.parametrize(
    ("row", "median", "missed"),
    [
        ("anonymous", 0.9, {"floor ÷ anonymous"}),
        ("dashboard cold", 12.1, {"dashboard cold ÷ floor"}),
        ("dashboard warm", 3.1, {"dashboard warm ÷ floor", "dashboard before ÷ warm"}),
        ("lists warm", 10.1, {"lists warm, p50"}),
        ("lists before", 1000, set()),
        ("dashboard before", 14.9, {"dashboard before ÷ warm"}),
    ],
)
def test_a_slower_row_misses_its_goals_and_no_other(row: str, median: float, missed: set[str]) -> None:
    found = goals.goals({**GOOD, row: median}, 0.95, {"dashboard warm": 3})
    assert {goal.name for goal in found if goal.verdict == "FAIL"} == missed


@pytest.mark.parametrize("page", ["dashboard warm", "lists warm"])
@pytest.mark.parametrize(("times", "verdict"), [(1.29, "PASS"), (1.31, "FAIL")])
def test_a_page_may_grow_by_three_tenths(page: str, times: float, verdict: str) -> None:
    last = goals.goals(GOOD, 0.95, {page: GOOD[page] / times})[-1]
    assert (last.name, last.verdict) == (f"{page} ÷ the same on S", verdict)


def test_the_pages_of_another_database_stand_beside() -> None:
    here, there = [Page("floor", "", times=[2, 2]), Page("a", "", times=[3, 3])], [Page("floor", "", times=[1, 1])]
    there.append(Page("a", "", times=[2, 2], queries=7, round_trips=1))
    title, _line, _floor, row = goals.table(here, there).splitlines()
    assert title.endswith("| ÷ floor | S: p50 ms | S: p95 ms | S: queries | S: cache round trips | S: ÷ floor | ÷ S |")
    assert row == "| a | 3.00 | 3.00 | 0 | 0 | 1.50 | 2.00 | 2.00 | 7 | 1 | 2.00 | 1.50 |"


@pytest.mark.once
def test_two_databases_in_turns(tmp_path: Path) -> None:
    """As it is called, with figures for people and for programs, and a directory that is kept."""
    file, environment = tmp_path / "figures.json", {**os.environ, "DATABASE_URL": "", "WISHARE_DATA_DIR": ""}
    command = [sys.executable, str(ROOT / "bin/bench"), "pages", "--rounds", "2"]
    command += ["--data-dir", str(tmp_path / "one"), "--against", str(tmp_path / "other"), "--json", str(file)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(file.read_text())
    assert [page["name"] for page in found["pages"]] == [page["name"] for page in found["others"]]
    assert all(page["p50"] > 0 for page in found["others"])
    warm, other = ([page for page in found[name] if page["name"] == "friends warm"] for name in ("pages", "others"))
    assert found["goals"][-1]["value"] == warm[0]["p50"] / other[0]["p50"]
    assert f"| {found['goals'][-1]['name']} | {found['goals'][-1]['value']:.2f} | ≤ 1.3 |" in done.stdout
    assert (tmp_path / "other/wishare.sqlite3").exists()


@pytest.mark.once
def test_a_database_that_cannot_be_measured_ends_the_run() -> None:
    with pytest.raises(EOFError):
        Other("postgresql://nobody@127.0.0.1:1/none", 2)


def test_the_verdicts_are_in_the_table() -> None:
    shown = goals.verdicts([Goal("a ÷ b", 1.5, 2), Goal("rate", 94.9, 95, " %", at_least=True)]).splitlines()
    assert shown[2:] == ["| a ÷ b | 1.50 | ≤ 2 | PASS |", "| rate | 94.90 % | ≥ 95 % | FAIL |"]


def test_keys_are_counted_as_the_cache_answers() -> None:
    cache.set("known", "")
    with mixed.counted_keys() as asked:
        cache.get_many(["known", "unknown"])
        cache.get("known")
        cache.get("unknown")
    assert (asked.keys, asked.hits, asked.rate) == (4, 2, 0.5)


@pytest.mark.once
@pytest.mark.parametrize("number", ["1", "0", "many"])
def test_too_few_rounds_are_refused(number: str) -> None:
    command = [sys.executable, str(ROOT / "bin/bench"), "pages", "--rounds", number]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    assert shown.returncode == 2
    assert "a whole number from 2" in shown.stderr
