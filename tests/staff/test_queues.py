"""The page of the queues: numbers, the failed, and what an admin does about them."""

import re
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone
from django_tasks import TaskResultStatus as Status

from tests.jobs import work as jobs
from tests.support.cast import client_of, person
from wishare.accounts.models import Role
from wishare.core.jobs import rows, running, stats
from wishare.core.jobs.models import Job, Period, Worker

pytestmark = pytest.mark.django_db
PAGE = "/staff/queues"
NUMBERS = {"HX-Request": "true", "HX-Target": "numbers"}


@pytest.fixture
def admin() -> Client:
    return client_of(person("Ada Admin", role=Role.ADMIN))


def make_failed(text: str = "no luck") -> Job:
    result = jobs.fail.enqueue(text, secret="<b>7</b>")
    again = {"status": Status.FAILED, "finished_at": timezone.now(), "worker_ids": ["a"] * 8}
    Job.objects.filter(pk=result.id).update(exception_class_path="ValueError", traceback="<i>bad</i>", **again)
    return Job.objects.get(pk=result.id)


def numbers(page: str, queue: str) -> list[str]:
    """The column of a queue: waiting, running, trying again, failed, done."""
    column = re.findall(r'<th scope="col" translate="no">(.*?)</th>', page).index(queue)
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', page, re.DOTALL)
    assert [row.partition("<")[0] for row in rows] == ["Waiting", "Running", "Trying again", "Failed", "Done"]
    return [re.findall(r"<td>(.*?)</td>", row)[column] for row in rows]


def addresses_asked_again(page: str) -> list[str]:
    """What the page asks for every few seconds, unlike the bell, which waits to be told."""
    return re.findall(r'hx-get="([^"]*)" hx-trigger="every 3s"', page)


