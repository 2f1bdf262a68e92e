"""Access tokens: shown once, kept as a digest, revoked for good."""

import re

import pytest
from django.core import mail, serializers
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from wishare.accounts.models import AccessToken, User
from wishare.accounts.tokens import PREFIX, TOKENS_A_PERSON, create_token, holder_of
from wishare.core.errors import Refused

pytestmark = pytest.mark.django_db
TOKEN = re.compile(rf"{PREFIX}[\w-]{{43}}")
PAGE = "/account/tokens"


@pytest.fixture
def olga() -> User:
    return person("Olga")


def made(client: Client, name: str = "Kitchen display") -> str:
    """A token, by the page."""
    [token] = TOKEN.findall(client.post(PAGE, {"name": name}).content.decode())
    return str(token)


def test_a_token_is_on_one_page_and_in_no_table(olga: User) -> None:
    client = client_of(olga)
    token = made(client)
    assert holder_of(token) == olga
    later = client.get(PAGE).content.decode()
    assert "Kitchen display" in later
    assert not TOKEN.search(later)
    assert token.removeprefix(PREFIX) not in serializers.serialize("json", AccessToken.objects.all())


def test_no_cache_keeps_the_page_with_a_token(olga: User) -> None:
    response = client_of(olga).post(PAGE, {"name": "A"})
    assert response["Cache-Control"] == "no-store"


def test_the_owner_is_told_by_mail(olga: User) -> None:
    client = client_of(olga)
    token = made(client, "Kitchen & hall")
    client.post(PAGE, {"name": "Kitchen & hall"})  # refused: there is one
    [message] = mail.outbox
    assert (message.to, message.subject) == ([olga.email], "A program may read your lists now")
    assert "The access token “Kitchen & hall” has just been made." in message.body
    assert token not in message.body


def test_a_revoked_token_opens_nothing(olga: User) -> None:
    client = client_of(olga)
    token = made(client)
    kept = made(client, "Another")
    row = AccessToken.objects.get(name="Kitchen display")
    page = client.post(reverse("account_token_revoke", args=[row.public_id]), follow=True).content.decode()
    assert "“Kitchen display” opens nothing any more." in page
    assert (holder_of(token), holder_of(kept)) == (None, olga)


@pytest.mark.parametrize("token", ["", "x", PREFIX, PREFIX + "A" * 43, "é", "wishare_\x00"])
def test_anything_else_opens_nothing(olga: User, token: str) -> None:
    made(client_of(olga))
    assert holder_of(token) is None


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic eDp5", "bearer  ", "Bearer é", "Bearer a b"])
def test_other_headers_are_answered_401(olga: User, header: str) -> None:
    assert Client().get(reverse("api:wishlists"), headers={"Authorization": header}).status_code == 401


def test_the_token_of_an_account_that_is_closed_opens_nothing(olga: User) -> None:
    token = create_token(owner=olga, name="A")
    User.objects.update(is_active=False)
    assert holder_of(token) is None
    User.objects.update(is_active=True)
    assert holder_of(token) == olga
    olga.delete()
    assert holder_of(token) is None


def test_two_tokens_of_one_name_could_not_be_told_apart(olga: User) -> None:
    client = client_of(olga)
    made(client)
    response = client.post(PAGE, {"name": "Kitchen display"})
    assert response.status_code == 422
    assert "You have a token with this name." in response.content.decode()
    assert 'value="Kitchen display"' in response.content.decode()
    assert olga.access_tokens.count() == 1
    assert made(client_of(person("Ben")))


def test_a_person_has_so_many_at_most(olga: User) -> None:
    for number in range(TOKENS_A_PERSON):
        create_token(owner=olga, name=str(number))
    with pytest.raises(Refused, match="as many tokens as one can have"):
        create_token(owner=olga, name="One more")
    assert olga.access_tokens.count() == TOKENS_A_PERSON


def test_the_export_names_tokens_and_not_their_digests(olga: User) -> None:
    create_token(owner=olga, name="A script")
    exported = client_of(olga).post(reverse("account_export"))
    [told] = exported.json()["access_tokens"]
    row = AccessToken.objects.get()
    assert (told["name"], told["last_used_on"]) == ("A script", None)
    assert row.digest not in exported.content.decode()


@pytest.mark.parametrize("route", ["account_change_password", "account_reset_password_from_key_done"])
def test_who_changes_a_password_reads_that_programs_keep_their_access(olga: User, route: str) -> None:
    token = create_token(owner=olga, name="Shelf")
    olga.set_password("Open-the-gift-2")
    olga.save()
    assert holder_of(token) == olga
    page = client_of(olga).get(reverse(route)).content.decode()
    assert f'href="{reverse("account_tokens")}">see which have one</a>' in page
