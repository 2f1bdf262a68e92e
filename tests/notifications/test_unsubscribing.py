"""The way out of a mail, without an account (RFC 8058), and the page where one chooses."""

from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from tests.support.mailbox import Mailbox
from tests.support.working import work_off
from wishare.accounts.models import User
from wishare.connections.actions import ask_to_connect
from wishare.notifications.actions import frequencies
from wishare.notifications.models import Frequency, Kind
from wishare.notifications.unsubscribing import make_token

pytestmark = pytest.mark.django_db


def unsubscribe_path(mail: EmailMessage) -> str:
    return urlsplit(str(mail["List-Unsubscribe"]).strip().strip("<>")).path


def test_one_click_ends_the_mails_of_a_kind(mailbox: Mailbox, owner: User) -> None:
    """As a mail program does it: a POST without cookie, sign-in or token against forged forms (RFC 8058)."""
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    mail = mailbox.only()
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    program = Client(enforce_csrf_checks=True)
    response = program.post(unsubscribe_path(mail), {"List-Unsubscribe": "One-Click"})
    assert response.status_code == 200
    chosen = frequencies(owner)
    assert chosen[Kind.INVITATION_RECEIVED] == Frequency.NEVER
    assert chosen[Kind.COMMENT] == Frequency.DAILY
    ask_to_connect(user=person("Ben"), partner=owner)
    work_off()
    assert len(mailbox.mails) == 1


def test_opening_the_link_asks_first(mailbox: Mailbox, owner: User) -> None:
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    path = unsubscribe_path(mailbox.only())
    assert "No more of these mails?" in Client().get(path).content.decode()
    assert frequencies(owner)[Kind.INVITATION_RECEIVED] == Frequency.NOW


def test_a_forged_link_is_a_404(owner: User) -> None:
    token = make_token(owner, [Kind.COMMENT])
    others = [token[:-1] + ("A" if token[-1] != "A" else "B"), token.replace(":", ""), ":", "x" * 3000, "é"]
    others.append(signing.Signer(salt="cursor").sign_object([owner.public_id, "comment"]))
    for forged in others:
        assert Client().get(reverse("unsubscribe", args=[forged])).status_code == 404
        assert Client().post(reverse("unsubscribe", args=[forged])).status_code == 404
    owner.delete()
    assert Client().post(reverse("unsubscribe", args=[token])).status_code == 404


def test_the_settings_are_kept_and_shown(owner: User) -> None:
    browser, address = client_of(owner), reverse("notification_settings")
    data = dict.fromkeys(Kind.values, "2") | {Kind.COMMENT: "0"}
    assert browser.post(address, data).status_code == 302
    assert frequencies(owner) == {**dict.fromkeys(Kind.values, Frequency.DAILY), Kind.COMMENT: Frequency.NEVER}
    page = browser.get(address).content.decode()
    assert page.count('<option value="2" selected>') == len(Kind) - 1
    assert browser.post(address, {**data, "comment": "7"}).status_code == 422
