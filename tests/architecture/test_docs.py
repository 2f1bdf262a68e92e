"""The documents are true: what they name exists, what they show works."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from wishare import environment

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text()


def commands() -> list[str]:
    """The lines of the shell blocks of the README."""
    blocks = re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    return [line for block in blocks for line in block.splitlines()]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document: Path) -> None:
    targets = re.findall(r"\]\(([^)#:]+)\)", document.read_text())
    assert [target for target in targets if not (document.parent / target).exists()] == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_paths_exist(document: Path) -> None:
    paths = re.findall(r"`((?:bin|docs|src|tests|requirements|core|access|wishlists)/[\w./]*)`", document.read_text())
    places = (ROOT, ROOT / "src/wishare")
    assert [path for path in paths if not any((place / path).exists() for place in places)] == []


def test_the_map_shows_every_package() -> None:
    packages = {path.parent.name for path in (ROOT / "src/wishare").glob("*/__init__.py")}
    assert set(re.findall(r"`src/wishare/(\w+)/`", README)) - {"templates", "static", "locale"} == packages


def test_the_table_of_settings_is_the_one_in_the_code() -> None:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", README, re.MULTILINE)
    assert rows == [(setting.name, setting.help) for setting in environment.SETTINGS]


def test_every_command_of_the_readme_is_understood() -> None:
    """Options are parsed; the commands themselves run in bin/ci, from a clean clone."""
    scripts = {shlex.split(line)[0] for line in commands() if not line.startswith("export ")}
    assert scripts == {"bin/serve", "bin/test"}
    for script in scripts:
        shown = subprocess.run([ROOT / script, "--help"], capture_output=True, text=True, check=True)
        assert shown.stdout


def test_the_settings_of_the_family_server_start(tmp_path: Path) -> None:
    exports = dict(shlex.split(line)[1].split("=", 1) for line in commands() if line.startswith("export "))
    exports["WISHARE_DATA_DIR"] = str(tmp_path)
    assert exports.keys() <= {setting.name for setting in environment.SETTINGS}
    checked = subprocess.run(
        [sys.executable, "-m", "wishare", "check", "--deploy", "--fail-level", "WARNING"],
        env={**os.environ, **exports, "PYTHONPATH": str(ROOT / "src"), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
