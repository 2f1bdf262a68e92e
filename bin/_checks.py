"""The steps of bin/ci: each runs, whatever the others say, two at a time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import NamedTuple

import _bootstrap
import _clone
import _suite

ROOT = _bootstrap.ROOT
LINTED = ["src", "tests", "bin", "bench"]
AT_ONCE = 2


class Outcome(NamedTuple):
    """ok, FAILED or skipped, and what there is to read."""

    result: str
    text: str = ""


Step = Callable[[dict[str, str]], Outcome]


def main(arguments: list[str]) -> int:
    """All steps, then the tests, whose sum stays the last line; returns the exit code."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wishare-ci-") as directory:
        environment = {**os.environ, "WISHARE_DATA_DIR": directory}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            running = [(title, pool.submit(timed, run, environment)) for title, run in steps()]
            results = [(title, show(title, future)) for title, future in running]
    heading("bin/test")
    code = _suite.main(arguments, summary=lambda: report(results, time.monotonic() - started))
    return 1 if code or any(result == "FAILED" for _, result in results) else 0


def steps() -> list[tuple[str, Step]]:
    """What is checked besides the tests; what takes longest begins first."""
    contracts = "from importlinter.cli import lint_imports_command as run; run()"
    return [
        ("clean clone", clean_clone),
        ("ruff check", command("-m", "ruff", "check", *LINTED)),
        ("ruff format", command("-m", "ruff", "format", "--check", *LINTED)),
        ("mypy", command("-m", "mypy")),
        ("import contracts", command("-c", contracts)),
        ("django check", command("-m", "wishare", "check", "--fail-level", "WARNING")),
        ("migrations", command("-m", "wishare", "makemigrations", "--check", "--dry-run")),
        ("translations", command("-m", "wishare", "messages", "--check")),
        ("vendored files", command("bin/vendor", "--check")),
        ("pip-audit", audit),
    ]


def command(*arguments: str) -> Step:
    """A step that is one call of Python, right when it exits with 0."""
    return partial(_call, [sys.executable, *arguments])


def _call(arguments: list[str], environment: dict[str, str]) -> Outcome:
    finished = subprocess.run(
        arguments, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    return Outcome("FAILED" if finished.returncode else "ok", finished.stdout)


def audit(environment: dict[str, str]) -> Outcome:
    """Known vulnerabilities of the pinned packages; skipped aloud where the service cannot be reached."""
    files = [part for path in sorted((ROOT / "requirements").glob("*.txt")) for part in ("-r", str(path))]
    options = ["--disable-pip", "--require-hashes", "--no-deps", "-f", "json", "--timeout", "10"]
    try:
        finished = subprocess.run(
            [sys.executable, "-m", "pip_audit", *options, *files],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        packages = json.loads(finished.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        return Outcome("skipped", "!!! pip-audit could not reach its service: known vulnerabilities were NOT checked")
    found = [f"{package['name']}: {bug['id']}" for package in packages for bug in package.get("vulns", ())]
    text = "\n".join(found) or f"{len(packages)} packages, no known vulnerability"
    return Outcome("FAILED" if found else "ok", text)


def clean_clone(environment: dict[str, str]) -> Outcome:
    """The README's first command in a clone of what is committed."""
    try:
        return Outcome("ok", "\n".join(_clone.try_clone()))
    except (_clone.CloneError, subprocess.SubprocessError) as error:
        return Outcome("FAILED", str(error))


def timed(run: Step, environment: dict[str, str]) -> tuple[Outcome, float]:
    """The outcome, and the seconds it took."""
    started = time.monotonic()
    return run(environment), time.monotonic() - started


def show(title: str, future: Future[tuple[Outcome, float]]) -> str:
    """Print what a step had to say when it is done; returns its result."""
    outcome, seconds = future.result()
    heading(title)
    print(outcome.text.rstrip())
    print(f"--- {title}: {outcome.result}, {seconds:.1f} s", flush=True)
    return outcome.result


def heading(title: str) -> None:
    """A line that separates the steps."""
    print(f"\n=== {title}", flush=True)


def report(results: list[tuple[str, str]], seconds: float) -> None:
    """The steps at a glance."""
    heading(f"bin/ci took {seconds:.0f} s")
    for title, result in results:
        print(f"{result:8} {title}")
