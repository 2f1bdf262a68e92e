"""How often programs may ask."""

import socket
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache, caches
from django.test import override_settings

from tests.api.programs import Program
from tests.support.cast import person
from wishare.accounts.models import User
from wishare.core.ratelimit import within


@pytest.fixture
def few_calls() -> object:
    with override_settings(API_CALLS_A_MINUTE=3):
        yield


def test_a_person_has_so_many_calls_a_minute(few_calls: None, friend: User, program: Program) -> None:
    assert [Program(friend).get().status_code for _ in range(3)] == [200] * 3
    refused = program.get()
    assert refused.status_code == 429
    assert refused.json() == {"detail": "Too many requests."}  # type: ignore[attr-defined]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert Program(person("Ben")).get().status_code == 200


def test_the_next_minute_is_a_new_one(few_calls: None, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    for minute in (1_000_000, 1_000_060):
        monkeypatch.setattr("wishare.api.authentication.time.time", lambda minute=minute: minute + 1.5)
        assert [program.get().status_code for _ in range(4)] == [200] * 3 + [429]


def test_an_installation_without_limits_has_none_here(program: Program) -> None:
    with override_settings(API_CALLS_A_MINUTE=None):
        assert {program.get().status_code for _ in range(10)} == {200}


def test_a_count_that_is_forgotten_in_between_lets_through(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "add", lambda *args: True)
    assert within("nothing", 0, 60)


@pytest.mark.once
def test_a_redis_that_is_gone_lets_everybody_through() -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        gone = {**settings.REDIS_CACHE, "LOCATION": f"redis://127.0.0.1:{nobody.getsockname()[1]}/0"}
        with override_settings(CACHES={**settings.CACHES, "default": gone}):
            assert all(within("anything", 1, 60) for _ in range(3))
            caches["default"].close()


@pytest.mark.once
@pytest.mark.redis
def test_redis_counts(redis_url: str, tmp_path: Path) -> None:
    there = {**settings.REDIS_CACHE, "LOCATION": redis_url}
    with override_settings(CACHES={**settings.CACHES, "default": there}):
        assert [within("anything", 2, 60) for _ in range(4)] == [True, True, False, False]
        caches["default"].close()
