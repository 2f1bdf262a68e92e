"""The data set M beside the tests' own database, and one of their own where a test makes its tables."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker


@pytest.fixture(scope="module")
def data_set(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A hundred thousand lists, for reading."""
    from tests.indexes import databases

    with django_db_blocker.unblock(), databases.seeded("M"):
        yield


@pytest.fixture
def empty(django_db_blocker: DjangoDbBlocker, tmp_path: Path) -> Iterator[None]:
    """A database without any table."""
    from tests.indexes import databases

    with django_db_blocker.unblock(), databases.scratch(f"wishare_scratch_{os.getpid()}", tmp_path):
        yield
