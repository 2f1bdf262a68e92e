"""The demo: what it promises to hold, when it is refused, and that it keeps Wishare's own promises."""

import re
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.management import CommandError, call_command
from django.db.models import F, Model
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from tests.support.cast import client_of, person
from wishare.access.choices import Visibility
from wishare.accounts.models import Role, User
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import friend_ids, open_invitations, requests_to
from wishare.notifications.models import Kind, Notification
from wishare.pages import demo
from wishare.pages.demo import shapes
from wishare.pages.demo.loading import PICTURES
from wishare.pages.demo.people import PASSWORD, PEOPLE
from wishare.pages.demo.shapes import in_days
from wishare.wishlists.choices import Currency, EventType, Priority
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import claims_by, giver_item, with_claims
from wishare.wishlists.snapshots import changes

pytestmark = pytest.mark.django_db

TABLES: tuple[type[Model], ...] = (User, Connection, Invitation, Wishlist, Item, Claim)
LARGEST_PICTURE = 15 * 1024
CSRF = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^\w]+)"?[\w-]{64}')


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


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return CSRF.sub("", response.content.decode())


def list_page(viewer: User, wishlist: Wishlist) -> str:
    return page(client_of(viewer), reverse("wishlist", args=[wishlist.public_id]))


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


@pytest.mark.parametrize("key", [person.key for person in PEOPLE])
def test_everybody_signs_in_with_the_password_of_the_hint(key: str, loaded: str) -> None:
    hint = demo.sign_in_hint()
    [password] = re.findall(r"Password: +(\S+)", hint)
    assert f"{key}@example.org" in hint
    answer = Client().post(reverse("account_login"), {"login": f"{key}@example.org", "password": password}, follow=True)
    assert answer.context["user"] == user(key)
    assert answer.request["PATH_INFO"] == reverse("dashboard")


def test_the_admin_sees_the_pages_for_admins_and_nobody_else_does(loaded: str) -> None:
    answers = {person.key: client_of(user(person.key)).get(reverse("staff_queues")).status_code for person in PEOPLE}
    assert answers == {person.key: 404 for person in PEOPLE} | {"ada": 200}


def test_the_password_is_one_that_a_person_could_choose(loaded: str) -> None:
    for somebody in User.objects.all():
        validate_password(PASSWORD, somebody)


def test_both_languages_speak(loaded: str) -> None:
    languages = {"emma": "en", "tom": "en", "grace": "en", "marina": "pt-BR", "rafael": "pt-BR", "lucia": "pt-BR"}
    assert {key: user(key).locale for key in languages} == languages
    brazilian = Item.objects.filter(wishlist__owner__locale="pt-BR")
    assert set(brazilian.values_list("currency", flat=True)) == {Currency.BRL}
    others = Item.objects.exclude(wishlist__owner__locale="pt-BR")
    assert set(others.values_list("currency", flat=True)) == {Currency.GBP, Currency.EUR, Currency.USD}
    assert 'lang="pt-br"' in page(client_of(user("marina")), reverse("wishlists")).lower()
    assert "Natal em família" in page(client_of(user("marina")), reverse("wishlists"))


def test_not_everybody_knows_everybody(loaded: str) -> None:
    friends = {person.key: friend_ids(user(person.key)).count() for person in PEOPLE}
    assert friends == {"emma": 3, "tom": 2, "grace": 3, "marina": 4, "rafael": 2, "lucia": 2, "ada": 0}
    assert [request.user for request in requests_to(user("emma"))] == [user("rafael")]
    assert sorted(open_invitations().values_list("sender__name", "recipient_email")) == [
        ("Emma Whitfield", "aunt.joan@example.com"),
        ("Marina Azevedo", ""),
    ]


def test_lists_of_every_kind(loaded: str) -> None:
    lists = Wishlist.objects.all()
    assert {wishlist.visibility for wishlist in lists} == set(Visibility)
    occasions = {EventType.NONE, EventType.BIRTHDAY, EventType.CHRISTMAS, EventType.WEDDING, EventType.HOUSEWARMING}
    assert {wishlist.event_type for wishlist in lists} == occasions
    assert [wishlist.name for wishlist in lists if not wishlist.items.exists()] == ["Brazil next summer"]
    assert sum(bool(wishlist.share_token) for wishlist in lists) == 3
    assert sum(bool(wishlist.cover) for wishlist in lists) == 5
    assert all(wishlist.owner.created_at < wishlist.created_at <= wishlist.updated_at for wishlist in lists)


