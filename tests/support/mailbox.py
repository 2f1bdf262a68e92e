"""A real SMTP server on this computer, and what it took."""

from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from pytest_django import Settings

from tests.support.servers import free_port

SMTP_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


class Mailbox:
    """What the server took."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 taken"
        self.recipient = "250 known"

    async def handle_RCPT(  # noqa: N802 (aiosmtpd)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 (aiosmtpd)
        if self.answer.startswith("250"):
            self.mails.append(message_from_bytes(envelope.content or b"", policy=policy.default))
        return self.answer

    def only(self) -> EmailMessage:
        [mail] = self.mails
        return mail


def use_server(settings: Settings, port: int) -> None:
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST, settings.EMAIL_PORT = SMTP_BACKEND, "127.0.0.1", port


@contextmanager
def mail_server(settings: Settings) -> Iterator[Mailbox]:
    """On a free port of this computer; the application uses it."""
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    use_server(settings, controller.port)
    yield box
    controller.stop()


def subject_of(mail: EmailMessage) -> str:
    return str(mail["Subject"]).strip()  # folding a long encoded subject leaves a space in front


def text_of(mail: EmailMessage, kind: str = "plain") -> str:
    part = mail.get_body(preferencelist=(kind,))
    assert part
    return str(part.get_content())
