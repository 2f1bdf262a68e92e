"""Back to the first release and forth again, with people and their lists in place."""

import pytest
from django.core.management import call_command
from django.db import connection

from bench import digest
from bench.seeding import seed
from bench.sizes import Size
from wishare.core import versions
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.usefixtures("empty")

TABLES = ("accounts_user", "connections_connection", "wishlists_wishlist", "wishlists_item", "wishlists_claim")


def indexes() -> dict[str, str]:
    """The definition of every index, by its name."""
    if connection.vendor == "postgresql":
        query = "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s)"
        values: list[object] = [list(TABLES)]
    else:
        query = f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name IN {TABLES}"
        values = []
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return dict(cursor.fetchall())


def migrate(*target: str) -> None:
    call_command("migrate", *target, interactive=False, verbosity=0)


def test_rows_and_indexes_survive_the_way_back_and_forth() -> None:
    seed(Size("XS", 100), quiet=True)
    rows, before, all_tables = digest.of_rows(), indexes(), set(connection.introspection.table_names())
    for app in ("wishlists", "connections"):
        migrate(app, "0001")
    migrate("accounts", "0002")
    assert not {name for name in indexes() if name.startswith(("index_wishlist", "index_users"))}
    assert any(name.startswith("wishlists_item_wishlist_id") for name in indexes())
    assert digest.of_rows() == rows
    gone = all_tables.difference(connection.introspection.table_names())
    assert gone == {"accounts_session", "accounts_accesstoken"}, "other apps went back as well, with all they held"
    migrate()
    assert indexes() == before
    assert digest.of_rows() == rows
    assert not versions.install(), "some trigger was missing"


def test_an_index_whose_building_was_interrupted_is_built_anew() -> None:
    migrate()
    migrate("wishlists", "0001")
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX index_wishlists_visibility_event ON wishlists_wishlist (name)")
    migrate()
    assert "event_type" in indexes()["index_wishlists_visibility_event"]


def test_nobody_is_blocked_while_an_index_is_built() -> None:
    """PostgreSQL refuses CONCURRENTLY inside a transaction, so that it was accepted says that there is none."""
    migrate()
    migrate("wishlists", "0001")
    seen: list[str] = []

    def note(execute: object, sql: str, params: object, many: bool, context: object) -> object:
        seen.append(sql)
        return execute(sql, params, many, context)  # type: ignore[operator]

    with connection.execute_wrapper(note):
        migrate()
    made = [sql for sql in seen if "CREATE INDEX" in sql or "DROP INDEX" in sql]
    assert any("index_wishlists_user_visibility_time" in sql for sql in made)
    if connection.vendor == "postgresql":
        ours = [sql for sql in made if "activity" not in sql and "dashboard" not in sql]
        assert [sql for sql in ours if "CONCURRENTLY" not in sql] == []
    assert Wishlist._meta.indexes
