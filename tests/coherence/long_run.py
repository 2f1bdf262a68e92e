"""bin/test --coherence STEPS: the coherence machine for long, in a process for each core.

On SQLite and then on PostgreSQL, as the suite does. Ctrl-C ends it with what was done so far.
"""

import argparse
import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlsplit

from tests.support import servers

ROOT = Path(__file__).resolve().parents[2]
DATABASES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
#: How far apart the seeds of two processes are; one process takes the next for every ten worlds.
APART = 10**6
STEPS_A_WORLD = 100
#: Seconds between two lines where nobody watches.
EVERY = 30.0
INTERRUPTED = 130


@dataclass
class Worker:
    """One process, and what it has said so far."""

    process: subprocess.Popen[str]
    steps: int = 0
    #: A difference, to which it looks for a short way, and then what it found.
    seen: str = ""
    found: str = ""
    said: list[str] = field(default_factory=list)

    def hear(self, line: str) -> None:
        """A line of JSON is how far it is; anything else is pytest's, of interest only if the process fails."""
        if not line.startswith("{"):
            self.said.append(line)
            return
        told = json.loads(line)
        self.steps = told["steps"]
        self.seen = told.get("seen") or self.seen
        self.found = told.get("difference") or told.get("error") or ""

    def is_done(self) -> bool:
        """Whether it has nothing better to say: it ended, or found what it looked for."""
        return bool(self.found) or self.process.poll() is not None

    def failure(self) -> str:
        return self.found or self.seen or ("".join(self.said) if self.process.poll() else "")


@dataclass
class Run:
    """All processes on one database."""

    database: str
    wanted: int
    workers: list[Worker]
    started: float = field(default_factory=time.monotonic)

    @property
    def steps(self) -> int:
        return sum(worker.steps for worker in self.workers)

    @property
    def worlds(self) -> int:
        """The last one of a process may have been left early."""
        return sum(-(-worker.steps // STEPS_A_WORLD) for worker in self.workers)

    def progress(self) -> str:
        rate = self.steps / (time.monotonic() - self.started)
        if any(worker.seen for worker in self.workers):
            return f"{DATABASES[self.database]}: a difference after {self.steps:,} steps; looking for a short way to it"
        left = f"{max(0, self.wanted - self.steps) / rate / 60:.0f} min left" if rate else "starting"
        name = DATABASES[self.database]
        return f"{name}: {self.steps:,} of {self.wanted:,} steps, {self.worlds:,} worlds, {rate:.0f} a second, {left}"

    def statement(self) -> str:
        minutes = (time.monotonic() - self.started) / 60
        failure = next(filter(None, (worker.failure() for worker in self.workers)), "")
        done = f"{DATABASES[self.database]}: {self.steps:,} steps, {self.worlds:,} worlds"
        return f"{done}\n{failure}" if failure else f"{done}, no difference ({minutes:.1f} min)"


def main(chosen: argparse.Namespace) -> int:
    """Returns the exit code: 1 for a difference, 130 where it was interrupted."""
    print(f"Seed {chosen.seed}", flush=True)
    for database in [chosen.database] if chosen.database else list(DATABASES):
        with ExitStack() as stack:
            urls = _urls(stack, database, chosen.processes)
            code = _run(database, chosen.coherence, chosen.seed, urls)
        if code:
            return code
    return 0


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/test", description=__doc__)
    parser.add_argument("--coherence", type=int, required=True, metavar="STEPS", help="how many, in all processes")
    parser.add_argument("--database", choices=list(DATABASES), help="one of the two")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9), help="to repeat a run")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="as many as there are cores")
    return parser.parse_args(arguments)


def _urls(stack: ExitStack, database: str, processes: int) -> list[str]:
    """A database for each process, which pytest makes under a name of its own. SQLite's is a file of the process."""
    if database == "sqlite":
        return [""] * processes
    server = os.environ.get("TEST_DATABASE_URL") or stack.enter_context(servers.postgres())
    return [urlsplit(server)._replace(path=f"/coherence{number}").geturl() for number in range(processes)]


def _run(database: str, steps: int, seed: int, urls: list[str]) -> int:
    part = -(-steps // len(urls))
    with _workers(part, seed, urls) as workers:
        run, code = Run(database, steps, workers), 0
        try:
            _watch(run)
        except KeyboardInterrupt:
            code = INTERRUPTED
            _clear_line()
            print("Stopped.")
        print(run.statement(), flush=True)
    return 1 if any(worker.failure() for worker in workers) and not code else code


@contextmanager
def _workers(steps: int, seed: int, urls: list[str]) -> Iterator[list[Worker]]:
    """Sessions of their own: Ctrl-C comes here, and ends them."""
    workers = []
    try:
        for number, url in enumerate(urls):
            command = [sys.executable, "-m", "tests.coherence.worker", str(steps), str(seed + number * APART)]
            environment = {**os.environ, "TEST_DATABASE_URL": url, "PYTHONPATH": "src", "PYTHONHASHSEED": "0"}
            process = subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True
            )
            workers.append(Worker(process))
        yield workers
    finally:
        for worker in workers:
            _end(worker.process)


def _end(process: subprocess.Popen[str]) -> None:
    """As Ctrl-C would, so that its database goes with it."""
    if process.poll() is None:
        process.send_signal(2)
    try:
        process.wait(30)
    except subprocess.TimeoutExpired:
        process.kill()


def _watch(run: Run) -> None:
    """Until all are done, or one of them has found something or failed."""
    lines: Queue[tuple[Worker, str]] = Queue()
    listeners = [Thread(target=_listen, args=(worker, lines), daemon=True) for worker in run.workers]
    for listener in listeners:
        listener.start()
    said_at = 0.0
    while any(listener.is_alive() for listener in listeners) or not lines.empty():
        try:
            worker, line = lines.get(timeout=0.5)
            worker.hear(line)
        except Empty:
            pass
        said_at = _say(run, said_at)
        if any(worker.failure() and worker.is_done() for worker in run.workers):
            break
    _clear_line()


def _listen(worker: Worker, lines: "Queue[tuple[Worker, str]]") -> None:
    for line in worker.process.stdout or ():
        lines.put((worker, line))
    worker.process.wait()


def _say(run: Run, said_at: float) -> float:
    """One line that is written over again where somebody watches, else a line now and then."""
    now, watched = time.monotonic(), sys.stdout.isatty()
    if now - said_at < (0.5 if watched else EVERY):
        return said_at
    print(f"\r{run.progress()}\x1b[K" if watched else run.progress(), end="" if watched else "\n", flush=True)
    return now


def _clear_line() -> None:
    if sys.stdout.isatty():
        print("\r\x1b[K", end="")
