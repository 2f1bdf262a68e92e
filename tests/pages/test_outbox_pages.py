"""The outbox of an installation without a mail server, for this computer only."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client, override_settings
from django.urls import reverse

from wishare.core import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_id() -> str:
    message = EmailMessage("Hello <b>", "Open http://testserver/x?a=1&b=2\n<script>", to=["kim@example.org"])
    outbox.EmailBackend().send_messages([message])
    return outbox.messages()[0].id


def test_it_lists_and_shows_mail(client: Client, mail_id: str) -> None:
    link = reverse("outbox_message", args=[mail_id])
    assert link.encode() in client.get(reverse("outbox")).content
    page = client.get(link).content.decode()
    assert '<a href="http://testserver/x?a=1&amp;b=2"' in page
    assert "&lt;script&gt;" in page
    assert "Hello &lt;b&gt;" in page


@pytest.mark.parametrize("headers", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_nobody_else_sees_it(client: Client, mail_id: str, headers: dict[str, str]) -> None:
    for address in (reverse("outbox"), reverse("outbox_message", args=[mail_id])):
        assert client.get(address, **headers).status_code == 404


@override_settings(OUTBOX_DIR=None)
def test_with_a_mail_server_there_is_none(client: Client) -> None:
    assert client.get(reverse("outbox")).status_code == 404


@pytest.mark.parametrize("id", ["nothing", "20260101T000000000000-00000000", "..", "a/b"])
def test_an_unknown_mail_is_missing(client: Client, id: str) -> None:
    assert client.get(f"/outbox/{id}").status_code == 404


def test_who_has_signed_up_is_shown_the_way_to_it(client: Client) -> None:
    page = reverse("account_email_verification_sent")
    assert reverse("outbox").encode() in client.get(page).content
    assert reverse("outbox").encode() not in client.get(page, REMOTE_ADDR="192.0.2.7").content
