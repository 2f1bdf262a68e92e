"""Processes that start at the same time: one prepares, the others wait, and say so."""

import fcntl
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from io import StringIO
from pathlib import Path

import psycopg
import pytest
from django.conf import settings as django_settings
from django.core.management.base import OutputWrapper
from django.db import connection, connections
from pytest_django import Settings

from tests.jobs.test_commands import READY, wishare
from tests.jobs.test_killed import wait_until
from tests.support.servers import free_port, postgres
from wishare.core import alone, preparation

WAITING = "Waiting: another process is preparing"


@pytest.fixture(scope="module")
def empty_databases() -> Iterator[list[str]]:
    """A PostgreSQL of its own: the names of its databases, none of which has a table."""
    with postgres() as url:
        with psycopg.connect(url, autocommit=True) as database:
            for name in ("apart", "together"):
                database.execute(f"CREATE DATABASE {name}")
        yield [url.replace("/postgres?", f"/{name}?") for name in ("apart", "together")]


@pytest.mark.once
@pytest.mark.parametrize("place", ["one database", "one data directory"])
def test_servers_that_start_at_once_prepare_one_after_the_other(
    place: str, tmp_path: Path, empty_databases: list[str]
) -> None:
    """With a worker beside them, which says what it waits for."""
    url = {"DATABASE_URL": empty_databases[0]} if place == "one database" else {}
    with ExitStack() as stack:
        logs = []
        _worker, worker_log = stack.enter_context(wishare(tmp_path, "worker", **url))
        wait_until(lambda: "Waiting for the database" in worker_log.read_text(), 30)
        for number in range(3):
            directory = tmp_path / str(number)
            directory.mkdir()
            own = url or {"WISHARE_DATA_DIR": str(tmp_path / "data")}
            command = ("serve", "--port", str(free_port()))
            logs.append(stack.enter_context(wishare(directory, *command, ROLE="web", **own))[1])
        wait_until(lambda: all("Wishare is ready" in log.read_text() for log in logs), 90)
        wait_until(lambda: READY in worker_log.read_text(), 30)
        told = [log.read_text() for log in logs]
        assert "Traceback" not in "".join(told)
        assert sum(WAITING in text for text in told) >= 1
        assert worker_log.read_text().count("Waiting for the database") == 1


@pytest.mark.django_db(transaction=True)
def test_who_waits_says_so_once_and_goes_on(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR, told, entered = tmp_path, list[str](), threading.Event()

    def enter() -> None:
        try:
            with alone.alone(lambda: told.append("waiting")):
                entered.set()
        finally:
            connections.close_all()

    with (tmp_path / alone.FILE).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        waiter = threading.Thread(target=enter)
        waiter.start()
        assert not entered.wait(3 * alone.LOOK_SECONDS)
    assert entered.wait(5)
    waiter.join(5)
    assert told == ["waiting"]


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_another_machine_holds_no_snapshot(settings: Settings, tmp_path: Path) -> None:
    """Else an index that is built CONCURRENTLY would wait for who waits for it."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite is on one machine")
    settings.DATA_DIR, told = tmp_path, list[float]()
    entered = threading.Event()

    def enter() -> None:
        try:
            with alone.alone(lambda: told.append(time.monotonic())):
                entered.set()
        finally:
            connections.close_all()

    waiter = threading.Thread(target=enter)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [alone.NUMBER])
        waiter.start()
        wait_until(lambda: bool(told), 5)
        cursor.execute("CREATE INDEX CONCURRENTLY waited_for ON jobs_worker (host)")
        cursor.execute("DROP INDEX waited_for")
        assert not entered.is_set()
        cursor.execute("SELECT pg_advisory_unlock(%s)", [alone.NUMBER])
    assert entered.wait(5)
    waiter.join(5)


@pytest.mark.django_db
def test_a_start_without_changes_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    output = StringIO()
    monkeypatch.setattr(preparation, "collect_static", lambda output: None)
    preparation.prepare(OutputWrapper(output), demo=False)
    assert output.getvalue() == ""
    assert (Path(django_settings.DATA_DIR) / alone.FILE).is_file()
