"""In and out, forgotten passwords, new addresses."""

from datetime import timedelta
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.accounts.test_signing_up import link_in
from tests.support.cast import PASSWORD, client_of, person
from tests.support.servers import free_port
from wishare.accounts.middleware import LANGUAGE_IN_SESSION
from wishare.accounts.models import User
from wishare.core.models import OutgoingMail

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "Cherry-Tart-1907"


@pytest.fixture
def kim() -> User:
    return person("Kim")


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str) -> int:
    return client.post("/account/login", {"login": email, "password": password, **more}).status_code


def is_signed_in(client: Client) -> bool:
    return client.get(reverse("account_settings")).status_code == 200


def test_in_and_out(client: Client, kim: User) -> None:
    assert sign_in(client, kim.email) == 302
    assert is_signed_in(client)
    client.post("/account/logout")
    assert not is_signed_in(client)


def test_the_case_of_the_address_does_not_matter(client: Client, kim: User) -> None:
    sign_in(client, kim.email.upper())
    assert is_signed_in(client)


def test_without_remembering_the_session_ends_with_the_browser(client: Client, kim: User) -> None:
    sign_in(client, kim.email)
    assert client.session.get_expire_at_browser_close()


def test_remembered_for_two_months(client: Client, kim: User) -> None:
    sign_in(client, kim.email, remember="on")
    assert client.session.get_expiry_age() == settings.SESSION_COOKIE_AGE


def test_a_wrong_password_and_an_unknown_address_look_alike(kim: User) -> None:
    pages = []
    for email in (kim.email, "nobody@example.org"):
        page = Client().post("/account/login", {"login": email, "password": "wrong"}).content.decode()
        assert "are not correct" in page
        pages.append(page.replace(email, ""))
    assert len(pages[0]) == len(pages[1])


def test_signing_in_brings_the_language_of_the_account(client: Client) -> None:
    user = person("Kim", locale="pt-BR")
    sign_in(client, user.email)
    assert client.session[LANGUAGE_IN_SESSION] == "pt-br"
    assert client.get(reverse("account_settings")).headers["Content-Language"] == "pt-br"


def test_the_sixth_wrong_password_in_a_row_is_not_even_tried(client: Client, kim: User) -> None:
    for _ in range(5):
        sign_in(client, kim.email, "wrong")
    page = client.post("/account/login", {"login": kim.email, "password": PASSWORD})
    assert b"Too many failed login attempts" in page.content
    assert not is_signed_in(client)


def test_too_many_sign_ups_from_one_address_get_the_429_page(client: Client) -> None:
    answers = [client.post("/account/signup", {}) for _ in range(21)]
    assert {answer.status_code for answer in answers[:20]} == {200}
    assert answers[20].status_code == 429
    assert b"A little slower, please" in answers[20].content


def test_a_forgotten_password(client: Client, kim: User) -> None:
    client.post("/account/password/reset", {"email": kim.email})
    form = client.get(link_in(mail.outbox[0].body), follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})
    kim.refresh_from_db()
    assert kim.check_password(NEW_PASSWORD)
    assert is_signed_in(client)


def test_the_answer_is_the_same_for_an_unknown_address(client: Client, kim: User) -> None:
    answers = [client.post("/account/password/reset", {"email": email}) for email in (kim.email, "nobody@example.org")]
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert [message.to for message in mail.outbox] == [[kim.email], ["nobody@example.org"]]


@pytest.mark.parametrize(("hours", "works"), [(5.9, True), (6.1, False)])
def test_the_link_works_for_six_hours(client: Client, kim: User, hours: float, works: bool) -> None:
    client.post("/account/password/reset", {"email": kim.email})
    later = timezone.now().replace(tzinfo=None) + timedelta(hours=hours)
    with mock.patch.object(PasswordResetTokenGenerator, "_now", return_value=later):
        page = client.get(link_in(mail.outbox[0].body), follow=True)
    assert (b"This link does not work any more" in page.content) is not works


def test_changing_the_password_is_told_by_mail(kim: User) -> None:
    data = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    client_of(kim).post("/account/password", data)
    kim.refresh_from_db()
    assert kim.check_password(NEW_PASSWORD)
    assert "password was changed" in mail.outbox[0].subject


def test_a_new_address_counts_once_it_is_confirmed(client: Client, kim: User) -> None:
    sign_in(client, kim.email)
    client.post("/account/email", {"action_add": "", "email": "Kim@New.example"})
    kim.refresh_from_db()
    assert kim.email == "kim@example.org"
    confirmation = next(message for message in mail.outbox if message.to == ["kim@new.example"])
    client.post(link_in(confirmation.body))
    kim.refresh_from_db()
    assert kim.email == "kim@new.example"


def test_mail_speaks_the_recipients_language_not_the_senders(client: Client) -> None:
    reader = person("Kim", locale="pt-BR")
    with mock.patch("wishare.accounts.adapter.translation.override") as override:
        client.post("/account/password/reset", {"email": reader.email})
    override.assert_any_call("pt-br")


def test_with_a_dead_mail_server_the_account_is_there_and_the_mail_waits(client: Client, settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    data = {"name": "Nora", "email": "nora@example.org", "password1": PASSWORD}
    page = client.post("/account/signup", data, follow=True)
    assert b"Look into your mailbox" in page.content
    assert User.objects.filter(email="nora@example.org").exists()
    assert OutgoingMail.objects.count() == 1


@pytest.mark.parametrize("route", ["account_reauthenticate", "account_change_password", "account_email"])
def test_the_pages_of_an_account_render(client: Client, kim: User, route: str) -> None:
    sign_in(client, kim.email)
    response = client.get(reverse(route))
    assert response.status_code == 200
    assert b'class="shell shell--tabs"' in response.content
