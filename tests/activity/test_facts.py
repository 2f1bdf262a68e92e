"""What an action says has happened reaches its handlers: in the transaction, or after it."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.db import transaction
from django.db.transaction import TransactionManagementError

from wishare import reactions
from wishare.core.facts import Fact, happened


@dataclass(frozen=True)
class Rang(Fact):
    """The bell."""

    heard: list[str]


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(fact: Rang) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(reactions, "AT_ONCE", {Rang: [lambda fact: fact.heard.append("at once")]})
    monkeypatch.setattr(reactions, "AFTER_COMMIT", {Rang: [fails, lambda fact: fact.heard.append("after")]})


@pytest.mark.django_db(transaction=True)
def test_some_hear_it_in_the_transaction_and_others_after_it(caplog: pytest.LogCaptureFixture) -> None:
    heard: list[str] = []
    with transaction.atomic():
        happened(Rang(heard))
        assert heard == ["at once"]
    assert heard == ["at once", "after"]
    assert "broken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_has_not_happened() -> None:
    heard: list[str] = []
    with transaction.atomic():
        happened(Rang(heard))
        transaction.set_rollback(True)
    assert heard == ["at once"]


@pytest.mark.django_db(transaction=True)
def test_a_fact_needs_a_transaction() -> None:
    with pytest.raises(TransactionManagementError):
        happened(Rang([]))


def every_fact() -> Iterator[type[Fact]]:
    return (fact for fact in Fact.__subclasses__() if fact.__module__.startswith("wishare."))


def test_every_fact_has_a_reaction(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    assert set(every_fact()) == reactions.AT_ONCE.keys() | reactions.AFTER_COMMIT.keys()
    assert len(reactions.AT_ONCE) >= 7
