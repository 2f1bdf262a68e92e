"""Rows as they are read."""

import pytest

from tests.support.cast import person
from tests.support.counting import counted
from wishare.accounts.models import User

pytestmark = pytest.mark.django_db


def test_a_row_that_is_read_is_that_of_the_database() -> None:
    olga = person("Olga")
    read = User.objects.get(pk=olga.pk)
    assert {name: value for name, value in vars(read).items() if name != "_state"} == User.objects.values().get()
    assert (read._state.adding, read._state.db, read.get_deferred_fields()) == (False, "default", set())


def test_a_column_that_was_not_asked_for_is_read_later() -> None:
    olga = person("Olga")
    read = User.objects.only("name").get(pk=olga.pk)
    with counted() as cost:
        assert read.name == "Olga"
        assert not cost.queries
        assert read.email == olga.email
        assert len(cost.queries) == 1


def test_a_row_that_was_read_in_part_keeps_the_rest_when_it_is_saved() -> None:
    olga = person("Olga")
    read = User.objects.only("name").get(pk=olga.pk)
    read.name = "Other"
    read.save()
    saved = User.objects.get(pk=olga.pk)
    assert (saved.name, saved.email) == ("Other", olga.email)
