"""What a person is to be mailed by now, as one mail. May run twice or be killed: each row is mailed once.

Rows are marked in the transaction that writes the mail; from there `core/outgoing.py` looks after it.
"""

from datetime import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import task

from wishare.accounts.models import User
from wishare.core.mail import absolute, send_mail
from wishare.notifications import sentences
from wishare.notifications.models import Notification
from wishare.notifications.queries import NEWEST, visible_to, with_targets
from wishare.notifications.unsubscribing import make_token

IN_A_MAIL, AT_MOST = 20, 500


@task
def mail_person(recipient: int) -> None:
    """Mails what is due, if it is unread and may still be seen. What is not is never mailed."""
    with transaction.atomic():
        person = User.objects.filter(pk=recipient, is_active=True).first()
        due = _take_due(recipient)
        if person and due and has_verified(person):
            shown = visible_to(person).filter(pk__in=due, read_at=None)
            _send(person, shown)


def has_verified(person: User) -> bool:
    """Whether the address is known to be theirs. Others get nothing."""
    return bool(EmailAddress.objects.filter(user=person, email=person.email, verified=True).exists())


def _take_due(recipient: int) -> list[int]:
    """Rows that nobody else mails from now on; two at once wait for each other, and the second finds none."""
    now = timezone.now()
    due = Notification.objects.filter(recipient=recipient, mail_due_at__lte=now).order_by("pk")
    taken = list(due.select_for_update().values_list("pk", flat=True)[:AT_MOST])
    settle(Notification.objects.filter(pk__in=taken), now)
    return taken


def settle(notifications: QuerySet[Notification], now: datetime) -> None:
    """They are known now: no mail tells of them any more, and what is added to a list is news again."""
    notifications.filter(ends_at__gt=now).update(ends_at=now)
    notifications.update(mail_due_at=None)


def _send(person: User, notifications: QuerySet[Notification]) -> None:
    number = notifications.count()
    rows = list(with_targets(notifications).order_by(*NEWEST)[:IN_A_MAIL])
    if not rows:
        return
    kinds = sorted(set(notifications.values_list("kind", flat=True)))
    unsubscribe = absolute(reverse("unsubscribe", args=[make_token(person, kinds)]))
    locale = (person.locale or settings.LANGUAGE_CODE).lower()
    with translation.override(locale):
        context = _context(rows, number) | {"unsubscribe": unsubscribe}
    headers = {"List-Unsubscribe": f"<{unsubscribe}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    send_mail("notifications", person.email, {"person": person, **context}, locale=locale, headers=headers)


def _context(rows: list[Notification], number: int) -> dict[str, object]:
    entries = [
        {
            "text": sentences.plain(row),
            "html": sentences.html(row),
            "url": absolute(reverse("notification", args=[row.public_id])),
            "moment": row.created_at,
        }
        for row in rows
    ]
    return {
        "entries": entries,
        "number": number,
        "more": number - len(rows),
        "page": absolute(reverse("notifications")),
        "settings_page": absolute(reverse("notification_settings")),
    }
