"""Makes `.venv` with the pinned requirements, and continues inside it.

Standard library only, in the syntax of old Pythons too: they shall get as far as the sentence of
`require_python`.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"


class SetupError(Exception):
    """Something the person at the terminal can mend; the message says how."""


def require_python() -> None:
    """Leave with one clear line on a Python that is too old."""
    if sys.version_info < (3, 11):  # noqa: UP036 - old Pythons do start these scripts
        found = "{}.{}.{}".format(*sys.version_info[:3])
        name = os.path.basename(sys.argv[0])
        sys.exit(f"Wishare needs Python 3.11 or newer, this is {found}. Try: python3.12 bin/{name}")


def enter(*names: str) -> None:
    """Continue this script in `.venv` with these requirement files installed; returns only inside."""
    try:
        prepare(VENV, names)
    except SetupError as error:
        sys.exit(f"{Path(sys.argv[0]).name}: {error}")
    source = str(ROOT / "src")
    if Path(sys.prefix) == VENV:
        sys.path.insert(0, source)
        os.environ["PYTHONPATH"] = source
        return
    sys.stdout.flush()
    python = str(python_of(VENV))
    os.execve(python, [python, *sys.argv], {**os.environ, "PYTHONPATH": source})  # noqa: S606 - our own interpreter


def prepare(directory: Path, names: tuple[str, ...]) -> None:
    """Bring the environment up to date; nothing is done where its stamp says that it is."""
    stamp = read_stamp(directory)
    wanted = {name: fingerprint(name) for name in names}
    if is_usable(directory, stamp):
        if all(stamp.get(name) == value for name, value in wanted.items()):
            return
    else:
        stamp = {}
        create(directory)
    for name, value in wanted.items():
        if stamp.get(name) != value:
            install(directory, name)
            stamp[name] = value
            write_stamp(directory, stamp)


def python_of(directory: Path) -> Path:
    """The interpreter of an environment."""
    return directory / "bin" / "python"


def fingerprint(name: str) -> str:
    """What has to be unchanged for an installation to be still right."""
    return hashlib.sha256(requirements(name).read_bytes()).hexdigest()


def requirements(name: str) -> Path:
    """The pinned and hashed requirement file of this name."""
    return ROOT / "requirements" / f"{name}.txt"


def read_stamp(directory: Path) -> dict[str, str]:
    """What was installed completely, by name; empty when nothing was."""
    try:
        content = json.loads((directory / "wishare.json").read_text())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def write_stamp(directory: Path, stamp: dict[str, str]) -> None:
    """Note what is installed; written after the fact, so an interrupted installation has no stamp."""
    content = {**stamp, "python": python_version(), "place": str(directory)}
    part = directory / "wishare.json.part"
    part.write_text(json.dumps(content, indent=1))
    part.replace(directory / "wishare.json")


def python_version() -> str:
    """The version an environment belongs to: patch releases share one."""
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def is_usable(directory: Path, stamp: dict[str, str]) -> bool:
    """False for one that is missing, broken, moved or made by another Python; those are made anew."""
    library = directory / "lib" / f"python{python_version()}" / "site-packages"
    if not python_of(directory).exists() or not (library / "pip").is_dir():
        return False
    return stamp.get("python", python_version()) == python_version() and stamp.get("place", str(directory)) == str(
        directory
    )


def create(directory: Path) -> None:
    """A new, empty environment in the place of whatever is there."""
    if directory.is_symlink():
        raise SetupError(f"{directory} is a link, and what it leads to would be emptied. Remove the link.")
    print(f"Making {directory.name} for Python {python_version()} … ", end="", flush=True)
    started = time.monotonic()
    try:
        venv.EnvBuilder(clear=True, with_pip=True, symlinks=True).create(directory)
    except (OSError, subprocess.SubprocessError) as error:
        hint = "On Debian and Ubuntu: apt install python3-venv"
        raise SetupError(f"could not make {directory}: {error}. {hint}") from error
    print(f"done in {time.monotonic() - started:.0f} s", flush=True)


def install(directory: Path, name: str) -> None:
    """Install one requirement file, checked against its hashes, with a line of progress."""
    title = f"Installing what bin/{name} needs … " if name != "dev" else "Installing what bin/ci needs … "
    print(title, end="", flush=True)
    started = time.monotonic()
    command = [str(python_of(directory)), "-m", "pip", "install", "--disable-pip-version-check"]
    command += ["--no-input", "--progress-bar", "off", "--require-hashes", "--no-deps"]
    command += ["-r", str(requirements(name))]
    lines: list[str] = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        for line in process.stdout or ():
            lines.append(line)
            show_progress(title, lines)
    if process.returncode:
        raise SetupError("pip could not install the packages:\n" + "".join(lines[-15:]))
    print(f"{count(lines)} packages in {time.monotonic() - started:.0f} s", flush=True)


def show_progress(title: str, lines: list[str]) -> None:
    """On a terminal, the number of packages so far, in place."""
    if sys.stdout.isatty() and lines[-1].startswith(("Collecting ", "Installing ")):
        print(f"\r{title}{count(lines)} ", end="", flush=True)


def count(lines: list[str]) -> int:
    """How many packages pip has looked at."""
    return sum(line.startswith(("Collecting ", "Requirement already satisfied")) for line in lines)
