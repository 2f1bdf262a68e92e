"""How often programs may ask."""

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.api.programs import Program
from tests.support.cast import person
from wishare.accounts.models import User


@pytest.fixture
def few_calls(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Three a minute, in a minute that does not end in the middle of a test."""
    monkeypatch.setattr("time.time", lambda: 1_000_001.5)
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
