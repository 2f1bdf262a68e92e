"""Loading the demo: when it is refused, that it changes nothing of others, and its pictures and days."""

import re
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Model
from django.test import override_settings
from django.utils import timezone
from PIL import Image

from tests.support.cast import client_of, person
from wishare.accounts.models import Role, User
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import friend_ids
from wishare.pages import demo
from wishare.pages.demo import shapes
from wishare.pages.demo.loading import PICTURES
from wishare.pages.demo.people import PEOPLE
from wishare.pages.demo.shapes import in_days
from wishare.wishlists.models import Claim, Item, Wishlist

pytestmark = pytest.mark.django_db

TABLES: tuple[type[Model], ...] = (User, Connection, Invitation, Wishlist, Item, Claim)
LARGEST_PICTURE = 15 * 1024


def load(*options: str) -> str:
    """What the command says."""
    output = StringIO()
    call_command("load_demo", *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def loaded() -> str:
    return load()


def rows() -> list[list[dict[str, object]]]:
    """Every row of every table the demo writes to."""
    return [list(table._default_manager.order_by("pk").values()) for table in TABLES]


def user(key: str) -> User:
    return User.objects.get(email=f"{key}@example.org")


def test_it_loads_and_names_each_person_as_it_goes(loaded: str) -> None:
    assert [line.split(":")[0].strip() for line in loaded.splitlines()[1:-1]] == [person.name for person in PEOPLE]
    assert User.objects.count() == 7
    assert Wishlist.objects.count() == 10
    assert Item.objects.count() == 40
    assert "Emma Whitfield: 4 lists, 17 wishes" in loaded
    assert "Grace Adeyemi: 1 list, 6 wishes" in loaded


def test_a_second_time_changes_nothing_and_says_so(loaded: str) -> None:
    before = rows()
    assert load() == load("--force") == "The demo is here already: nothing was changed.\n"
    assert rows() == before


def test_it_stays_as_visitors_left_it(loaded: str) -> None:
    user("tom").delete()
    person("Newcomer")
    before = rows()
    assert "nothing was changed" in load()
    assert rows() == before


def test_accounts_of_others_are_left_alone() -> None:
    person("Resident")
    before = rows()
    with pytest.raises(CommandError, match=r"do not belong to the demo: 1\. Nothing was loaded") as refusal:
        load()
    assert "load_demo --force" in str(refusal.value)
    assert rows() == before


def test_an_operator_can_insist_on_having_it_next_to_others() -> None:
    resident = person("Resident")
    load("--force")
    assert User.objects.count() == 7
    assert not User.objects.filter(role__gt=Role.USER).exists()
    assert not Wishlist.objects.filter(owner=resident).exists()
    assert not friend_ids(resident).exists()


@pytest.mark.once
@pytest.mark.parametrize("present", [False, True])
def test_a_public_site_does_not_get_a_known_password(present: bool) -> None:
    if present:
        load()
    before = rows()
    with override_settings(HTTPS=True, PUBLIC_URL="https://wishes.example.org"):
        with pytest.raises(CommandError, match=r"https://wishes\.example\.org is public"):
            load()
        assert rows() == before
        load("--force")
    assert User.objects.count() == (7 if present else 6)
    assert ("ada@example.org" in demo.sign_in_hint()) == present


def test_a_failure_half_way_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []

    def interrupted(line: str) -> None:
        said.append(line)
        if line.startswith("Grace"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        demo.load(interrupted, with_admin=True)
    assert len(said) == 3
    assert rows() == [[] for _ in TABLES]


def test_pictures_are_kept_as_uploads_are(loaded: str) -> None:
    stored = [item.image for item in Item.objects.exclude(image="")]
    stored += [somebody.avatar for somebody in User.objects.exclude(avatar="")]
    assert len(stored) > 25
    for name in map(str, stored):
        assert re.fullmatch(r"(items|avatars)/[0-9a-f]{32}\.webp", name)
        assert Path(settings.MEDIA_ROOT, name).is_file()
    response = client_of(user("emma")).get(user("emma").avatar.url)
    assert Image.open(BytesIO(b"".join(response))).size == (320, 320)


@pytest.mark.once
def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert len(sizes) == 25
    assert all(name.endswith(".webp") and size <= LARGEST_PICTURE for name, size in sizes.items())


@pytest.mark.once
@pytest.mark.parametrize(
    ("today", "christmas"),
    [
        (date(2025, 11, 22), date(2025, 12, 25)),
        (date(2025, 12, 24), date(2025, 12, 25)),
        (date(2025, 12, 25), date(2026, 12, 25)),
        (date(2028, 2, 29), date(2028, 12, 25)),
    ],
)
def test_days_follow_the_day_it_is_loaded(today: date, christmas: date, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: today)
    assert shapes.next_christmas() == christmas
    load()
    dated = dict(Wishlist.objects.exclude(event_date=None).values_list("name", "event_date"))
    assert dated["My birthday"] == in_days(19)
    assert dated["Housewarming"] == in_days(-20)
    assert dated["Natal em família"] == christmas

    assert [name for name, day in dated.items() if day and day <= today] == ["Housewarming"]
    assert user("emma").date_of_birth == in_days(19).replace(year=in_days(19).year - 34)


@pytest.mark.once
def test_a_birthday_on_a_leap_day_is_born_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2028, 2, 19))
    assert shapes.born((10, 33)) == date(1995, 2, 28)
