"""Olga, who is the owner, her friend Fred, and a list of hers with one wish; and a program of Fred's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fixtures import friend, item, owner, wishlist

if TYPE_CHECKING:
    from tests.api.programs import Program
    from wishare.accounts.models import User

__all__ = ["friend", "item", "owner", "program", "wishlist"]


@pytest.fixture
def program(friend: User) -> Program:
    from tests.api.programs import Program

    return Program(friend)
