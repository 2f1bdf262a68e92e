"""What a database holds, as one short text: equal for equal rows, on every kind of database."""

import hashlib
import json
from pathlib import Path

from bench.seeding import tables

HERE = Path(__file__).resolve().parent
#: What a seeded database depends on: the generator, and the tables' shape.
SOURCES = (HERE, *sorted((HERE.parent / "src/wishare").glob("*/migrations")), HERE.parent / "src/wishare/core")


def of_rows() -> str:
    """A digest of every value that a data set gives to a row."""
    digest = hashlib.sha256()
    for table in tables():
        for row in table.model._default_manager.order_by("pk").values_list(*table.given).iterator():
            digest.update(json.dumps(row, default=repr, sort_keys=True).encode())
    return digest.hexdigest()


def of_sources() -> str:
    """Changes with the code that makes a data set: a database under this name need not be filled again."""
    digest = hashlib.sha256()
    for directory in SOURCES:
        for path in sorted(directory.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
