"""Enqueueing, claiming, the outcome of a job, and what is left of it."""

import logging
from collections.abc import Callable
from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone
from django_tasks import TaskResultStatus as Status
from django_tasks.exceptions import InvalidTaskError

from tests.jobs import work as jobs
from tests.jobs.conftest import QUEUES
from wishare.core.jobs import retries, rows, running
from wishare.core.jobs.models import Job, Tally

Effects = Callable[[], list[int]]
Work = Callable[[], bool]


def make_due() -> None:
    """As if the pause before the next attempt were over."""
    Job.objects.filter(status=Status.READY).update(run_after=timezone.now())


def test_a_job_runs_once_and_its_row_goes(effects: Effects, work: Work) -> None:
    jobs.note.enqueue(7)
    assert [work(), work()] == [True, False]
    assert effects() == [7]
    assert not Job.objects.exists()
    assert Tally.objects.get().processed == 1


def test_a_job_leaves_after_commit_and_not_without(effects: Effects, work: Work) -> None:
    with transaction.atomic():
        jobs.note.enqueue(1)
        transaction.set_rollback(True)
    assert not work()
    with transaction.atomic():
        jobs.note.enqueue(2)
    assert work()
    assert effects() == [2]


def test_the_first_queue_comes_first_and_others_are_left_alone(effects: Effects, work: Work) -> None:
    jobs.note_later.enqueue(1)
    jobs.note.enqueue(2)
    assert not running.run_next(["elsewhere"], "test/0")
    assert [work(), work()] == [True, True]
    assert effects() == [2, 1]


def test_the_longest_due_comes_first(effects: Effects, work: Work) -> None:
    jobs.note.enqueue(1)
    jobs.note.using(run_after=timezone.now() - timedelta(seconds=9)).enqueue(2)
    jobs.note.enqueue(3)
    while work():
        pass
    assert effects() == [2, 1, 3]


def test_there_are_no_priorities_and_no_other_queues() -> None:
    for wrong in ({"priority": 5}, {"queue_name": "urgent"}):
        with pytest.raises(InvalidTaskError):
            jobs.note.using(**wrong)


def test_a_job_for_later_waits(effects: Effects, work: Work) -> None:
    jobs.note.using(run_after=timezone.now() + timedelta(hours=1)).enqueue(1)
    assert not work()
    make_due()
    assert work()
    assert effects() == [1]


@pytest.mark.usefixtures("transactional_db")
def test_a_failed_job_comes_back_after_growing_pauses_and_ends_among_the_failed(work: Work) -> None:
    jobs.fail.enqueue("too bad")
    pauses = []
    for _ in range(retries.ATTEMPTS - 1):
        assert work()
        job = Job.objects.get()
        assert (job.status, job.exception_class_path) == (Status.READY, "ValueError")
        pauses.append((job.run_after - timezone.now()).total_seconds())
        assert not work()
        make_due()
    assert work()
    assert all(later > earlier * 1.5 for earlier, later in pairwise(pauses[:6]))
    assert max(pauses) <= retries.LONGEST_SECONDS * 1.25
    job = Job.objects.get()
    assert (job.status, len(job.worker_ids)) == (Status.FAILED, retries.ATTEMPTS)
    assert "ValueError: too bad ?" in job.traceback
    assert job.finished_at
    make_due()
    assert not work()


def test_pauses_differ() -> None:
    drawn = {retries.pause(3) for _ in range(20)}
    assert len(drawn) > 15
    assert all(24 <= pause.total_seconds() <= 40 for pause in drawn)


@pytest.mark.usefixtures("transactional_db")
def test_a_job_that_gives_up_is_not_tried_again(work: Work) -> None:
    jobs.give_up.enqueue()
    assert work()
    assert Job.objects.get().status == Status.FAILED


