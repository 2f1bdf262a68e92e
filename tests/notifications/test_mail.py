"""Mails about notifications, through a real SMTP server: which, when, in which words, and how to have no more."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse
from django.utils import timezone, translation
from django_tasks import TaskResultStatus as Status
from pytest_django import Settings

from tests.notifications.telling import told
from tests.support.cast import client_of, person
from tests.support.mailbox import Mailbox, subject_of, text_of
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish, friend_of
from wishare.accounts.actions import update_profile
from wishare.accounts.models import User
from wishare.connections.actions import ask_to_connect, disconnect
from wishare.connections.models import Connection
from wishare.core.jobs import schedule
from wishare.core.jobs.models import Job
from wishare.core.mail import send_mail
from wishare.core.models import OutgoingMail
from wishare.notifications import delivery, jobs
from wishare.notifications.actions import choose_mail, mark_all_read
from wishare.notifications.models import Frequency, Kind, Notification

pytestmark = pytest.mark.django_db
FRIDAY = datetime(2027, 1, 15, 12, tzinfo=UTC)
Clock = Callable[[datetime], None]


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Sets what time it is."""
    return lambda moment: monkeypatch.setattr(timezone, "now", lambda: moment)


def all_kinds(person: User, frequency: Frequency) -> None:
    choose_mail(person=person, choices=dict.fromkeys(Kind.values, frequency))


def on_schedule() -> None:
    """What the schedule does at each quarter of an hour."""
    jobs.mail_what_is_due.call()
    work_off()


def test_at_once(mailbox: Mailbox, owner: User) -> None:
    ask_to_connect(user=person("<b>Ana</b> {name}"), partner=owner)
    work_off()
    mail = mailbox.only()
    assert mail["To"] == owner.email
    assert subject_of(mail) == "<b>Ana</b> {name} would like to be your friend."
    lines = text_of(mail).splitlines()
    assert lines[2] == "<b>Ana</b> {name} would like to be your friend."
    assert lines[3].startswith("http://localhost:8000/notifications/")
    assert "&lt;b&gt;Ana&lt;/b&gt; {name}" in text_of(mail, "html")
    on_schedule()
    assert len(mailbox.mails) == 1


def test_a_mail_leads_to_what_it_tells_of(mailbox: Mailbox, owner: User, settings: Settings) -> None:
    settings.PUBLIC_URL = "https://wishes.example.org"
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    [link] = [
        line for line in text_of(mailbox.only()).splitlines() if "/notifications/" in line and "account" not in line
    ]
    assert link.startswith("https://wishes.example.org/")
    assert client_of(owner).get(urlsplit(link).path).headers["Location"] == reverse("friends")


def test_a_digest_comes_in_the_morning_once(mailbox: Mailbox, owner: User, friend: User, clock: Clock) -> None:
    update_profile(user=friend, time_zone="America/Sao_Paulo")
    all_kinds(friend, Frequency.DAILY)
    clock(FRIDAY)
    for name in ("Christmas", "Easter"):
        a_wish(a_list(owner, name))
    work_off()
    clock(datetime(2027, 1, 16, 10, 59, tzinfo=UTC))
    on_schedule()
    assert mailbox.mails == []
    for minutes in (0, 15, 30):
        clock(datetime(2027, 1, 16, 11, minutes, tzinfo=UTC))
        on_schedule()
    assert subject_of(mailbox.only()) == "2 things are new on Wishare"
    assert "Olga shares the list Easter with you." in text_of(mailbox.only())


def test_a_weekly_digest_waits_for_monday(mailbox: Mailbox, owner: User, clock: Clock) -> None:
    all_kinds(owner, Frequency.WEEKLY)
    clock(FRIDAY)
    ask_to_connect(user=person("Ana"), partner=owner)
    for day in (16, 17, 18):
        assert mailbox.mails == []
        clock(datetime(2027, 1, day, 8, tzinfo=UTC))
        on_schedule()
    assert len(mailbox.mails) == 1


def test_the_schedule_starts_each_quarter_of_an_hour_once(db: None) -> None:
    path = "wishare.notifications.jobs.mail_what_is_due"
    every = timedelta(minutes=15)
    started = [schedule.start_once(path, every, FRIDAY + timedelta(minutes=n)) for n in (0, 1, 14, 15, 16)]
    assert started == [True, False, False, True, False]


def test_moving_to_another_time_zone_moves_the_morning(owner: User, clock: Clock) -> None:
    all_kinds(owner, Frequency.DAILY)
    clock(FRIDAY)
    ask_to_connect(user=person("Ana"), partner=owner)
    due = Notification.objects.filter(recipient=owner)
    assert due.get().mail_due_at == datetime(2027, 1, 16, 8, tzinfo=UTC)
    update_profile(user=owner, time_zone="Asia/Kathmandu")
    assert due.get().mail_due_at == datetime(2027, 1, 16, 2, 15, tzinfo=UTC)


def test_another_choice_is_good_for_what_waits(owner: User, clock: Clock, mailbox: Mailbox) -> None:
    all_kinds(owner, Frequency.WEEKLY)
    clock(FRIDAY)
    ask_to_connect(user=person("Ana"), partner=owner)
    all_kinds(owner, Frequency.NOW)
    on_schedule()
    assert len(mailbox.mails) == 1
    all_kinds(owner, Frequency.DAILY)
    ask_to_connect(user=person("Ben"), partner=owner)
    all_kinds(owner, Frequency.NEVER)
    clock(FRIDAY + timedelta(days=30))
    on_schedule()
    assert len(mailbox.mails) == 1


