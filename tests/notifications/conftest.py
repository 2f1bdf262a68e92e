"""Olga, who has lists; her friend Fred, who is told; the cast; a mail server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.fixtures import friend, item, owner, shared_world, wishlist, world

if TYPE_CHECKING:  # pytest reads this file before Django is set up
    from collections.abc import Iterator

    from pytest_django import Settings

    from tests.support.mailbox import Mailbox

__all__ = ["friend", "item", "mailbox", "owner", "shared_world", "wishlist", "world"]


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    from tests.support.mailbox import mail_server

    with mail_server(settings) as box:
        yield box