@pytest.mark.usefixtures("transactional_db")
def test_a_job_cannot_end_its_worker(work: Work) -> None:
    jobs.leave.enqueue()
    assert work()
    assert Job.objects.get().exception_class_path == "SystemExit"


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("path", ["tests.jobs.work.gone", "no.such.module.task", "tests.jobs.work.TABLE", "x"])
def test_a_job_without_a_function_fails_like_any_other(path: str, work: Work) -> None:
    jobs.give_up.enqueue()
    Job.objects.update(task_path=path)
    assert work()
    assert Job.objects.get().exception_class_path


@pytest.mark.usefixtures("transactional_db")
def test_the_log_names_job_and_error_and_no_arguments(work: Work, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    result = jobs.fail.enqueue("hunter1", secret="hunter2")
    while work():
        make_due()
    lines = [record.getMessage() for record in caplog.records if record.name == "wishare.jobs"]
    assert len(lines) == retries.ATTEMPTS
    assert all(f"job tests.jobs.work.fail {result.id} failed" in line and "ValueError" in line for line in lines)
    assert "hunter" not in caplog.text
    assert [record.levelno for record in caplog.records[-1:]] == [logging.ERROR]


@pytest.mark.usefixtures("transactional_db")
def test_a_failed_job_is_run_again_with_all_its_attempts_or_discarded(work: Work) -> None:
    one, other = jobs.give_up.enqueue(), jobs.give_up.enqueue()
    work(), work()
    assert rows.retry(one.id)
    again = Job.objects.get(pk=one.id)
    assert (again.status, again.worker_ids, again.traceback, again.finished_at) == (Status.READY, [], "", None)
    assert not rows.retry(one.id)
    assert not rows.discard(one.id)
    assert rows.discard(other.id)
    assert not rows.discard(other.id)
    assert work()


def test_who_was_taken_for_dead_changes_nothing_any_more(effects: Effects, work: Work) -> None:
    jobs.note.enqueue(1)
    slow = rows.claim(QUEUES, "slow/0")
    assert slow
    rows.fail(slow, retries.WorkerLost())
    assert (rows.succeed(slow), Job.objects.get().status) == (False, Status.READY)
    quick = rows.claim(QUEUES, "quick/0")
    assert quick
    rows.fail(slow, ValueError())
    rows.put_back(slow)
    assert Job.objects.get().status == Status.RUNNING
    assert rows.succeed(quick)
    assert list(Tally.objects.values_list("worker", "processed")) == [("quick", 1)]


def test_effect_and_end_are_one_transaction(effects: Effects, work: Work) -> None:
    jobs.note_once.enqueue(1)
    assert work()
    assert (effects(), Job.objects.count(), Tally.objects.get().processed) == ([1], 0, 1)
    jobs.note_and_fail.enqueue(2)
    assert work()
    assert (effects(), Job.objects.get().exception_class_path) == ([1], "ValueError")
    assert Tally.objects.get().processed == 1


def test_old_failures_are_forgotten(effects: Effects, work: Work) -> None:
    for _ in range(2):
        jobs.give_up.enqueue()
        work()
    old = Job.objects.order_by("finished_at")[0]
    Job.objects.filter(pk=old.pk).update(finished_at=timezone.now() - timedelta(days=91))
    assert rows.discard_failed_before(timedelta(days=90)) == 1
    assert Job.objects.count() == 1


@pytest.mark.usefixtures("transactional_db")
def test_neither_workers_nor_the_page_of_queues_read_the_whole_table() -> None:
    jobs_of = Job.objects.filter(queue_name="default")
    job = Job.objects.get(pk=jobs.note.enqueue(1).id)
    fields = {field.attname: getattr(job, field.attname) for field in Job._meta.concrete_fields}
    Job.objects.bulk_create(Job(**{**fields, "id": uuid4()}) for _ in range(300))
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # with few rows it reads the table, and is right
            cursor.execute(f'ANALYZE "{Job._meta.db_table}"')  # or it depends on who has counted meanwhile
            cursor.execute("SET enable_seqscan = off")
        assert "jobs_ready" in rows.due_in("default")[:1].explain()
        for asked in (Job.objects.running().order_by("started_at"), jobs_of.failed().order_by()):
            assert "jobs_held" in asked.explain()
        if connection.vendor == "postgresql":
            cursor.execute("RESET enable_seqscan")
