"""Settings from the environment."""

import secrets
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from secrets import token_urlsafe
from threading import Barrier

import pytest

from wishare import environment

pytestmark = pytest.mark.once


def test_a_switch_is_on_or_off_in_any_case(monkeypatch: pytest.MonkeyPatch) -> None:
    for value, expected in (("on", True), ("ON", True), ("off", False), ("", True)):
        monkeypatch.setenv("WISHARE_RATE_LIMITS", value)
        assert environment.switch("WISHARE_RATE_LIMITS") is expected


@pytest.mark.parametrize("value", ["yes", "1", "of", "on "])
def test_a_mistyped_switch_is_an_error_that_names_the_setting(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WISHARE_RATE_LIMITS", value)
    with pytest.raises(ValueError, match="WISHARE_RATE_LIMITS must be on or off"):
        environment.switch("WISHARE_RATE_LIMITS")


@pytest.mark.parametrize("value", ["-1", "two", "1.5", "0x1"])
def test_a_number_is_whole_and_not_negative(monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("WISHARE_THREADS", value)
    with pytest.raises(ValueError, match="WISHARE_THREADS must be a whole number"):
        environment.number("WISHARE_THREADS")


def test_an_undeclared_setting_cannot_be_read() -> None:
    with pytest.raises(KeyError):
        environment.text("WISHARE_UNHEARD_OF")


def test_the_data_directory_and_the_key_are_private(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WISHARE_DATA_DIR", str(tmp_path / "a" / "b"))
    key = environment.secret_key()
    assert len(key) >= 50
    assert stat.S_IMODE((tmp_path / "a" / "b").stat().st_mode) == 0o700
    assert stat.S_IMODE((tmp_path / "a" / "b" / "secret_key").stat().st_mode) == 0o600


def test_first_starts_at_the_same_moment_have_the_same_key(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    start = Barrier(8)

    def slowly(size: int) -> str:
        time.sleep(0.02)
        return token_urlsafe(size)

    monkeypatch.setattr(secrets, "token_urlsafe", slowly)

    def first_start(_number: int) -> str:
        start.wait()
        return environment.secret_key()

    with ThreadPoolExecutor(8) as pool:
        for number in range(5):
            monkeypatch.setenv("WISHARE_DATA_DIR", str(tmp_path / str(number)))
            [key] = set(pool.map(first_start, range(8)))
            assert len(key) >= 50


def test_a_key_that_was_never_written_is_made_now(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("WISHARE_DATA_DIR", str(tmp_path))
    (tmp_path / "secret_key").touch()
    assert len(environment.secret_key()) >= 50


def test_the_generated_key_stays_the_same_and_a_configured_one_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WISHARE_DATA_DIR", str(tmp_path))
    first = environment.secret_key()
    assert environment.secret_key() == first
    monkeypatch.setenv("WISHARE_SECRET_KEY", "configured")
    assert environment.secret_key() == "configured"
