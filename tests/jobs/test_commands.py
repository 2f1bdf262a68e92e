"""The commands `worker` and `schedule`, and what ROLE makes of `serve`: real processes on a real installation."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings

from tests.jobs.test_killed import wait_until
from tests.support.servers import free_port
from wishare import environment

pytestmark = pytest.mark.once
READY = "Ready for jobs."


@contextmanager
def wishare(directory: Path, *command: str, **settings: str) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """A command, and the file it writes to."""
    names = {setting.name for setting in environment.SETTINGS}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    own = {"PYTHONPATH": f"{environment.ROOT / 'src'}", "WISHARE_DATA_DIR": str(directory / "data"), **settings}
    log = directory / f"{command[0]}.log"
    with log.open("wb") as output:
        line = [sys.executable, "-m", "wishare", *command]
        process = subprocess.Popen(line, env={**kept, **own}, stdout=output, stderr=output, start_new_session=True)
        try:
            yield process, log
        finally:
            process.kill()
            process.wait(10)


def test_web_worker_and_schedule_apart(tmp_path: Path) -> None:
    """The worker waits for the server to prepare the database; the schedule starts the purge; the worker runs it."""
    with (
        wishare(tmp_path, "worker") as (worker, worker_log),
        wishare(tmp_path, "serve", "--port", str(free_port()), ROLE="web") as (web, web_log),
    ):
        wait_until(lambda: "Wishare is ready" in web_log.read_text(), 60)
        wait_until(lambda: READY in worker_log.read_text(), 60)
        assert jobs_done(tmp_path) == 0
        with wishare(tmp_path, "serve", ROLE="schedule") as (schedule, schedule_log):
            wait_until(lambda: READY in schedule_log.read_text(), 60)
            wait_until(lambda: jobs_done(tmp_path) == len(settings.SCHEDULE), 60)
            for process in (schedule, worker):
                process.terminate()
                assert process.wait(10) == 0
        assert web.poll() is None


def jobs_done(directory: Path) -> int:
    import sqlite3

    with sqlite3.connect(directory / "data" / "wishare.sqlite3") as database:
        return int(database.execute("SELECT coalesce(sum(processed), 0) FROM jobs_tally").fetchone()[0])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ROLE", "all,web"),
        ("ROLE", "boss"),
        ("QUEUES", "default,"),
        ("QUEUES", "default,default"),
        ("WORKER_THREADS", "0"),
    ],
)
def test_a_mistyped_setting_is_said(name: str, value: str, tmp_path: Path) -> None:
    with wishare(tmp_path, "worker", **{name: value}) as (process, log):
        assert process.wait(30) != 0
        assert f"ValueError: {name} must be" in log.read_text()