def test_wishes_of_every_kind(loaded: str) -> None:
    items = Item.objects.all()
    assert {item.priority for item in items} == set(Priority)
    assert sum(item.quantity > 1 for item in items) >= 8
    assert sum(item.received_at is not None for item in items) == 3
    assert sum(item.price is None for item in items) == 3
    shops = {item.url.split("/")[2] for item in items if item.url}
    assert len(shops) > 15
    assert all(shop.endswith((".example.com", ".example.org")) for shop in shops)


def test_gifts_of_every_kind(loaded: str) -> None:
    claims = Claim.objects.all()
    assert sorted(claim.guest_name for claim in claims if claim.guest_name) == ["Aunt Joan", "Uncle Femi"]
    assert {claim.status for claim in claims} == set(Claim.Status)
    partly = [
        entry for entry in map(giver_item, with_claims(Item.objects.all(), user("grace"))) if entry.taken and entry.left
    ]
    assert len(partly) == 6
    assert all(claim.sees_item for somebody in User.objects.all() for claim in claims_by(somebody))  # type: ignore[attr-defined]


def test_a_giver_is_told_what_the_owner_has_changed(loaded: str) -> None:
    changed = {claim.snapshot["name"]: [change.field for change in changes(claim)] for claim in claims_by(user("emma"))}
    assert {name: fields for name, fields in changed.items() if fields} == {
        "The history of clocks, in three volumes": ["price", "description"]
    }
    assert "64.00" in page(client_of(user("emma")), reverse("gifts"))


def test_the_past_event_shows_who_gave_what(loaded: str) -> None:
    housewarming = Wishlist.objects.get(name="Housewarming")
    shown = page(client_of(user("emma")), reverse("wishlist_givers", args=[housewarming.public_id]))
    assert all(name in shown for name in ("Marina Azevedo", "Tom Whitfield", "Grace Adeyemi"))


def test_what_is_to_come_stays_a_surprise(loaded: str) -> None:
    to_come = Wishlist.objects.exclude(name="Housewarming").select_related("owner")
    assert all(wishlist.reveal_on is None or wishlist.reveal_on > timezone.localdate() for wishlist in to_come)
    assert "Aunt Joan" not in list_page(user("emma"), to_come.get(name="My birthday"))


def test_no_owner_can_tell_that_there_are_claims(loaded: str) -> None:
    """The bell apart, by which they hear of gifts as givers to others."""
    Notification.objects.filter(kind=Kind.ITEM_PURCHASED).update(read_at=timezone.now())
    owned = Notification.objects.filter(kind=Kind.ITEM_PURCHASED, recipient=F("wishlist__owner"))
    assert not owned.exists()
    lists = list(Wishlist.objects.select_related("owner"))
    birthday = next(wishlist for wishlist in lists if wishlist.name == "My birthday")
    as_giver = list_page(user("grace"), birthday)
    as_owner = [list_page(wishlist.owner, wishlist) for wishlist in lists]
    Claim.objects.all().delete()
    assert list_page(user("grace"), birthday) != as_giver
    assert [list_page(wishlist.owner, wishlist) for wishlist in lists] == as_owner


def test_pictures_are_kept_as_uploads_are(loaded: str) -> None:
    stored = [item.image for item in Item.objects.exclude(image="")]
    stored += [somebody.avatar for somebody in User.objects.exclude(avatar="")]
    assert len(stored) > 25
    for name in map(str, stored):
        assert re.fullmatch(r"(items|avatars)/[0-9a-f]{32}\.webp", name)
        assert Path(settings.MEDIA_ROOT, name).is_file()
    response = client_of(user("emma")).get(user("emma").avatar.url)
    assert Image.open(BytesIO(b"".join(response))).size == (320, 320)


def test_pictures_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in PICTURES.iterdir()}
    assert len(sizes) == 25
    assert all(name.endswith(".webp") and size <= LARGEST_PICTURE for name, size in sizes.items())


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


def test_a_birthday_on_a_leap_day_is_born_the_day_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: date(2028, 2, 19))
    assert shapes.born((10, 33)) == date(1995, 2, 28)
