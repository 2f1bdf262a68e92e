"""What `DATABASE_PREPARED` is for: PostgreSQL plans a query of a page for all calls, and not anew for each."""

import json
import os

import pytest
from django.db import connection

from bench.people import FIXTURE
from tests.indexes.pages import PREPARED
from tests.support.processes import ROOT, other_process

pytestmark = pytest.mark.usefixtures("data_set")
TIMES = 20
#: The session with its person, the versions, the numbers, the lists, and two of news.
QUERIES = 6
#: Rows that a page may read, with all that they belong to.
MOST = 1_500
PROGRAM = f"""
import json
from django.db import connection
from django.utils import timezone
from wishare.accounts.models import User
from wishare.accounts.sessions import open_sessions
from wishare.dashboard.loading import load_dashboard
from wishare.dashboard.versions import versions_of
from wishare.wishlists.queries.discover import public_items

viewer, today = User.objects.get(pk={FIXTURE}), timezone.localdate()
for _ in range({TIMES}):
    open_sessions(key="nobody's", now=timezone.now())
    versions_of(viewer)
    load_dashboard(viewer, today, 1, use_cache=False)
    list(public_items()[:25])
with connection.cursor() as cursor:
    cursor.execute("SELECT statement, generic_plans, custom_plans FROM pg_prepared_statements")
    print(json.dumps(cursor.fetchall()))
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans a statement when it compiles it")
def test_a_plan_for_all_calls_is_good_enough() -> None:
    """And nothing else has one: without its constants, PostgreSQL would look for the newest wishes among all."""
    said = json.loads(other_process("shell", "--no-imports", "-c", PROGRAM, DATABASE_PREPARED="on"))
    plans = [plans for statement, *plans in said if "prepared" not in statement and "flag" not in statement]
    assert plans == [[TIMES, 0]] * QUERIES


READ = """
import json
from django.db import connection, transaction
from tests.indexes.pages import PREPARED

def read():
    with connection.cursor() as cursor:
        cursor.execute("SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables")
        return int(cursor.fetchone()[0] or 0)

found = {}
for page in PREPARED:
    with transaction.atomic():
        page.load()  # it is planned
        before = read()
        page.load()
        found[page.name] = (read() - before) / page.times
print(json.dumps(found))
"""


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite plans a statement when it compiles it")
def test_the_plan_for_all_calls_reads_few_rows() -> None:
    """As `test_plans.py` asks of plans for one call."""
    paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
    read = json.loads(other_process("shell", "--no-imports", "-c", READ, DATABASE_PREPARED="on", PYTHONPATH=paths))
    assert len(read) == len(PREPARED)
    assert {name: rows for name, rows in read.items() if rows > MOST} == {}