def test_each_state_is_counted_in_its_queue(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_failed()
    jobs.give_up.enqueue()
    while running.run_next(["default"], "w/0"):
        pass
    jobs.fail.enqueue()
    running.run_next(["default"], "w/0")
    for number in range(3):
        jobs.note_later.enqueue(number)
    jobs.killable.enqueue(1, "")
    Job.objects.filter(task_path__endswith="killable").update(status=Status.RUNNING)
    page = admin.get(PAGE).content.decode()
    assert numbers(page, "default") == ["0", "1", "1", "2", "0"]
    assert numbers(page, "low_priority") == ["3", "0", "0", "0", "0"]
    monkeypatch.setattr(stats, "COUNTED", 2)
    assert numbers(admin.get(PAGE).content.decode(), "low_priority")[0] == "2+"


def test_what_is_done_is_counted(admin: Client) -> None:
    for _ in range(2):
        jobs.nothing.enqueue()
        running.run_next(["default"], "w/0")
    assert numbers(admin.get(PAGE).content.decode(), "default") == ["0", "0", "0", "0", "2"]


def test_htmx_gets_the_numbers_alone(admin: Client) -> None:
    make_failed()
    page = admin.get(PAGE).content.decode()
    [address] = addresses_asked_again(page)
    part = admin.get(address, headers=NUMBERS).content.decode()
    assert numbers(part, "default") == numbers(page, "default")
    assert part.strip() in page
    assert "<html" not in part
    assert "Run again" not in part


def test_an_open_page_says_that_others_have_failed_and_moves_nothing(admin: Client) -> None:
    job = make_failed()
    [address] = addresses_asked_again(admin.get(PAGE).content.decode())
    for act in (make_failed, job.delete):
        act()
        part = admin.get(address, headers=NUMBERS).content.decode()
        assert "Other jobs are among the failed by now." in part
        assert 'id="show-failed"' in part, "htmx gives the focus back by this name"


def test_workers_and_the_schedule_are_shown(admin: Client) -> None:
    assert "No worker is running" in admin.get(PAGE).content.decode()
    Worker.objects.create(id="a", host="<oak>", pid=7, queues="default,low_priority", threads=2, seen_at=timezone.now())
    Period.objects.create(task="wishare.wishlists.jobs.purge", began_at=timezone.now())
    Period.objects.create(task="gone.from.the.schedule", began_at=timezone.now())
    page = admin.get(PAGE).content.decode()
    assert "&lt;oak&gt;, process 7: 2 at the same time, from default, low_priority" in page
    assert "No worker is running" not in page
    assert "wishare.<wbr>wishlists.<wbr>jobs.<wbr>purge" in page
    assert "gone.<wbr>from" not in page


def test_the_schedule_says_when_it_starts_something_next(admin: Client) -> None:
    hour = datetime(2031, 5, 6, 12, tzinfo=UTC)
    Period.objects.create(task="wishare.wishlists.jobs.purge", began_at=hour)
    assert (hour + timedelta(hours=1)).isoformat() in admin.get(PAGE).content.decode()


def test_a_failed_job_shows_error_and_arguments(admin: Client) -> None:
    make_failed()
    page = admin.get(PAGE).content.decode()
    assert all(
        text in page for text in ("tests.<wbr>jobs.<wbr>work.<wbr>fail", "ValueError", "after 8 attempts", "no luck")
    )
    assert "&lt;b&gt;7&lt;/b&gt;" in page
    assert "&lt;i&gt;bad&lt;/i&gt;" in page


def test_a_failed_job_runs_again(admin: Client) -> None:
    job = make_failed()
    response = admin.post(f"{PAGE}/{job.id}/retry")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    assert "The job runs again." in admin.get(PAGE).content.decode()
    assert Job.objects.get().status == Status.READY


def test_a_failed_job_is_discarded(admin: Client) -> None:
    job = make_failed()
    assert admin.post(f"{PAGE}/{job.id}/discard").status_code == 302
    assert not Job.objects.exists()


def test_all_of_a_task_run_again(admin: Client) -> None:
    made = [make_failed().pk for _ in range(3)]
    other = jobs.give_up.enqueue()
    running.run_next(["default"], "w/0")
    page = admin.get(PAGE).content.decode()
    assert re.search(r'work.<wbr>fail</code> <span class="badge badge--plain">3<', page)
    assert admin.post(f"{PAGE}/tasks/tests.jobs.work.fail/retry").status_code == 302
    assert "3 jobs run again." in admin.get(PAGE).content.decode()
    again = Job.objects.filter(status=Status.READY)
    assert {job.pk for job in again} == set(made)
    assert {(job.exception_class_path, job.traceback, str(job.worker_ids)) for job in again} == {("", "", "[]")}
    assert [str(job.pk) for job in Job.objects.failed()] == [other.id]


def test_all_of_a_task_are_discarded(admin: Client) -> None:
    make_failed()
    jobs.give_up.enqueue()
    running.run_next(["default"], "w/0")
    jobs.fail.enqueue("waits")
    assert "Yes, discard all" in admin.get(PAGE).content.decode()
    admin.post(f"{PAGE}/tasks/tests.jobs.work.fail/discard")
    assert "One job is discarded." in admin.get(PAGE).content.decode()
    assert sorted(Job.objects.values_list("task_path", "status")) == [
        ("tests.jobs.work.fail", Status.READY),
        ("tests.jobs.work.give_up", Status.FAILED),
    ]


def test_so_many_at_once_and_the_oldest_first(admin: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    made = [make_failed().pk for _ in range(3)]
    monkeypatch.setattr(rows, "AT_ONCE", 2)
    admin.post(f"{PAGE}/tasks/tests.jobs.work.fail/retry")
    assert [job.pk for job in Job.objects.failed()] == made[2:]


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_a_task_of_which_none_has_failed_is_refused(admin: Client, act: str) -> None:
    waiting = jobs.nothing.enqueue()
    admin.post(f"{PAGE}/tasks/tests.jobs.work.nothing/{act}", headers={"referer": f"http://testserver{PAGE}"})
    assert "No job of this task is among the failed any more." in admin.get(PAGE).content.decode()
    assert str(Job.objects.get().pk) == waiting.id


@pytest.mark.parametrize("act", ["retry", "discard"])
def test_what_is_not_among_the_failed_any_more_is_left_alone(admin: Client, act: str) -> None:
    waiting = jobs.nothing.enqueue()
    for id in (waiting.id, uuid4()):
        admin.post(f"{PAGE}/{id}/{act}", headers={"referer": f"http://testserver{PAGE}"})
        assert "This job is not among the failed any more." in admin.get(PAGE).content.decode()
    assert Job.objects.get().status == Status.READY


def test_many_failed_come_in_pages(admin: Client) -> None:
    made = {str(make_failed().id) for _ in range(25)}
    first = admin.get(PAGE).content.decode()
    [more] = re.findall(r'href="(\?after=[^"]*)"', first)
    second = admin.get(PAGE + more).content.decode()
    shown = [set(re.findall(r'id="job-([^"]*)"', page)) for page in (first, second)]
    assert [len(page) for page in shown] == [20, 5]
    assert shown[0] | shown[1] == made


@pytest.mark.parametrize("cursor", ["x", "WyIyMDI2Il0:abc", "%2B"])
def test_a_made_up_cursor_begins_at_the_start(admin: Client, cursor: str) -> None:
    make_failed()
    assert "Run again" in admin.get(f"{PAGE}?after={cursor}").content.decode()
