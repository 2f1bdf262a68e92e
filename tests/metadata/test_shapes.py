"""Every way that we know of to write a product's page, and pages that are none."""

from __future__ import annotations

import pytest

from tests.metadata import shapes
from tests.metadata.scoring import OURS, Case
from wishare.metadata.extractor import extract

pytestmark = pytest.mark.once


@pytest.mark.parametrize("case", OURS, ids=[case[0] for case in OURS])
def test_is_read(case: Case) -> None:
    _, url, html, expected = case
    found = extract(html, url)
    assert {field: found[field] for field in expected} == expected  # type: ignore[literal-required]


def test_a_shape_without_its_price_has_none() -> None:
    """What proves that the pages above are read for their prices and not for something else."""
    html = shapes.page(shapes.buying("Ask us"))
    assert extract(html.encode(), "https://laden.de/kanne-12345.html")["price"] is None
