"""Databases beside the one that tests write to: filled with a data set once, and looked at by every test process."""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

from bench.digest import of_sources
from bench.seeding import seed
from bench.sizes import SIZES

PREFIX = "wishare_bench_"
#: Kept between runs: a data set of SQLite is a file, made once a machine.
PLACE = Path(tempfile.gettempdir()) / f"wishare-bench-{os.getuid()}"


@contextmanager
def connected(name: str) -> Iterator[None]:
    """The default connection leads to another database."""
    before = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = before


@contextmanager
def scratch(name: str, directory: Path) -> Iterator[None]:
    """An empty database of one's own."""
    if connection.vendor == "sqlite":
        with connected(str(directory / f"{name}.sqlite3")):
            yield
        return
    _run(f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    try:
        with connected(name):
            yield
    finally:
        _run(f"DROP DATABASE {name}")


@contextmanager
def seeded(size: str) -> Iterator[None]:
    """A data set, for reading. Filled by the first process that asks; the others wait for it."""
    PLACE.mkdir(mode=0o700, exist_ok=True)
    name = f"{PREFIX}{size.lower()}_{of_sources()}"
    with (PLACE / f"{connection.vendor}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        ready = _ready_sqlite(name, size) if connection.vendor == "sqlite" else _ready_postgresql(name, size)
    with connected(ready):
        yield


def _ready_sqlite(name: str, size: str) -> str:
    path = PLACE / f"{name}.sqlite3"
    if not path.exists():
        for old in PLACE.glob(f"{PREFIX}{size.lower()}_*"):
            old.unlink()
        unfinished = path.with_suffix(".unfinished")
        with connected(str(unfinished)):
            seed(SIZES[size], quiet=True)
        unfinished.rename(path)
    return str(path)


def _ready_postgresql(name: str, size: str) -> str:
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}{size.lower()}_%"])
        found = {row[0] for row in cursor.fetchall()}
    if name not in found:
        _run(*(f"DROP DATABASE {old}" for old in found), f"CREATE DATABASE {name}_unfinished")
        with connected(f"{name}_unfinished"):
            seed(SIZES[size], quiet=True)
        _run(f"ALTER DATABASE {name}_unfinished RENAME TO {name}")
    return name


def _run(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
