"""Mail while there is no mail server for long."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from pytest_django import Settings

from tests.support.servers import free_port
from tests.support.working import work_off
from wishare.core import outgoing
from wishare.core.jobs import rows
from wishare.core.jobs.models import Job
from wishare.core.jobs.retries import ATTEMPTS_IN_AN_OUTAGE
from wishare.core.models import OutgoingMail


@pytest.fixture(autouse=True)
def nobody_listens(settings: Settings) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()


@pytest.mark.django_db
def test_what_was_forgotten_does_not_count_as_sent() -> None:
    """An admin runs a failed job again whose mail is not there any more."""
    mail.send_mail("old", "", None, ["kim@example.org"])
    OutgoingMail.objects.update(created_at=timezone.now() - timedelta(days=8))
    Job.objects.update(enqueued_at=timezone.now() - timedelta(days=8), status=Status.FAILED)
    outgoing.forget_unsent.call()
    assert rows.retry(Job.objects.get().pk)
    work_off()
    job = Job.objects.get()
    assert job.status == Status.FAILED
    assert "it was forgotten after 7 days" in job.traceback


@pytest.mark.django_db
def test_a_mail_survives_an_outage_of_two_days(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("random.uniform", lambda low, high: low)
    mail.send_mail("patient", "", None, ["kim@example.org"])
    waited, asked = timedelta(), 0
    while (job := Job.objects.get()).status == Status.READY:
        waited += max(job.run_after - timezone.now(), timedelta())
        Job.objects.update(run_after=timezone.now())
        asked += work_off()
    assert waited > 0.75 * timedelta(days=2, hours=5)
    assert asked == ATTEMPTS_IN_AN_OUTAGE
