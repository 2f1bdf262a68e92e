"""One world without claims for a module, its jobs done; whatever a test does to it is rolled back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fixtures import world

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.support.cast import World

__all__ = ["world"]


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    from tests.support.cast import make_world, rolled_back
    from tests.support.working import work_off

    with django_db_blocker.unblock(), rolled_back():
        made = make_world(claims=False)
        work_off()
        yield made
