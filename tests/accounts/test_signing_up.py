"""From nothing to an account: the form, the mail, the link."""

import re

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.cast import PASSWORD, client_of, person
from wishare.accounts.models import Locale, Theme, User

pytestmark = pytest.mark.django_db
SIGNUP = "/account/signup"


def sign_up(client: Client, **changes: str) -> HttpResponse:
    data = {"name": "Nora New", "email": "nora@example.org", "password1": PASSWORD, **changes}
    return client.post(SIGNUP, data)  # type: ignore[return-value]


def link_in(text: object) -> str:
    """The path of the link in a mail."""
    found = re.search(r"http://testserver(/\S+)", str(text))
    assert found
    return found[1]


def test_the_link_in_the_mail_finishes_signing_up_and_signs_in(client: Client) -> None:
    response = sign_up(client)
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert "_auth_user_id" not in client.session
    page = client.get(link_in(mail.outbox[0].body))
    assert b"nora@example.org" in page.content
    client.post(link_in(mail.outbox[0].body))
    assert client.session["_auth_user_id"] == str(User.objects.get().pk)


def test_the_name_is_kept_without_what_cannot_be_seen(client: Client) -> None:
    sign_up(client, name="  Nora\u202e\x07 New ")
    assert User.objects.get().name == "Nora New"


def test_the_address_is_kept_in_lower_case(client: Client) -> None:
    sign_up(client, email="Nora@Example.ORG")
    assert User.objects.get().email == "nora@example.org"


def test_the_account_starts_with_what_was_chosen_before(client: Client) -> None:
    client.post("/preferences", {"language": "pt-br"})
    client.post("/preferences", {"theme": "dark"})
    sign_up(client)
    user = User.objects.get()
    assert (user.locale, user.theme) == (Locale.PORTUGUESE, Theme.DARK)


def test_the_mail_has_both_forms_and_greets_by_name(client: Client) -> None:
    sign_up(client)
    (message,) = mail.outbox
    assert isinstance(message, EmailMultiAlternatives)
    html = str(message.alternatives[0][0])
    assert message.to == ["nora@example.org"]
    assert "Nora New" in str(message.body)
    assert "Nora New" in html
    assert link_in(message.body) in html


def test_a_known_address_gets_the_same_answer_and_another_mail(client: Client) -> None:
    known = person("Kim")
    fresh, again = sign_up(Client()), sign_up(client, email=known.email)
    assert (again.status_code, again.headers["Location"]) == (fresh.status_code, fresh.headers["Location"])
    assert User.objects.filter(email=known.email).count() == 1
    assert [message.to for message in mail.outbox] == [["nora@example.org"], [known.email]]
    assert "account already" in mail.outbox[1].subject


def test_the_page_after_it_does_not_tell_a_known_address_either(client: Client) -> None:
    known = person("Kim")
    pages = []
    for browser, email in ((Client(), "nora@example.org"), (client, known.email)):
        sign_up(browser, email=email)
        page = browser.get(reverse("account_email_verification_sent")).content.decode()
        pages.append(re.sub(r'(?<=value=")\w{64}|(?<=Token": ")\w{64}', "", page))
    assert pages[0] == pages[1]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("password1", "short1!A"),
        ("password1", "nouppercase-2041"),
        ("password1", "NoSpecialSign2041"),
        ("password1", "Nora-Nora-1!" * 11),
        ("email", "not an address"),
        ("email", ""),
        ("name", ""),
        ("name", "\u200b"),
        ("name", "N" * 101),
        ("name", "N\x00"),
    ],
)
def test_what_is_wrong_is_said_next_to_the_field(client: Client, field: str, value: str) -> None:
    response = sign_up(client, **{field: value})
    page = response.content.decode()
    assert response.status_code == 200
    assert f'id="id_{field}_error"' in page
    assert 'aria-invalid="true"' in page
    assert not User.objects.exists()


def test_somebody_unverified_cannot_sign_in_but_gets_to_the_mail_page(client: Client) -> None:
    sign_up(client)
    browser = Client()
    response = browser.post("/account/login", {"login": "nora@example.org", "password": PASSWORD})
    assert response.headers["Location"] == reverse("account_email_verification_sent")
    assert browser.get(reverse("account_settings")).status_code == 302


def test_a_used_link_says_so(client: Client) -> None:
    sign_up(client)
    link = link_in(mail.outbox[0].body)
    client.post(link)
    page = Client().get(link)
    assert b"This link does not work any more" in page.content


def test_who_is_signed_in_needs_no_second_account() -> None:
    response = client_of(person("Kim")).get(SIGNUP)
    assert response.headers["Location"] == reverse("home")
