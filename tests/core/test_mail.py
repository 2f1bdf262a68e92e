"""Mail through a real SMTP server, and what happens when there is none."""

import logging
import re
from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import TaskResultStatus as Status
from pytest_django import Settings

from tests.support.cast import client_of, person
from tests.support.mailbox import Mailbox, mail_server, subject_of, text_of, use_server
from tests.support.servers import free_port
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish
from wishare.accounts.models import User
from wishare.connections.models import Invitation
from wishare.core import outgoing
from wishare.core.jobs.models import Job
from wishare.core.jobs.retries import ATTEMPTS_IN_AN_OUTAGE
from wishare.core.models import OutgoingMail
from wishare.wishlists.actions.lists import share_wishlist
from wishare.wishlists.models import Claim


@pytest.fixture
def mailbox(settings: Settings) -> Iterator[Mailbox]:
    """A mail server that the application uses."""
    with mail_server(settings) as box:
        yield box


@pytest.fixture
def olga(db: None) -> User:
    return person("Olga <Ó'Hara> & Söhne")


def link_in(mail: EmailMessage, start: str) -> str:
    """The one address of ours that both parts of a mail name; as a path."""
    pattern = rf"http://testserver({start}[\w-]{{43}})"
    found = {*re.findall(pattern, text_of(mail)), *re.findall(pattern, text_of(mail, "html"))}
    [path] = found
    return str(path)


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def invite(sender: User, email: str) -> HttpResponse:
    return client_of(sender).post(reverse("invitation_create"), {"email": email})  # type: ignore[return-value]


def give_as_guest(owner: User) -> HttpResponse:
    wishlist = a_list(owner)
    item = a_wish(wishlist, "Kettle <b>&</b> pot")
    address = reverse("share_claim", args=[share_wishlist(wishlist=wishlist), item.public_id])
    return Client().post(address, {"guest_name": "Gil", "guest_email": "gil@example.org"})  # type: ignore[return-value]


def test_an_invitation_arrives_and_its_link_works(mailbox: Mailbox, olga: User) -> None:
    response = invite(olga, "New.Friend@Example.org")
    mail = mailbox.only()
    assert said(response) == ["Invitation sent to new.friend@example.org."]
    assert (mail["To"], mail["From"]) == ("new.friend@example.org", settings.DEFAULT_FROM_EMAIL)
    assert subject_of(mail) == f"{olga.name} invites you to Wishare"
    assert olga.name in text_of(mail)
    assert "Olga &lt;Ó&#x27;Hara&gt; &amp; Söhne" in text_of(mail, "html")
    path = link_in(mail, "/invitations/")
    assert path == reverse("invitation", args=[Invitation.objects.get().token])
    assert Client().get(path).status_code == 200


def test_an_invitation_by_link_sends_no_mail(mailbox: Mailbox, olga: User) -> None:
    assert said(invite(olga, "")) == ["Your link is ready: copy it and send it to your friend."]
    assert mailbox.mails == []


def test_a_guest_gets_the_private_link_that_undoes_the_claim(mailbox: Mailbox, olga: User) -> None:
    response = give_as_guest(olga)
    mail = mailbox.only()
    assert said(response) == ["Thank you! We have sent the address of this page to you."]
    assert (mail["To"], subject_of(mail)) == ("gil@example.org", "Your gift: Kettle <b>&</b> pot")
    assert "Kettle &lt;b&gt;&amp;&lt;/b&gt; pot" in text_of(mail, "html")
    path = link_in(mail, "/g/")
    assert (response.headers["Location"], Client().get(path).status_code) == (path, 200)
    Client().post(f"{path}/undo")
    assert Claim.objects.count() == 0


def test_an_invitation_speaks_the_language_of_its_recipients_account(mailbox: Mailbox, olga: User) -> None:
    person("Bia", locale="pt-BR")
    invite(olga, "bia@example.org")
    invite(olga, "nobody@example.org")
    with translation.override("pt-br"):
        portuguese = translation.gettext("%(name)s invites you to Wishare") % {"name": olga.name}
    assert portuguese != f"{olga.name} invites you to Wishare"
    assert [subject_of(mail) for mail in mailbox.mails] == [portuguese, f"{olga.name} invites you to Wishare"]
    assert 'lang="pt-br"' in text_of(mailbox.mails[0], "html").lower()


def test_a_guests_mail_speaks_the_language_of_their_page(mailbox: Mailbox, olga: User) -> None:
    wishlist = a_list(olga)
    address = reverse("share_claim", args=[share_wishlist(wishlist=wishlist), a_wish(wishlist).public_id])
    data = {"guest_name": "Gil", "guest_email": "gil@example.org"}
    Client().post(address, data, headers={"Accept-Language": "pt-BR"})
    with translation.override("pt-br"):
        assert subject_of(mailbox.only()) == translation.gettext("Your gift: %(name)s") % {"name": "Kettle"}


