"""The data set S: what it holds, that it is the same every time, and that it fits together."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from django.db.models import Count, F, Q

from bench import digest
from bench.people import FIXTURE
from bench.seeding import NotEmptyError, seed, tables
from bench.sizes import DAY, SIZES, Size
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import news_begin, of_friends, of_oneself
from wishare.connections.models import Connection
from wishare.connections.queries import friends
from wishare.core import versions
from wishare.core.ids import ALPHABET, LENGTH
from wishare.metadata.addresses import product_key
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.loading import load_wishes
from wishare.wishlists.models import Claim, Item, Wishlist

pytestmark = pytest.mark.usefixtures("empty")

ROOT = Path(__file__).resolve().parents[2]
SMALL = SIZES["S"]
#: The same on SQLite and PostgreSQL. Changes when the generator does: then the data sets of two versions differ.
DIGEST = "0f63157246bda05944eba7198d79402db5750e9654245d2b2ce4b2380b21a9ce"


def test_the_small_one_holds_what_it_says() -> None:
    seed(SMALL, quiet=True)
    assert (User.objects.count(), Wishlist.objects.count(), Item.objects.count()) == (200, 1000, 5000)
    assert 450 <= Claim.objects.count() <= 550
    person = User.objects.get(pk=FIXTURE)
    assert friends(person).count() == 5
    lists = person.wishlists.filter(deleted_at=None)
    assert lists.count() == 10
    assert {number for _, number in load_wishes(lists.values_list("pk", flat=True)).values()} == {5}
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
    for model in (User, Connection, Wishlist, Item, Claim, Activity):
        found = set("".join(model.objects.values_list("public_id", flat=True)))
        assert found <= set(ALPHABET)
        assert {len(pk) for pk in model.objects.values_list("public_id", flat=True)} == {LENGTH}


def test_what_people_did_is_there_as_actions_write_it() -> None:
    seed(SMALL, quiet=True)
    done = Activity.objects.all()
    assert SMALL.lists <= done.count() <= 3 * SMALL.lists
    assert set(done.values_list("kind", flat=True)) == set(Kind) - {Kind.WISHLIST_COMMENTED, Kind.ITEM_COMMENTED}
    gifts, friends_found = done.filter(kind=Kind.ITEM_PURCHASED), done.filter(kind=Kind.FRIEND_CONNECTED)
    assert not done.filter(wishlist__isnull=False).exclude(pk__in=gifts).exclude(wishlist__owner=F("actor")).exists()
    assert not done.filter(item__isnull=False).exclude(item__wishlist=F("wishlist")).exists()
    assert not gifts.exclude(claim__giver=F("actor"), claim__item=F("item"), person=F("wishlist__owner")).exists()
    assert not gifts.exclude(claim__status=Claim.Status.PURCHASED).exists()
    both = Q(connection__user=F("actor"), connection__partner=F("person"))
    both |= Q(connection__partner=F("actor"), connection__user=F("person"))
    assert not friends_found.exclude(both, connection__status=Connection.Status.ACCEPTED).exists()
    assert of_oneself(User.objects.get(pk=FIXTURE)).exists()
    assert of_friends(User.objects.get(pk=FIXTURE), news_begin(DAY)).exists()


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
