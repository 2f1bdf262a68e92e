"""Mail leaves through a job: a request writes a row, and waits for no mail server."""

from collections.abc import Sequence
from datetime import timedelta
from email.utils import make_msgid
from smtplib import SMTPException, SMTPRecipientsRefused
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage
from django.core.mail.utils import DNS_NAME
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskContext, task

from wishare.core.jobs.retries import GiveUp, Outage
from wishare.core.models import OutgoingMail

KEPT = timedelta(days=7)
FIELDS = ("subject", "body", "from_email", "to", "cc", "bcc", "reply_to")


class NotSentError(Outage):
    """Says what the mail server said, without the addresses that it names."""


class EmailBackend(BaseEmailBackend):
    """Django's e-mail backend that keeps each mail with a job that sends it, in the caller's transaction.

    A mail that cannot be put together raises here; no mail server is asked, so nothing else does.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns how many will be sent."""
        with transaction.atomic():
            for message in email_messages:
                deliver.enqueue(OutgoingMail.objects.create(content=_content(message)).pk)
        return len(email_messages)


@task(takes_context=True)
def deliver(context: TaskContext, mail: int) -> None:
    """Sends a mail; one that is not there any more was sent by a worker that died before it could say so, if it has not
    been forgotten.

    It is sent twice only if the worker dies in between. Both have the same Message-ID, so a mailbox can tell.
    """
    row = OutgoingMail.objects.filter(pk=mail).first()
    if row is None:
        enqueued = context.task_result.enqueued_at
        if enqueued and enqueued < timezone.now() - KEPT:
            raise GiveUp(f"The mail was not sent: it was forgotten after {KEPT.days} days.")
        return
    try:
        get_connection(settings.MAIL_TRANSPORT).send_messages([_message(row.content)])
    except SMTPRecipientsRefused as error:
        codes = sorted({code for code, _text in error.recipients.values()})
        told = f"The mail server refused the recipient: {codes}"
        raise (GiveUp(told) if min(codes, default=0) >= 500 else NotSentError(told)) from None
    except (SMTPException, OSError) as error:
        raise NotSentError(f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".strip()) from None
    row.delete()


@task(queue_name="low_priority")
def forget_unsent() -> None:
    """What a mail says is of no use after a week, and not ours to keep."""
    OutgoingMail.objects.filter(created_at__lt=timezone.now() - KEPT).delete()


def _content(message: EmailMessage) -> dict[str, Any]:
    """A mail as JSON. Raises ValueError for a line break in a header, and for attachments, which nobody sends."""
    if message.attachments:
        raise ValueError("a mail with attachments is not kept")
    content = {name: getattr(message, name) for name in FIELDS}
    content["subject"], content["body"] = str(message.subject), str(message.body)
    content["headers"] = {"Message-ID": make_msgid(domain=DNS_NAME.get_fqdn()), **message.extra_headers}
    content["alternatives"] = [list(part) for part in getattr(message, "alternatives", ())]
    _message(content).message()
    return content


def _message(content: dict[str, Any]) -> EmailMultiAlternatives:
    parts = [tuple(part) for part in content["alternatives"]]
    return EmailMultiAlternatives(**{**content, "alternatives": parts})
