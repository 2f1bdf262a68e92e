"""What a run of everything makes of a test that fails: pytest runs on small suites made for it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wishare import environment

sys.path.insert(0, str(environment.ROOT / "bin"))

import _suite

pytestmark = pytest.mark.once

#: Fails as often as it was told to.
SOMETIMES = """
from pathlib import Path
def test_{name}():
    tries = Path(__file__).with_suffix(".tries")
    tries.write_text(tries.read_text() + "." if tries.exists() else ".")
    assert len(tries.read_text()) > {failures}
"""


def suite(root: Path, **failures: int) -> Path:
    """A file of one test for each name `directory__test`, with how often it fails."""
    for path, times in failures.items():
        directory, _, name = path.partition("__")
        (root / "tests" / directory).mkdir(parents=True, exist_ok=True)
        (root / "tests" / directory / f"test_{name}.py").write_text(SOMETIMES.format(name=name, failures=times))
    return root


def run(root: Path, *arguments: str) -> tuple[_suite.Result, str]:
    options = _suite.options("sqlite", list(arguments))
    command = [sys.executable, "-m", "pytest", *options, *arguments, f"--junitxml={root / 'report.xml'}", "tests"]
    bare = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False, env=bare)
    return _suite.read_report(root / "report.xml", done.returncode), done.stdout


def test_what_fails_by_chance_is_tried_again_and_named(tmp_path: Path) -> None:
    result, text = run(suite(tmp_path, pages__steady=0, pages__unsteady=1))
    assert (result.code, result.passed, result.failed, result.again) == (0, 2, 0, 1)
    assert "RERUN tests/pages/test_unsteady.py::test_unsteady" in text
    assert "assert 1 > 1" in text


def test_what_fails_twice_has_failed(tmp_path: Path) -> None:
    result, _ = run(suite(tmp_path, pages__steady=0, pages__wrong=2))
    assert (result.code, result.passed, result.failed, result.again) == (1, 1, 1, 1)


@pytest.mark.parametrize("directory", _suite.NEVER_AGAIN)
def test_a_promise_has_one_try(directory: str, tmp_path: Path) -> None:
    assert (environment.ROOT / "tests" / directory).is_dir()
    result, _ = run(suite(tmp_path, **{f"{directory}__unsteady": 1}))
    assert (result.code, result.failed, result.again) == (1, 1, 0)


def test_many_failures_are_not_chance(tmp_path: Path) -> None:
    result, _ = run(suite(tmp_path, **{f"pages__unsteady{number}": 1 for number in range(4)}))
    assert (result.code, result.passed, result.failed, result.again) == (1, 3, 1, 3)


def test_who_chooses_tests_sees_each_failure(tmp_path: Path) -> None:
    result, _ = run(suite(tmp_path, pages__unsteady=1), "-k", "unsteady")
    assert (result.code, result.failed, result.again) == (1, 1, 0)


def test_the_sum_tells_of_second_tries(capsys: pytest.CaptureFixture[str]) -> None:
    assert _suite.summarize([_suite.Result(0, 5, again=1), _suite.Result(0, 3, skipped=1)], []) == 0
    lines = capsys.readouterr().out.split("\n")
    assert lines[1] == "!!! 1 failed at first and ran again: named above, to be mended"
    assert lines[-2] == "8 passed, 0 failed, 1 skipped"
