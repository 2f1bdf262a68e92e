"""A table that jobs write to."""

from collections.abc import Callable, Iterator

import pytest

QUEUES = ("default", "low_priority")


@pytest.fixture
def effects(transactional_db: None) -> Iterator[Callable[[], list[int]]]:
    """The numbers that jobs have written, in order of writing."""
    from django.db import connection

    from tests.jobs.work import TABLE

    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {TABLE} (number integer)")

    def read() -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT number FROM {TABLE}")
            return [row[0] for row in cursor.fetchall()]

    yield read
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {TABLE}")


@pytest.fixture
def work() -> Callable[[], bool]:
    """Runs the next job here."""
    from wishare.core.jobs import running

    return lambda: running.run_next(QUEUES, "test/0")
