"""The data set S: what it holds, that it is the same every time, and that it fits together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count, F

from bench import digest
from bench.people import FIXTURE
from bench.seeding import NotEmptyError, seed, tables
from bench.sizes import SIZES, Size
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.models import Connection
from wishare.connections.queries import friends
from wishare.core import versions
from wishare.core.ids import ALPHABET, LENGTH
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.loading import load_counts
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.products import product_key

pytestmark = pytest.mark.usefixtures("empty")

ROOT = Path(__file__).resolve().parents[2]
SMALL = SIZES["S"]
#: The same on SQLite and PostgreSQL. Changes when the generator does: then the data sets of two versions differ.
DIGEST = "a2192d0960be9234469010ef4e42e5fe381048d0b34ac40437403fb9eb7781ce"


def test_the_small_one_holds_what_it_says() -> None:
    seed(SMALL, quiet=True)
    assert (User.objects.count(), Wishlist.objects.count(), Item.objects.count()) == (200, 1000, 5000)
    assert 450 <= Claim.objects.count() <= 550
    person = User.objects.get(pk=FIXTURE)
    assert friends(person).count() == 5
    lists = person.wishlists.filter(deleted_at=None)
    assert lists.count() == 10
    assert set(load_counts(lists.values_list("pk", flat=True)).values()) == {5}
    _fits_together()
    assert digest.of_rows() == DIGEST


def _fits_together() -> None:
    """Nothing that the application would not have made, and nothing that it will stumble over."""
    connection.check_constraints()
    assert not Claim.objects.filter(giver=F("item__wishlist__owner")).exists()
    assert not Claim.objects.filter(item__wishlist__visibility=Visibility.PRIVATE_LIST).exists()
    assert not Item.objects.filter(created_at__lt=F("wishlist__created_at")).exists()
    assert not Wishlist.objects.filter(created_at__lt=F("owner__created_at")).exists()
    owners = User.objects.filter(wishlists__is_default=True).annotate(number=Count("pk"))
    assert {owner.number for owner in owners} == {1}
    for item in Item.objects.exclude(url="")[:50]:
        assert item.product_key == product_key(item.url)
    for model in (User, Connection, Wishlist, Item, Claim):
        found = set("".join(model.objects.values_list("public_id", flat=True)))
        assert found <= set(ALPHABET)
        assert {len(pk) for pk in model.objects.values_list("public_id", flat=True)} == {LENGTH}


def test_every_choice_occurs() -> None:
    seed(SMALL, quiet=True)
    for model, name in ((Wishlist, "visibility"), (Wishlist, "event_type"), (Connection, "status"), (Claim, "status")):
        known = {value for value, _ in model._meta.get_field(name).flatchoices}  # type: ignore[union-attr]
        assert set(model.objects.values_list(name, flat=True)) == known
    for column in ("received_at", "deleted_at"):
        assert 0.02 < Item.objects.exclude(**{column: None}).count() / 5000 < 0.12
    assert Wishlist.objects.exclude(deleted_at=None).exists()
    assert Claim.objects.filter(giver=None).exists()


def test_the_installation_goes_on_from_there() -> None:
    """Numbers and triggers are as after any other write, and accounts are not lost by mistake."""
    seed(Size("XS", 100), quiet=True)
    assert not versions.install(), "some trigger was missing"
    person = User.objects.get(pk=FIXTURE)
    before = person.wishlists.count()
    made = create_wishlist(owner=person, name="One more")
    assert made.pk > 100
    assert person.wishlists.count() == before + 1
    with pytest.raises(NotEmptyError):
        seed(SMALL, quiet=True)
    seed(Size("XS", 100), replace=True, quiet=True)
    assert Wishlist.objects.count() == 100


def test_a_column_that_nobody_thought_of_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bench.wishes.LIST", ("id", "name"))
    with pytest.raises(ValueError, match="no values for wishlists"):
        tables()


@pytest.mark.once
def test_the_command_says_what_it_did_and_refuses_to_do_it_again(tmp_path: Path) -> None:
    environment = {**os.environ, "DATABASE_URL": ""}
    command = [sys.executable, str(ROOT / "bin/bench"), "seed", "S", "--data-dir", str(tmp_path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert "1,000 lists with 5,000 wishes" in done.stdout, done.stderr
    again = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert again.returncode == 1
    assert again.stderr == "bin/bench: the database has accounts; --replace deletes them and everything else\n"
