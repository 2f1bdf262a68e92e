"""Three people who do not know each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from wishare.accounts.models import User


def _person(name: str) -> User:
    from tests.support.cast import person

    return person(name)


@pytest.fixture
def ana(db: None) -> User:
    return _person("Ana")


@pytest.fixture
def ben(db: None) -> User:
    return _person("Ben")


@pytest.fixture
def cleo(db: None) -> User:
    return _person("Cleo")