@pytest.fixture(params=["nobody listens", "the server refuses"])
def broken_mail(request: pytest.FixtureRequest, settings: Settings) -> None:
    if request.param == "nobody listens":
        use_server(settings, free_port())
    else:
        request.getfixturevalue("mailbox").answer = "554 no mail for you"


@pytest.mark.usefixtures("broken_mail")
def test_without_a_mail_server_the_invitation_is_kept_with_a_link_to_copy(olga: User) -> None:
    response = invite(olga, "new.friend@example.org")
    invitation = Invitation.objects.get()
    assert (response.status_code, said(response)) == (302, ["Invitation sent to new.friend@example.org."])
    page = client_of(olga).get(reverse("friends")).content.decode()
    assert reverse("invitation", args=[invitation.token]) in page


@pytest.mark.usefixtures("broken_mail")
def test_without_a_mail_server_a_guest_still_gets_to_their_page(olga: User) -> None:
    response = give_as_guest(olga)
    assert response.status_code == 302
    assert Client().get(response.headers["Location"]).status_code == 200
    assert Claim.objects.get().guest_email == "gil@example.org"


@pytest.mark.usefixtures("broken_mail")
def test_a_dead_mail_server_is_logged_without_address_and_the_mail_tried_again(
    olga: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING)
    invite(olga, "new.friend@example.org")
    [line] = [record.getMessage() for record in caplog.records if record.name == "wishare.jobs"]
    job = Job.objects.get()
    assert line.startswith(f"job wishare.core.outgoing.deliver {job.id} failed (attempt 1 of {ATTEMPTS_IN_AN_OUTAGE},")
    assert job.status == Status.READY
    assert "example.org" not in line + job.traceback + str(job.args_kwargs)


def test_a_mail_arrives_when_the_server_is_back(mailbox: Mailbox, olga: User) -> None:
    mailbox.answer = "451 try again later"
    invite(olga, "new.friend@example.org")
    mailbox.answer = "250 taken"
    Job.objects.update(run_after=timezone.now())
    assert work_off() == 1
    assert mailbox.only()["To"] == "new.friend@example.org"
    assert not OutgoingMail.objects.exists()
    assert not Job.objects.exists()


def test_a_refused_recipient_is_not_tried_again(mailbox: Mailbox, olga: User) -> None:
    mailbox.recipient = "550 nobody here"
    invite(olga, "new.friend@example.org")
    job = Job.objects.get()
    assert (job.status, len(job.worker_ids)) == (Status.FAILED, 1)
    assert "[550]" in job.traceback
    assert "example.org" not in job.traceback


def test_what_is_sent_twice_can_be_told(mailbox: Mailbox, olga: User) -> None:
    """The worker died after the mail server had it and before the job was done."""
    with transaction.atomic():
        mail.send_mail("Hello", "Dear Kim", None, ["kim@example.org"])
    kept = OutgoingMail.objects.get()
    work_off()
    again = OutgoingMail.objects.create(content=kept.content)
    outgoing.deliver.enqueue(again.pk)
    outgoing.deliver.enqueue(kept.pk)  # gone: somebody else has sent it
    assert work_off() == 2
    one, other = mailbox.mails
    assert one["Message-ID"] == other["Message-ID"]


def test_a_mail_keeps_all_its_parts_on_the_way(mailbox: Mailbox, olga: User) -> None:
    message = mail.EmailMultiAlternatives(
        *("Größe", "Text", "us@example.org", ["kim@example.org"]),
        cc=["cc@example.org"],
        reply_to=["back@example.org"],
        headers={"List-Unsubscribe": "<https://example.org/u>"},
    )
    message.attach_alternative("<p>Text</p>", "text/html")
    assert message.send() == 1
    assert mailbox.mails == []
    work_off()
    sent = mailbox.only()
    assert (subject_of(sent), sent["Cc"], sent["Reply-To"]) == ("Größe", "cc@example.org", "back@example.org")
    assert sent["List-Unsubscribe"] == "<https://example.org/u>"
    assert text_of(sent, "html").strip() == "<p>Text</p>"


@pytest.mark.django_db
def test_what_cannot_be_a_mail_is_refused_at_once() -> None:
    with pytest.raises(mail.BadHeaderError):
        mail.send_mail("Hello\nBcc: all@example.org", "", None, ["kim@example.org"])
    attached = mail.EmailMessage("Hello", "", None, ["kim@example.org"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="attachments"):
        attached.send()
    assert not OutgoingMail.objects.exists()
    assert not Job.objects.exists()


@pytest.mark.django_db
def test_mail_that_could_not_be_sent_for_a_week_is_forgotten() -> None:
    for subject in ("old", "new"):
        mail.send_mail(subject, "", None, ["kim@example.org"])
    old = OutgoingMail.objects.order_by("pk")[0]
    OutgoingMail.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=8))
    outgoing.forget_unsent.call()
    assert [row.content["subject"] for row in OutgoingMail.objects.all()] == ["new"]
