"""A whole installation in a temporary directory, served by its own process as `bin/serve` would."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.request import urlopen

from tests.support.servers import free_port
from wishare import environment

START_SECONDS = 60
LOG_LINES = 40


@dataclass(frozen=True)
class Server:
    """Where it answers, what it has printed, and its process."""

    origin: str
    log: Path
    process: "subprocess.Popen[bytes]"
    directory: Path

    def last_words(self) -> str:
        """The end of its log, which says why a page failed."""
        return "\n".join(self.log.read_text().splitlines()[-LOG_LINES:])


@contextmanager
def serve(**settings: str) -> Iterator[Server]:
    """SQLite, an outbox instead of a mail server, passwords that hash fast, and no limits on how often one process may
    sign up.

    `settings` are those of `environment.py`.
    """
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="wishare-browser-") as directory:
        log = Path(directory) / "log"
        command = [sys.executable, "-m", "wishare", "serve", "--port", str(port)]
        with log.open("wb") as output, _process(command, output, directory, settings) as process:
            server = Server(f"http://127.0.0.1:{port}", log, process, Path(directory))
            try:
                _wait_until_healthy(server, process)
                yield server
            finally:
                process.terminate()
                process.wait(15)


def _process(
    command: list[str], output: IO[bytes], directory: str, settings: Mapping[str, str]
) -> subprocess.Popen[bytes]:
    names = {setting.name for setting in environment.SETTINGS} | {"DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    own = {
        "PYTHONPATH": os.pathsep.join([str(environment.ROOT / "src"), str(environment.ROOT)]),
        "DJANGO_SETTINGS_MODULE": "tests.browser.installation",
        "WISHARE_DATA_DIR": str(Path(directory) / "data"),
        "WISHARE_RATE_LIMITS": "off",
        **settings,
    }
    return subprocess.Popen(
        command,
        env={**kept, **own},
        cwd=directory,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # Ctrl-C shall reach the tests, and they end the server
    )


def _wait_until_healthy(server: Server, process: subprocess.Popen[bytes]) -> None:
    """Return at the first good answer. Raises AssertionError with the log when there is none."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urlopen(f"{server.origin}/healthz", timeout=2) as response:
                assert response.status == 200
                return
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"the server does not answer:\n{server.last_words()}")
