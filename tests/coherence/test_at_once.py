"""Never stale, while many write and read at once, and when a process dies between commit and response."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from random import Random

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import OperationalError, connection
from django.urls import reverse

from tests.caching.redises import using
from tests.coherence import (  # noqa: F401 (they fill the table of writes)
    writes_circle,
    writes_doors,
    writes_lists,
    writes_people,
)
from tests.coherence.stage import WRITES, Stage, perform, set_stage
from tests.wishlists.at_once import at_once
from wishare.accounts.models import User
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).resolve().parents[2]
SECONDS, WRITERS, READERS = 3, 2, 3
#: These sign somebody in or out of a browser, which the readers use.
OF_BROWSERS = {"person_joins", "person_leaves", "friend_removed_for_good", "several_at_once"}


@pytest.fixture(params=["memory", pytest.param("redis", marks=pytest.mark.redis)])
def cached(request: pytest.FixtureRequest) -> Iterator[str]:
    """The cache of one process, and the one that processes share; the latter by its address."""
    with ExitStack() as stack:
        url = ""
        if request.param == "redis":
            url = request.getfixturevalue("redis_url")
            stack.enter_context(using(url))
        cache.clear()
        yield url


def test_after_many_wrote_and_read_at_once_every_page_is_right(cached: str) -> None:
    stage, end = set_stage(), time.monotonic() + SECONDS
    writers = [_job(_write, stage, number, end) for number in range(WRITERS)]
    readers = [_job(_read, stage, number, end) for number in range(READERS)]
    with stage.clock.rules():
        written, read = _sums(at_once([*writers, *readers]))
        assert written > 10
        assert read > 10
        for look in stage.browsers.all_looks(Random(1)):
            stage.browsers.compare(look)


def _sums(counts: list[Counter[str]]) -> tuple[int, int]:
    """How many writes and how many looks there were. No look ever saw an error."""
    total: Counter[str] = sum(counts, Counter())
    assert not [status for status in total if status.startswith("5")], total
    return total["written"], sum(total.values()) - total["written"]


def _job(call: Callable[[Stage, Random], str], stage: Stage, number: int, end: float) -> Callable[[], Counter[str]]:
    """Calls again and again until the time is over, and counts the answers."""
    random = Random(f"{call.__name__} {number}")

    def run() -> Counter[str]:
        answers: Counter[str] = Counter()
        while time.monotonic() < end:
            answers[call(stage, random)] += 1
        return answers

    return run


def _write(stage: Stage, random: Random) -> str:
    try:
        perform(random.choice([name for name in WRITES if name not in OF_BROWSERS]), stage, random)
    except OperationalError as error:  # of two who wait for each other PostgreSQL sends one away
        if "deadlock" not in str(error):
            raise
    return "written"


def _read(stage: Stage, random: Random) -> str:
    return stage.browsers.ask(stage.browsers.any_look(random)).split(b" ")[0].decode()


# --- a process that dies ------------------------------------------------------------------------------------------
#: Takes the address, the cookie of the session and the form; ends itself at one moment of the first commit.
PROGRAM = """
import json, os, signal, sys
import django
django.setup()
from django.core.handlers.base import BaseHandler
from django.db import connection
from django.test import RequestFactory

moment, address, session, form = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
connection.settings_dict["NAME"] = os.environ["NAME_OF_DATABASE"]
commit = connection._commit

def dying():
    if moment == "after":
        commit()
    os.kill(os.getpid(), signal.SIGKILL)

connection._commit = dying
browser, handler = RequestFactory(SERVER_NAME="localhost"), BaseHandler()
handler.load_middleware()
browser.cookies["sessionid"] = session
request = browser.post(address, form)
request._dont_enforce_csrf_checks = True
print(handler.get_response(request))
"""


@pytest.mark.parametrize(("moment", "is_written"), [("before", False), ("after", True)])
def test_a_process_that_is_killed_at_its_commit_leaves_no_stale_page(
    cached: str, moment: str, is_written: bool
) -> None:
    stage = set_stage()
    owner = User.objects.order_by("pk")[0]
    wishlist = Wishlist.objects.get(owner=owner)
    looks = list(stage.browsers.all_looks(Random(1)))
    for look in looks:
        stage.browsers.ask(look)
    form = {"name": "Written by the dead", "visibility": "2", "event_type": "none", "description": ""}
    session = stage.browsers.open[owner.pk].cookies["sessionid"].value
    assert _run_and_die(cached, moment, reverse("wishlist_edit", args=[wishlist.public_id]), session, form)
    wishlist.refresh_from_db()
    assert (wishlist.name == "Written by the dead") is is_written
    for look in looks:
        stage.browsers.compare(look)


def _run_and_die(redis_url: str, moment: str, address: str, session: str, form: dict[str, str]) -> bool:
    """Whether another process, with the same database and cache, was killed by its own hand."""
    database = {"NAME_OF_DATABASE": str(connection.settings_dict["NAME"]), "REDIS_URL": redis_url}
    database["WISHARE_SECRET_KEY"] = settings.SECRET_KEY  # the session is signed with it
    command = [sys.executable, "-c", PROGRAM, moment, address, session, json.dumps(form)]
    environment = {**os.environ, **database, "PYTHONPATH": str(ROOT / "src")}
    finished = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert finished.returncode == -signal.SIGKILL, finished.stdout + finished.stderr
    return True
