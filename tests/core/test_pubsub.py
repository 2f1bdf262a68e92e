"""Pokes leave after the commit, and reach who listens to their channel."""

import pytest
from django.db import transaction

from wishare.core.pubsub import Poke, listening, poke

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_poke_reaches_its_channel_after_the_commit() -> None:
    heard: list[Poke] = []
    with listening("plum", heard.append):
        with transaction.atomic():
            poke("plum", "item", "abc")
            poke("cake", "item", "abc")
            assert heard == []
        assert heard == [Poke("plum", "item", "abc")]
    poke("plum", "item", "late")
    assert len(heard) == 1


def test_what_is_rolled_back_is_not_told() -> None:
    heard: list[Poke] = []
    with listening("plum", heard.append):
        with transaction.atomic():
            poke("plum", "item")
            transaction.set_rollback(True)
        assert heard == []
