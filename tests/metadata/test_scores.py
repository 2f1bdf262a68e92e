"""The sample of real pages, scored by its own scorer, must stay as good as it is."""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from wishare.metadata.amounts import read_price
from wishare.metadata.extractor import extract
from wishare.metadata.page import Page

CASES = Path(os.environ.get("METADATA_CASES", Path(__file__).parents[3] / "shared" / "metadata-cases"))

pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def folder() -> Path:
    if not (CASES / "cases.jsonl").exists():
        pytest.skip(f"THE SCORES ARE NOT GUARDED: no sample of pages at ../shared/metadata-cases ({CASES})")
    return CASES


@cache
def scorer(folder: Path) -> ModuleType:
    """The sample's own eval.py."""
    spec = importlib.util.spec_from_file_location("metadata_cases_eval", folder / "eval.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pages(folder: Path) -> Iterator[tuple[dict[str, Any], bytes]]:
    for line in (folder / "cases.jsonl").read_text().splitlines():
        case = json.loads(line)
        yield case, gzip.decompress((folder / case["html_path"]).read_bytes())


@cache
def outcomes(folder: Path) -> dict[str, list[tuple[str, Any, Any, int]]]:
    """For each field: which page, what was expected, what was read, and how right that is (0, 1 leniently, 2)."""
    rate = scorer(folder).OK
    found: dict[str, list[tuple[str, Any, Any, int]]] = {}
    for case, html in pages(folder):
        product: dict[str, Any] = dict(extract(html, case["url"]))
        for field, expected in case["expected"].items():
            got = product.get(field)
            wanted = expected if isinstance(expected, list) else [expected]
            right = 0 if got is None or expected is None else max(rate[field](one, got) for one in wanted)
            found.setdefault(field, []).append((case["id"], expected, got, right))
    return found


@pytest.mark.parametrize(
    ("field", "share"), [("price", 0.96), ("currency", 0.95), ("title", 0.95), ("image_url", 0.85)]
)
def test_is_right(folder: Path, field: str, share: float) -> None:
    rows = [row for row in outcomes(folder)[field] if row[1] is not None]
    assert len(rows) > 20
    wrong = [row[:3] for row in rows if not row[3]]
    assert 1 - len(wrong) / len(rows) >= share, wrong


def test_no_price_where_there_is_none(folder: Path) -> None:
    rows = [row for row in outcomes(folder)["price"] if row[1] is None]
    assert len(rows) > 40
    assert [row for row in rows if row[2] is not None] == []


def test_price_texts(folder: Path) -> None:
    rows = [json.loads(line) for line in (folder / "price_strings.jsonl").read_text().splitlines()]
    number = scorer(folder).dec
    right = sum(number(read_price(row["price_raw"], row["currency_raw"])[0]) == number(row["amount"]) for row in rows)
    assert len(rows) > 1000
    assert right / len(rows) >= 0.99


def test_a_page_costs_little_more_than_parsing_it(folder: Path) -> None:
    """A ratio, because machines differ: on a quiet one parsing takes 2 ms a page and everything 5."""
    sample = [(html, case["url"]) for case, html in pages(folder)][::3]
    extract(*sample[0])
    parsing = _seconds(lambda: [Page(*one) for one in sample])
    everything = _seconds(lambda: [extract(*one) for one in sample])
    assert everything < 5 * parsing


def _seconds(work: Any) -> float:
    """Processor time, the better of two."""
    times = []
    for _ in range(2):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)
