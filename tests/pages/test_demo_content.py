"""The demo: what it promises to hold, and that it keeps Wishare's own promises."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.password_validation import validate_password
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from tests.pages.test_demo import load, user
from tests.support.cast import client_of, rolled_back
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids, open_invitations, requests_to
from wishare.notifications.models import Kind, Notification
from wishare.pages import demo
from wishare.pages.demo.people import PASSWORD, PEOPLE
from wishare.wishlists.choices import Currency, EventType, Priority
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import claims_by, giver_item, with_claims
from wishare.wishlists.snapshots import changes

pytestmark = [pytest.mark.django_db, pytest.mark.once]

CSRF = re.compile(r'(csrfmiddlewaretoken" value=|X-CSRFToken[^\w]+)"?[\w-]{64}')


@pytest.fixture(scope="module", autouse=True)
def loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Once for all: whatever a test changes is rolled back."""
    with django_db_blocker.unblock(), rolled_back():
        load()
        yield


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return CSRF.sub("", response.content.decode())


def list_page(viewer: User, wishlist: Wishlist) -> str:
    return page(client_of(viewer), reverse("wishlist", args=[wishlist.public_id]))


@pytest.mark.parametrize("key", [person.key for person in PEOPLE])
def test_everybody_signs_in_with_the_password_of_the_hint(key: str) -> None:
    hint = demo.sign_in_hint()
    [password] = re.findall(r"Password: +(\S+)", hint)
    assert f"{key}@example.org" in hint
    answer = Client().post(reverse("account_login"), {"login": f"{key}@example.org", "password": password}, follow=True)
    assert answer.context["user"] == user(key)
    assert answer.request["PATH_INFO"] == reverse("dashboard")


def test_the_admin_sees_the_pages_for_admins_and_nobody_else_does() -> None:
    answers = {person.key: client_of(user(person.key)).get(reverse("staff_queues")).status_code for person in PEOPLE}
    assert answers == {person.key: 404 for person in PEOPLE} | {"ada": 200}


def test_the_password_is_one_that_a_person_could_choose() -> None:
    for somebody in User.objects.all():
        validate_password(PASSWORD, somebody)


def test_both_languages_speak() -> None:
    languages = {"emma": "en", "tom": "en", "grace": "en", "marina": "pt-BR", "rafael": "pt-BR", "lucia": "pt-BR"}
    assert {key: user(key).locale for key in languages} == languages
    brazilian = Item.objects.filter(wishlist__owner__locale="pt-BR")
    assert set(brazilian.values_list("currency", flat=True)) == {Currency.BRL}
    others = Item.objects.exclude(wishlist__owner__locale="pt-BR")
    assert set(others.values_list("currency", flat=True)) == {Currency.GBP, Currency.EUR, Currency.USD}
    assert 'lang="pt-br"' in page(client_of(user("marina")), reverse("wishlists")).lower()
    assert "Natal em família" in page(client_of(user("marina")), reverse("wishlists"))


def test_not_everybody_knows_everybody() -> None:
    friends = {person.key: friend_ids(user(person.key)).count() for person in PEOPLE}
    assert friends == {"emma": 3, "tom": 2, "grace": 3, "marina": 4, "rafael": 2, "lucia": 2, "ada": 0}
    assert [request.user for request in requests_to(user("emma"))] == [user("rafael")]
    assert sorted(open_invitations().values_list("sender__name", "recipient_email")) == [
        ("Emma Whitfield", "aunt.joan@example.com"),
        ("Marina Azevedo", ""),
    ]


def test_lists_of_every_kind() -> None:
    lists = Wishlist.objects.all()
    assert {wishlist.visibility for wishlist in lists} == set(Visibility)
    occasions = {EventType.NONE, EventType.BIRTHDAY, EventType.CHRISTMAS, EventType.WEDDING, EventType.HOUSEWARMING}
    assert {wishlist.event_type for wishlist in lists} == occasions
    assert [wishlist.name for wishlist in lists if not wishlist.items.exists()] == ["Brazil next summer"]
    assert sum(bool(wishlist.share_token) for wishlist in lists) == 3
    assert sum(bool(wishlist.cover) for wishlist in lists) == 5
    assert all(wishlist.owner.created_at < wishlist.created_at <= wishlist.updated_at for wishlist in lists)


def test_wishes_of_every_kind() -> None:
    items = Item.objects.all()
    assert {item.priority for item in items} == set(Priority)
    assert sum(item.quantity > 1 for item in items) >= 8
    assert sum(item.received_at is not None for item in items) == 3
    assert sum(item.price is None for item in items) == 3
    shops = {item.url.split("/")[2] for item in items if item.url}
    assert len(shops) > 15
    assert all(shop.endswith((".example.com", ".example.org")) for shop in shops)


def test_gifts_of_every_kind() -> None:
    claims = Claim.objects.all()
    assert sorted(claim.guest_name for claim in claims if claim.guest_name) == ["Aunt Joan", "Uncle Femi"]
    assert {claim.status for claim in claims} == set(Claim.Status)
    partly = [
        entry for entry in map(giver_item, with_claims(Item.objects.all(), user("grace"))) if entry.taken and entry.left
    ]
    assert len(partly) == 6
    assert all(claim.sees_item for somebody in User.objects.all() for claim in claims_by(somebody))  # type: ignore[attr-defined]


def test_a_giver_is_told_what_the_owner_has_changed() -> None:
    changed = {claim.snapshot["name"]: [change.field for change in changes(claim)] for claim in claims_by(user("emma"))}
    assert {name: fields for name, fields in changed.items() if fields} == {
        "The history of clocks, in three volumes": ["price", "description"]
    }
    assert "64.00" in page(client_of(user("emma")), reverse("gifts"))


def test_the_past_event_shows_who_gave_what() -> None:
    housewarming = Wishlist.objects.get(name="Housewarming")
    shown = page(client_of(user("emma")), reverse("wishlist_givers", args=[housewarming.public_id]))
    assert all(name in shown for name in ("Marina Azevedo", "Tom Whitfield", "Grace Adeyemi"))


def test_what_is_to_come_stays_a_surprise() -> None:
    to_come = Wishlist.objects.exclude(name="Housewarming").select_related("owner")
    assert all(wishlist.reveal_on is None or wishlist.reveal_on > timezone.localdate() for wishlist in to_come)
    assert "Aunt Joan" not in list_page(user("emma"), to_come.get(name="My birthday"))


def test_no_owner_can_tell_that_there_are_claims() -> None:
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
