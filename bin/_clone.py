"""What a newcomer does: clone, `bin/serve --demo`, look, stop, start again; with empty caches."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import tempfile
import time
import urllib.request
from pathlib import Path

import _bootstrap

FIRST_START, SECOND_START = 600, 3  # seconds; the first one installs
PAGES = ("/healthz", "/", "/account/login", "/outbox")


class CloneError(Exception):
    """The README promises more than the clone does."""


def try_clone() -> list[str]:
    """Returns sentences with what was measured. Raises CloneError with what went wrong."""
    with tempfile.TemporaryDirectory(prefix="wishare-clone-") as directory:
        place = Path(directory) / "wishare"
        subprocess.run(["git", "clone", "--quiet", str(_bootstrap.ROOT), str(place)], check=True)
        environment = newcomer(directory)
        first = start_and_stop(place, environment, FIRST_START)
        second = start_and_stop(place, environment, SECOND_START)
        size = sum(path.lstat().st_size for path in (place / ".venv").rglob("*")) / 2**20
    return [f"first start {first:.1f} s, installation included", f"second start {second:.2f} s", f".venv {size:.0f} MB"]


def newcomer(home: str) -> dict[str, str]:
    """An environment with nothing of ours in it, and no pip cache."""
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("WISHARE_", "DATABASE_", "REDIS_"))
    }
    for name in ("PYTHONPATH", "VIRTUAL_ENV", "EMAIL_URL", "DJANGO_SETTINGS_MODULE"):
        kept.pop(name, None)
    return {**kept, "HOME": home, "PIP_NO_CACHE_DIR": "1", "PYTHONUNBUFFERED": "1"}


def start_and_stop(place: Path, environment: dict[str, str], limit: float) -> float:
    """Serve the demo, look at some pages, press Ctrl-C; returns the seconds until it was up."""
    log = place.parent / "serve.log"
    started = time.monotonic()
    with log.open("w") as output:
        command = [str(place / "bin/serve"), "--demo", "--port", "0"]
        server = subprocess.Popen(command, cwd=place.parent, env=environment, stdout=output, stderr=output)
    try:
        address = wait_for_address(server, log, started + FIRST_START)
        seconds = time.monotonic() - started
        look_around(address)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(20)
    if seconds > limit:
        raise CloneError(f"it took {seconds:.1f} s to start, more than {limit}")
    return seconds


def wait_for_address(server: subprocess.Popen[bytes], log: Path, deadline: float) -> str:
    """The address the server has printed, once it answers."""
    while time.monotonic() < deadline and server.poll() is None:
        if found := re.search(r"http://127\.0\.0\.1:\d+", log.read_text()):
            try:
                urllib.request.urlopen(f"{found[0]}/healthz", timeout=5).close()  # noqa: S310 - our own server
                return found[0]
            except OSError:
                pass
        time.sleep(0.02)
    raise CloneError(f"the server did not come up:\n{log.read_text()}")


def look_around(address: str) -> None:
    """Pages a newcomer sees first answer."""
    for page in PAGES:
        with urllib.request.urlopen(address + page, timeout=10) as response:  # noqa: S310 - our own server
            if response.status != 200:
                raise CloneError(f"{page} answered {response.status}")
