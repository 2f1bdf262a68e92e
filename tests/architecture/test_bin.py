"""The scripts in bin: what they do before anything is installed, and when they install."""

import ast
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from wishare import environment

ROOT = Path(__file__).resolve().parents[2]
BIN = ROOT / "bin"
sys.path.insert(0, str(BIN))

import _bootstrap  # noqa: E402

pytestmark = pytest.mark.once


def bare(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run with the Python that the virtual environment came from: no package, no site directory."""
    python = getattr(sys, "_base_executable", sys.executable)
    clean = {"PATH": os.environ["PATH"], **variables}
    return subprocess.run(
        [python, "-I", "-S", "-c", RUN, *command], env=clean, capture_output=True, text=True, check=False
    )


# -I leaves out the script's directory as well, which a normal start has.
RUN = """
import runpy, sys
sys.argv = sys.argv[1:]
sys.path.insert(0, sys.argv[0].rpartition("/")[0])
runpy.run_path(sys.argv[0], run_name="__main__")
"""

# As bin/serve runs inside .venv, whichever environment these tests use.
SERVE = """
import runpy, _bootstrap
_bootstrap.enter = lambda *names: None
runpy.run_path("bin/serve", run_name="__main__")
"""


def test_help_lists_every_setting_and_option_without_any_package(tmp_path: Path) -> None:
    shown = bare(str(BIN / "serve"), "--help")
    assert shown.returncode == 0, shown.stderr
    for setting in environment.SETTINGS:
        assert f"{setting.name} " in shown.stdout
        assert setting.help in shown.stdout
    for option in ("--host", "--port", "--data-dir", "--demo"):
        assert option in shown.stdout


def test_a_mistyped_option_is_refused_before_anything_is_installed() -> None:
    shown = bare(str(BIN / "serve"), "--prot", "1")
    assert shown.returncode == 2
    assert "--prot" in shown.stderr


def test_an_environment_that_is_a_link_is_not_emptied(tmp_path: Path) -> None:
    kept = tmp_path / "elsewhere" / "pyvenv.cfg"
    kept.parent.mkdir()
    kept.touch()
    link = tmp_path / ".venv"
    link.symlink_to(kept.parent)
    with pytest.raises(_bootstrap.SetupError, match="is a link"):
        _bootstrap.create(link)
    assert kept.exists()


@pytest.mark.parametrize("name", ["serve", "test", "ci", "_bootstrap.py"])
def test_old_pythons_can_read_the_scripts_far_enough_to_be_told(name: str) -> None:
    ast.parse((BIN / name).read_text(), feature_version=(3, 8))


def test_an_old_python_is_told_which_one_is_needed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    with pytest.raises(SystemExit, match=r"needs Python 3\.11 or newer, this is 3\.9\.2"):
        _bootstrap.require_python()


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """A directory that looks like an environment made by this Python."""
    directory = tmp_path / ".venv"
    (directory / "bin").mkdir(parents=True)
    (directory / "bin" / "python").symlink_to(sys.executable)
    (directory / "lib" / f"python{_bootstrap.python_version()}" / "site-packages" / "pip").mkdir(parents=True)
    return directory


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the bootstrap made and installed, in order."""
    log: list[str] = []
    monkeypatch.setattr(_bootstrap, "create", lambda directory: log.append("create"))
    monkeypatch.setattr(_bootstrap, "install", lambda directory, name: log.append(name))
    return log


def test_a_second_start_installs_nothing(venv: Path, done: list[str]) -> None:
    _bootstrap.prepare(venv, ("serve",))
    assert done == ["serve"]
    _bootstrap.prepare(venv, ("serve",))
    assert done == ["serve"]


def test_the_tests_add_only_what_the_server_does_not_have(venv: Path, done: list[str]) -> None:
    _bootstrap.prepare(venv, ("serve",))
    _bootstrap.prepare(venv, ("serve", "test"))
    _bootstrap.prepare(venv, ("serve",))
    assert done == ["serve", "test"]


def test_changed_requirements_are_installed_again(
    venv: Path, done: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "serve.txt"
    file.write_text("django==1")
    monkeypatch.setattr(_bootstrap, "requirements", lambda name: file)
    _bootstrap.prepare(venv, ("serve",))
    file.write_text("django==2")
    _bootstrap.prepare(venv, ("serve",))
    assert done == ["serve", "serve"]


def test_an_interrupted_installation_is_done_again(venv: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(directory: Path, name: str) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(_bootstrap, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            _bootstrap.prepare(venv, ("serve",))
    log: list[str] = []
    monkeypatch.setattr(_bootstrap, "install", lambda directory, name: log.append(name))
    _bootstrap.prepare(venv, ("serve",))
    assert log == ["serve"]


def test_a_moved_and_a_broken_environment_are_made_anew(venv: Path, done: list[str], tmp_path: Path) -> None:
    _bootstrap.prepare(venv, ("serve",))
    moved = tmp_path / "moved"
    venv.rename(moved)
    _bootstrap.prepare(moved, ("serve",))
    assert done == ["serve", "create", "serve"]
    (moved / "bin" / "python").unlink()
    (moved / "bin" / "python").symlink_to(tmp_path / "gone")
    _bootstrap.prepare(moved, ("serve",))
    assert done == ["serve", "create", "serve", "create", "serve"]


def test_another_python_makes_its_own_environment(venv: Path, done: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    _bootstrap.prepare(venv, ("serve",))
    monkeypatch.setattr(_bootstrap, "python_version", lambda: "3.99")
    _bootstrap.prepare(venv, ("serve",))
    assert done == ["serve", "create", "serve"]


def serve(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """The management command as a process, where it ends by itself."""
    command = [sys.executable, "-c", SERVE, *arguments]
    paths = os.pathsep.join([str(ROOT / "src"), str(BIN)])
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": paths, **variables}
    return subprocess.run(command, env=clean, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)


@pytest.mark.parametrize(
    ("name", "value"),
    [("WISHARE_RATE_LIMITS", "yes"), ("WISHARE_TIME_ZONE", "Mars/Olympus"), ("WISHARE_THREADS", "0")],
)
def test_a_wrong_setting_is_one_clear_line(name: str, value: str, tmp_path: Path) -> None:
    shown = serve("--port", "0", WISHARE_DATA_DIR=str(tmp_path), **{name: value})
    assert shown.returncode == 2
    assert len(shown.stderr.strip().splitlines()) == 1, shown.stderr
    assert value in shown.stderr


def test_a_busy_port_is_one_clear_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        shown = serve("--port", port, WISHARE_DATA_DIR=str(tmp_path))
    assert shown.returncode == 1
    [line] = shown.stderr.strip().splitlines()
    assert f"port {port}" in line
    assert "in use" in line


def coherence(steps: int, *options: str) -> "subprocess.Popen[str]":
    """bin/test, as somebody at a terminal calls it, with one process on SQLite."""
    command = [sys.executable, "-c", TEST, "--coherence", str(steps), "--database", "sqlite", "--processes", "1"]
    paths = os.pathsep.join([str(ROOT / "src"), str(BIN)])
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": paths}
    return subprocess.Popen([*command, *options], env=clean, cwd=ROOT, stdout=subprocess.PIPE, text=True)


TEST = """
import runpy, _bootstrap
_bootstrap.enter = lambda *names: None
runpy.run_path("bin/test", run_name="__main__")
"""


def test_the_coherence_machine_says_what_it_did() -> None:
    with coherence(100, "--seed", "7") as machine:
        said = machine.communicate(timeout=240)[0]
    assert machine.returncode == 0, said
    assert "Seed 7" in said
    assert "SQLite: 100 steps, 1 worlds, no difference" in said


def test_the_coherence_machine_ends_when_it_is_told_to_with_what_was_done() -> None:
    with coherence(10**6) as machine:
        lines = iter(machine.stdout or ())
        said = [next(line for line in lines if "of 1,000,000 steps" in line)]
        machine.send_signal(signal.SIGINT)
        said += lines
        assert machine.wait(60) == 130
    assert "Stopped." in said[-2]
    assert "no difference" in said[-1]