def test_what_was_read_is_not_mailed(mailbox: Mailbox, owner: User, clock: Clock) -> None:
    all_kinds(owner, Frequency.DAILY)
    clock(FRIDAY)
    ask_to_connect(user=person("Ana"), partner=owner)
    mark_all_read(reader=owner)
    clock(FRIDAY + timedelta(days=2))
    on_schedule()
    assert mailbox.mails == []


def test_what_may_not_be_seen_any_more_is_never_mailed(
    mailbox: Mailbox, owner: User, friend: User, clock: Clock
) -> None:
    all_kinds(friend, Frequency.DAILY)
    clock(FRIDAY)
    a_list(owner, "Easter")
    work_off()
    disconnect(connection=Connection.objects.get())
    clock(FRIDAY + timedelta(days=1))
    on_schedule()
    assert mailbox.mails == []
    assert not Notification.objects.filter(mail_due_at__isnull=False).exists()


@pytest.mark.parametrize("verified", [False, None])
def test_an_address_that_is_not_verified_gets_nothing(mailbox: Mailbox, owner: User, verified: bool | None) -> None:
    addresses = EmailAddress.objects.filter(user=owner)
    addresses.delete() if verified is None else addresses.update(verified=False)
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    assert mailbox.mails == []
    assert told(owner) == ["Ana would like to be your friend."]


def test_new_wishes_are_mailed_when_they_have_stopped_coming(
    mailbox: Mailbox, owner: User, friend: User, clock: Clock
) -> None:
    clock(FRIDAY)
    made = a_list(owner, "Easter")
    work_off()
    all_kinds(friend, Frequency.NOW)
    clock(FRIDAY + timedelta(hours=2))
    a_wish(made, "Kite")
    work_off()
    for minutes, name in ((5, "Ball"), (11, "Book")):
        clock(FRIDAY + timedelta(hours=2, minutes=minutes))
        on_schedule()
        a_wish(made, name)
        work_off()
    Notification.objects.filter(kind=Kind.WISHLIST_SHARED).delete()
    assert "Olga added 2 wishes to Easter." in text_of(mailbox.mails[-1])
    assert told(friend)[0] == "Olga wishes for Book, on Easter."  # of which no mail has told


# --- twice, and killed ----------------------------------------------------------------------------------------------
def test_two_jobs_for_one_person_send_one_mail(mailbox: Mailbox, owner: User) -> None:
    ask_to_connect(user=person("Ana"), partner=owner)
    for _time in range(2):
        delivery.mail_person.enqueue(owner.pk)
    work_off()
    assert len(mailbox.mails) == 1


class Killed(BaseException):
    """As if the process had ended."""


def test_killed_before_the_mail_is_written_it_is_written_later(mailbox: Mailbox, owner: User) -> None:
    ask_to_connect(user=person("Ana"), partner=owner)

    def dying(*args: Any, **kwargs: Any) -> None:
        send(*args, **kwargs)
        raise Killed

    send = send_mail
    with patch.object(delivery, "send_mail", dying), pytest.raises(Killed):
        delivery.mail_person.call(owner.pk)
    assert not OutgoingMail.objects.exists()
    assert Notification.objects.filter(mail_due_at__isnull=False).count() == 1
    work_off()
    assert len(mailbox.mails) == 1


def test_a_dead_mail_server_loses_none(mailbox: Mailbox, owner: User) -> None:
    mailbox.answer = "451 try again later"
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    assert Job.objects.get().status == Status.READY
    mailbox.answer = "250 taken"
    Job.objects.update(run_after=timezone.now())
    work_off()
    assert len(mailbox.mails) == 1


def test_a_job_for_each_person_who_is_to_get_mail(owner: User, clock: Clock) -> None:
    clock(FRIDAY)
    people = [friend_of(owner, f"Friend {n}") for n in range(7)]
    a_list(owner)
    work_off()
    clock(FRIDAY + timedelta(days=1))
    with patch.object(jobs, "BATCH", 3):
        jobs.mail_what_is_due.call()
    waiting = Job.objects.filter(task_path="wishare.notifications.delivery.mail_person")
    assert sorted(job.args_kwargs["args"][0] for job in waiting) == [one.pk for one in people]


# --- words ----------------------------------------------------------------------------------------------------------
def test_a_mail_speaks_the_language_of_its_recipient(mailbox: Mailbox, owner: User) -> None:
    update_profile(user=owner, locale="pt-BR")
    ask_to_connect(user=person("Ana"), partner=owner)
    work_off()
    with translation.override("pt-br"):
        subject = translation.gettext("{name} would like to be your friend.").format(name="Ana")
    assert subject_of(mailbox.only()) == subject != "Ana would like to be your friend."
    assert 'lang="pt-br"' in text_of(mailbox.only(), "html").lower()


def test_a_long_digest_names_twenty(mailbox: Mailbox, owner: User, clock: Clock) -> None:
    all_kinds(owner, Frequency.DAILY)
    clock(FRIDAY)
    for n in range(23):
        ask_to_connect(user=person(f"Person {n}"), partner=owner)
    clock(FRIDAY + timedelta(days=1))
    on_schedule()
    mail = mailbox.only()
    assert subject_of(mail) == "23 things are new on Wishare"
    assert text_of(mail).count("would like to be your friend.") == 20
    assert "And 3 more:" in text_of(mail)
