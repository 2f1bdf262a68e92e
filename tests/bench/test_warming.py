"""`bin/bench warming`: that each row is what it says."""

import pytest

from bench import warming
from bench.seeding import ensure
from bench.sizes import SIZES
from tests.support.counting import counted
from wishare.core.jobs.models import Job
from wishare.dashboard.models import DashboardView


@pytest.mark.usefixtures("empty")
def test_a_small_run_fills_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    ensure(SIZES["S"], quiet=True)
    costs: dict[str, list[int]] = {name: [] for name in warming.LABELS}
    take = warming.Times.take

    def count(times: warming.Times, name: str, act: object) -> None:
        with counted(warm=True) as cost:
            take(times, name, act)
        costs[name].append(len(cost.queries))

    monkeypatch.setattr(warming.Times, "take", count)
    medians = warming.measure(2, quiet=True)
    assert all(number > 0 for number in medians.values())
    cold, drawn, warm = (costs[name][-1] for name in ("cold", "drawn", "warm"))
    assert cold > drawn == warm
    plain, first, again = (costs[name][-1] for name in ("plain", "first", "again"))
    assert first > again == plain + 1
    assert not Job.objects.exists()
    assert not DashboardView.objects.exists()
    shown = warming.table(medians).splitlines()
    assert len(shown) == 2 + len(medians)
    assert shown[2].startswith("| a write | ")
    assert shown[2].endswith(" | 1.00 |")
