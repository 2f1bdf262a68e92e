"""A database of one's own for the benchmark to fill."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker


@pytest.fixture
def empty(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """Without any table, and gone afterwards."""
    from tests.indexes import databases

    with django_db_blocker.unblock(), databases.scratch(f"wishare_pages_{os.getpid()}", tmp_path):
        yield
