"""Writes of notifications. Each pokes the pages of whose bell it moves, after the commit."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from wishare.access.channels import of_notifications
from wishare.accounts.models import User
from wishare.accounts.zones import zone_of
from wishare.core.pubsub import poke
from wishare.notifications.delivery import mail_person, settle
from wishare.notifications.models import DEFAULTS, Frequency, Kind, MailChoice, Notification
from wishare.notifications.times import due

KEPT = timedelta(days=90)
AT_ONCE = 1000


@transaction.atomic
def tell(kind: Kind, recipients: Iterable[int], *, mailed: bool = True, **target: Any) -> None:
    """Tells each of the people, if their account is active. `mailed`: also by mail, when they want that."""
    people = list(User.objects.filter(pk__in=set(recipients), is_active=True).order_by("pk"))
    chosen = dict(MailChoice.objects.filter(person__in=people, kind=kind).values_list("person", "frequency"))
    now = timezone.now()
    rows = []
    for person in people:
        when = due(kind, chosen.get(person.pk, DEFAULTS[kind]), now, zone_of(person)) if mailed else None
        rows.append(Notification(recipient=person, kind=kind, created_at=now, mail_due_at=when, **target))
    Notification.objects.bulk_create(rows)
    for row in rows:
        ring(row.recipient)
        if row.mail_due_at == now:
            mail_person.enqueue(row.recipient_id)


def ring(person: User) -> None:
    """The pages of a person look at their bell again."""
    poke(of_notifications(person.public_id), "notifications")


@transaction.atomic
def take_back(notifications: QuerySet[Notification]) -> None:
    """What they told of is not so any more."""
    people = list(User.objects.filter(pk__in=notifications.values("recipient")))
    notifications.delete()
    for person in people:
        ring(person)


@transaction.atomic
def mark_read(*, notifications: QuerySet[Notification], reader: User) -> None:
    """They are not mailed any more; what is added to a list from now on is news again."""
    now = timezone.now()
    unread = Notification.objects.filter(pk__in=list(notifications.filter(read_at=None).values_list("pk", flat=True)))
    settle(unread, now)
    unread.update(read_at=now)
    ring(reader)


@transaction.atomic
def mark_all_read(*, reader: User) -> None:
    """Also those that cannot be seen at the moment."""
    mark_read(notifications=Notification.objects.filter(recipient=reader), reader=reader)


@transaction.atomic
def dismiss(*, notification: Notification, reader: User) -> None:
    """Takes one off the page; `restore` brings it back."""
    same = Notification.objects.filter(pk=notification.pk)
    mark_read(notifications=same, reader=reader)
    same.update(dismissed_at=timezone.now())


@transaction.atomic
def restore(*, notification: Notification, reader: User) -> None:
    Notification.objects.filter(pk=notification.pk).update(dismissed_at=None)
    ring(reader)


@transaction.atomic
def choose_mail(*, person: User, choices: dict[str, Frequency]) -> None:
    """How often to mail which kinds, from now on; what waits to be mailed follows."""
    for kind, frequency in choices.items():
        MailChoice.objects.update_or_create(person=person, kind=kind, defaults={"frequency": frequency})
        waiting = Notification.objects.filter(recipient=person, kind=kind, mail_due_at__isnull=False)
        waiting.update(mail_due_at=due(kind, frequency, timezone.now(), zone_of(person)))


def frequencies(person: User) -> dict[str, int]:
    """How often the person wants mail, for every kind."""
    return {**DEFAULTS, **dict(MailChoice.objects.filter(person=person).values_list("kind", "frequency"))}


@transaction.atomic
def reschedule(*, person: User) -> None:
    """The person's mornings are at other times now."""
    now, chosen = timezone.now(), frequencies(person)
    for kind in (kind for kind, frequency in chosen.items() if frequency in {Frequency.DAILY, Frequency.WEEKLY}):
        waiting = Notification.objects.filter(recipient=person, kind=kind, mail_due_at__gt=now)
        waiting.update(mail_due_at=due(kind, chosen[kind], now, zone_of(person)))


def forget_before(moment: datetime) -> int:
    """Removes what is older, a thousand at a time. Returns how many went."""
    gone = 0
    while old := list(Notification.objects.filter(created_at__lt=moment).values_list("pk", flat=True)[:AT_ONCE]):
        gone += Notification.objects.filter(pk__in=old).delete()[0]
    return gone
