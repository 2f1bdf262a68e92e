"""Olga, her friend Fred, and a list of hers with one wish."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from wishare.accounts.models import User
    from wishare.wishlists.models import Item, Wishlist


@pytest.fixture
def olga(db: None) -> User:
    from tests.support.cast import person

    return person("Olga")


@pytest.fixture
def fred(olga: User) -> User:
    from tests.wishlists.making import friend_of

    return friend_of(olga, "Fred")


@pytest.fixture
def wishlist(olga: User) -> Wishlist:
    from tests.wishlists.making import a_list

    return a_list(olga)


@pytest.fixture
def item(wishlist: Wishlist) -> Item:
    from tests.wishlists.making import a_wish

    return a_wish(wishlist)
