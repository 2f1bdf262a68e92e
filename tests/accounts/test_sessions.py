"""A session and its account come with one query, and whatever ends the one or changes the other acts at once."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.exceptions import SessionInterrupted
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.accounts.test_signing_in import NEW_PASSWORD, is_signed_in
from tests.support.cast import PASSWORD, client_of, person
from tests.support.counting import counted
from wishare.accounts.authentication import Backend
from wishare.accounts.models import Session, Theme, User
from wishare.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim() -> User:
    return person("Kim")


@pytest.fixture
def browser(kim: User) -> Client:
    return client_of(kim)


def copy_of(browser: Client) -> Client:
    """Another browser, with the same cookies."""
    other = Client()
    other.cookies.update(browser.cookies)
    return other


def key_of(browser: Client) -> str:
    return browser.cookies[settings.SESSION_COOKIE_NAME].value


def hand_over(session: SessionBase, browser: Client) -> None:
    session.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = str(session.session_key)


def test_who_is_signed_in_takes_one_query(browser: Client) -> None:
    with counted() as cost:
        page = browser.get(reverse("privacy"))
    assert page.context["user"].name == "Kim"
    assert len(cost.queries) == 1, cost


def test_a_visitor_takes_none(client: Client) -> None:
    with counted() as cost:
        assert client.get(reverse("privacy")).status_code == 200
    assert not cost.queries, cost


def test_the_row_names_the_account_until_somebody_signs_out(browser: Client, kim: User) -> None:
    assert Session.objects.get(account=kim).get_decoded()[SESSION_KEY] == str(kim.pk)
    browser.post(reverse("account_logout"))
    assert not Session.objects.filter(account=kim).exists()


def test_signing_in_keeps_what_the_visitor_had(client: Client, kim: User) -> None:
    session = client.session
    session["language"] = "pt-br"
    hand_over(session, client)
    client.post(reverse("account_login"), {"login": kim.email, "password": PASSWORD})
    assert client.session["language"] == "pt-br"
    assert Session.objects.get().account == kim


def test_signing_out_ends_a_copied_cookie_at_once(browser: Client) -> None:
    other = copy_of(browser)
    assert is_signed_in(other)
    browser.post(reverse("account_logout"))
    assert not is_signed_in(other)


def test_a_deactivated_account_is_signed_out(browser: Client, kim: User) -> None:
    assert is_signed_in(browser)
    User.objects.filter(pk=kim.pk).update(is_active=False)
    assert not is_signed_in(browser)


def test_a_change_of_the_account_shows_at_once(browser: Client, kim: User) -> None:
    assert b'data-theme="system"' in browser.get(reverse("privacy")).content
    User.objects.filter(pk=kim.pk).update(theme=Theme.DARK)
    assert b'data-theme="dark"' in browser.get(reverse("privacy")).content


def test_a_new_password_ends_the_other_sessions_and_not_ones_own(browser: Client, kim: User) -> None:
    other = client_of(kim)
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    browser.post(reverse("account_change_password"), data)
    assert is_signed_in(browser)
    assert not is_signed_in(other)
    assert [row.session_key for row in Session.objects.filter(account=kim)] == [key_of(browser)]


def test_a_deleted_account_takes_its_sessions_along(browser: Client, kim: User) -> None:
    other = client_of(person("Ana"))
    kim.delete()
    assert not is_signed_in(browser)
    assert [row.session_key for row in Session.objects.all()] == [key_of(other)]


def test_a_session_that_has_ended_signs_nobody_in(browser: Client) -> None:
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not is_signed_in(browser)


def test_only_sessions_that_have_ended_are_cleared(browser: Client, kim: User) -> None:
    ended = client_of(kim)
    Session.objects.filter(pk=key_of(ended)).update(expire_date=timezone.now() - timedelta(seconds=1))
    call_command("clearsessions")
    assert Session.objects.get().pk == key_of(browser)
    assert is_signed_in(browser)


def change(browser: Client, **contents: str) -> None:
    """Writes into a session with our own signature."""
    row = Session.objects.get(pk=key_of(browser))
    row.session_data = SessionStore().encode({**row.get_decoded(), **contents})
    row.save()


def test_the_column_signs_nobody_in_as_somebody_else(browser: Client) -> None:
    Session.objects.update(account=person("Ana"))
    assert browser.get(reverse("privacy")).context["user"].name == "Kim"


def test_the_column_signs_no_visitor_in(client: Client, kim: User) -> None:
    session = client.session
    session["language"] = "en"
    hand_over(session, client)
    Session.objects.update(account=kim)
    assert not is_signed_in(client)


def test_contents_without_our_signature_sign_nobody_in(browser: Client) -> None:
    row = Session.objects.get()
    data, _colon, signature = row.session_data.rpartition(":")
    Session.objects.update(session_data=f"{data}:{signature[::-1]}")
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "contents",
    [
        lambda: {SESSION_KEY: str(person("Ana").pk)},
        lambda: {SESSION_KEY: "999999"},
        lambda: {BACKEND_SESSION_KEY: "django.contrib.auth.backends.ModelBackend"},
        lambda: {"_auth_user_hash": "0" * 64},
    ],
    ids=["another account", "no account", "another backend", "another password"],
)
def test_contents_that_do_not_fit_together_sign_nobody_in(
    browser: Client, contents: Callable[[], dict[str, str]]
) -> None:
    change(browser, **contents())
    assert not is_signed_in(browser)


def test_the_next_request_of_the_thread_has_its_own_account(browser: Client, kim: User, client: Client) -> None:
    other = client_of(person("Ana"))
    names = [one.get(reverse("privacy")).context["user"] for one in (browser, other, browser)]
    assert [str(name) for name in names] == ["Kim", "Ana", "Kim"]
    assert not is_signed_in(client)
    with counted() as cost:
        assert Backend().get_user(kim.pk) == kim
    assert len(cost.queries) == 1, "an account of an earlier request was used"


def test_a_lookup_that_fails_leaves_no_account_behind(browser: Client, kim: User) -> None:
    broken = mock.patch.object(Backend, "user_can_authenticate", side_effect=ZeroDivisionError)
    with broken, pytest.raises(ZeroDivisionError):
        browser.get(reverse("privacy"))
    with counted() as cost:
        Backend().get_user(kim.pk)
    assert len(cost.queries) == 1


@pytest.mark.django_db(transaction=True)
def test_an_account_that_is_deleted_meanwhile_ends_the_session_that_is_saved(kim: User) -> None:
    signing_in, changing = SessionStore(), SessionStore()
    changing.create()
    gone = str(kim.pk)
    kim.delete()
    for session in (signing_in, changing):
        session[SESSION_KEY] = gone
        with pytest.raises(SessionInterrupted):
            session.save()
    assert Session.objects.get(pk=changing.session_key).account_id is None


def test_a_key_that_is_taken_is_not_given_again(browser: Client) -> None:
    session = SessionStore()
    with mock.patch.object(session, "_get_new_session_key", side_effect=[key_of(browser), "k" * 32]):
        session.create()
    assert session.session_key == "k" * 32
    assert is_signed_in(browser)
