"""What an operator can set about the cache, as a process reads it."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.once


def test_settings_come_from_the_environment(tmp_path: Path) -> None:
    program = "import json, wishare.settings as s; print(json.dumps([s.CACHES['default'], s.CACHE_EXPIRY]))"
    chosen = {"REDIS_URL": "redis://cache:6379/2", "REDIS_NAMESPACE": "ours", "REDIS_POOL_SIZE": "9"}
    chosen |= {"REDIS_POOL_TIMEOUT": "2", "REDIS_RETRY_SECONDS": "30", "CACHE_EXPIRY": "60"}
    shown, expiry = in_python(program, tmp_path, **chosen)
    assert (shown["LOCATION"], shown["KEY_PREFIX"]) == ("redis://cache:6379/2", "ours")
    assert (shown["TIMEOUT"], expiry) == (60, 60)
    assert shown["OPTIONS"]["CONNECTION_POOL_KWARGS"] == {"max_connections": 9, "timeout": 2}
    assert shown["OPTIONS"]["BREAKER_SECONDS"] == 30
    local, expiry = in_python(program, tmp_path, WISHARE_DEBUG="on")
    assert (local["BACKEND"].rsplit(".", 1)[1], local["TIMEOUT"]) == ("LocMemCache", 1800)
    assert local["OPTIONS"]["MAX_ENTRIES"] >= 5_000


@pytest.mark.parametrize("name", ["REDIS_POOL_SIZE", "CACHE_EXPIRY"])
def test_a_size_of_nothing_is_an_error_that_names_the_setting(name: str, tmp_path: Path) -> None:
    with pytest.raises(subprocess.CalledProcessError) as wrong:
        in_python("import wishare.settings", tmp_path, **{name: "0"})
    assert f"{name} must be at least 1, not '0'" in wrong.value.stderr


def in_python(program: str, directory: Path, **variables: str) -> Any:
    """What a program prints as JSON, in a process with just these settings."""
    root = Path(__file__).resolve().parents[2]
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root / "src"), "WISHARE_DATA_DIR": str(directory)}
    command = [sys.executable, "-c", program]
    shown = subprocess.run(command, env={**clean, **variables}, capture_output=True, text=True, check=True)
    return json.loads(shown.stdout)
