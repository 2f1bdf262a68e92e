"""Olga, her friend Fred, and a list of hers with one wish; and the cast, who share one world.

A `conftest.py` takes from here what its tests ask for.
"""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.support.cast import World
    from tests.support.shops import Shop
    from wishare.accounts.models import User
    from wishare.wishlists.models import Item, Wishlist


@pytest.fixture
def owner(db: None) -> User:
    from tests.support.cast import person

    return person("Olga")


@pytest.fixture
def friend(owner: User) -> User:
    from tests.wishlists.making import friend_of

    return friend_of(owner, "Fred")


@pytest.fixture
def wishlist(owner: User) -> Wishlist:
    from tests.wishlists.making import a_list

    return a_list(owner)


@pytest.fixture
def item(wishlist: Wishlist) -> Item:
    from tests.wishlists.making import a_wish

    return a_wish(wishlist)


@pytest.fixture
def shop() -> Iterator[Shop]:
    from tests.support.products import open_shop

    with open_shop() as shop:
        yield shop


@pytest.fixture(scope="module")
def shared_world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for a module. Its jobs are done: what a request enqueues is then all there is to do."""
    from tests.support.cast import make_world, rolled_back
    from tests.support.working import work_off

    with django_db_blocker.unblock(), rolled_back():
        world = make_world()
        work_off()
        yield world


@pytest.fixture
def world(shared_world: World, db: None) -> World:
    """To change at will: `db` takes everything back after the test."""
    return deepcopy(shared_world)
