"""The steps of bin/ci: each runs, whatever the others say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable

import _bootstrap
import _clone
import _suite

ROOT = _bootstrap.ROOT
LINTED = ["src", "tests", "bin", "bench"]
SKIPPED = "skipped"


def main(arguments: list[str]) -> int:
    """All steps, then the tests, whose sum stays the last line; returns the exit code."""
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="wishare-ci-") as directory:
        environment = {**os.environ, "WISHARE_DATA_DIR": directory}
        results = [(title, step(title, run, environment)) for title, run in steps()]
    heading("bin/test")
    code = _suite.main(arguments, summary=lambda: report(results, time.monotonic() - started))
    return 1 if code or any(result == "FAILED" for _, result in results) else 0


def steps() -> list[tuple[str, Callable[[dict[str, str]], str]]]:
    """What is checked besides the tests."""
    contracts = "from importlinter.cli import lint_imports_command as run; run()"
    return [
        ("ruff check", command("-m", "ruff", "check", *LINTED)),
        ("ruff format", command("-m", "ruff", "format", "--check", *LINTED)),
        ("mypy", command("-m", "mypy")),
        ("import contracts", command("-c", contracts)),
        ("django check", command("-m", "wishare", "check", "--fail-level", "WARNING")),
        ("migrations", command("-m", "wishare", "makemigrations", "--check", "--dry-run")),
        ("translations", command("-m", "wishare", "messages", "--check")),
        ("vendored files", command("bin/vendor", "--check")),
        ("pip-audit", audit),
        ("clean clone", clean_clone),
    ]


def command(*arguments: str) -> Callable[[dict[str, str]], str]:
    """A step that is one call of Python, right when it exits with 0."""

    def run(environment: dict[str, str]) -> str:
        finished = subprocess.run([sys.executable, *arguments], cwd=ROOT, env=environment, check=False)
        return "FAILED" if finished.returncode else "ok"

    return run


def audit(environment: dict[str, str]) -> str:
    """Known vulnerabilities of the pinned packages; skipped aloud where the service cannot be reached."""
    files = [part for path in sorted((ROOT / "requirements").glob("*.txt")) for part in ("-r", str(path))]
    arguments = [
        "-m",
        "pip_audit",
        "--disable-pip",
        "--require-hashes",
        "--no-deps",
        "-f",
        "json",
        "--timeout",
        "10",
    ]
    try:
        finished = subprocess.run(
            [sys.executable, *arguments, *files],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        packages = json.loads(finished.stdout)["dependencies"]
    except (subprocess.TimeoutExpired, ValueError, KeyError, TypeError):
        print("!!! pip-audit could not reach its service: known vulnerabilities were NOT checked")
        return SKIPPED
    found = [f"{package['name']}: {bug['id']}" for package in packages for bug in package.get("vulns", ())]
    print("\n".join(found) or f"{len(packages)} packages, no known vulnerability")
    return "FAILED" if found else "ok"


def clean_clone(environment: dict[str, str]) -> str:
    """The README's first command in a clone of what is committed."""
    try:
        print("\n".join(_clone.try_clone()))
    except (_clone.CloneError, subprocess.SubprocessError) as error:
        print(error)
        return "FAILED"
    return "ok"


def heading(title: str) -> None:
    """A line that separates the steps."""
    print(f"\n=== {title}", flush=True)


def step(title: str, run: Callable[[dict[str, str]], str], environment: dict[str, str]) -> str:
    """Run one with heading and time; returns ok, FAILED or skipped."""
    heading(title)
    started = time.monotonic()
    result = run(environment)
    print(f"--- {title}: {result}, {time.monotonic() - started:.1f} s", flush=True)
    return result


def report(results: list[tuple[str, str]], seconds: float) -> None:
    """The steps at a glance."""
    heading(f"bin/ci took {seconds:.0f} s")
    for title, result in results:
        print(f"{result:8} {title}")
