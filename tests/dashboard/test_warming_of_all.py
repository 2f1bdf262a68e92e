"""What is drawn when all is cold, and where drawing would serve nobody."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.dashboard.looking import DASHBOARD, forget_jobs, is_warm, jobs
from tests.support.cast import PASSWORD, client_of
from tests.support.counting import counted
from tests.support.working import work_off
from tests.wishlists.making import a_wish, friend_of
from wishare.accounts.models import User
from wishare.connections.actions import disconnect
from wishare.connections.models import Connection
from wishare.core import flags
from wishare.core.facts import happened
from wishare.core.jobs.models import Job
from wishare.core.preparation import ServerPrepared
from wishare.dashboard import drawing, warming
from wishare.dashboard.models import DashboardView
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for more."""
    monkeypatch.setattr(warming, "SOON", timedelta())
    monkeypatch.setattr(warming, "PAUSE", timedelta())


def was_here(user: User, days: int = 0) -> None:
    DashboardView.objects.create(user=user, day=timezone.localdate() - timedelta(days=days), number=1)


def said(fact: ServerPrepared) -> None:
    with transaction.atomic():
        happened(fact)


# --- when all is cold -------------------------------------------------------------------------------------------------
def test_after_the_caches_are_cleared_those_who_were_here_lately_are_warm(owner: User, friend: User) -> None:
    was_here(friend)
    was_here(friend, days=3)
    was_here(owner, days=8)
    forget_jobs()
    flags.clear_caches()
    assert jobs() == [("warm_recent", [])]
    work_off()
    assert jobs() == []
    assert is_warm(client_of(friend), DASHBOARD)
    assert not is_warm(client_of(owner), DASHBOARD)


def test_a_start_does_the_same(friend: User) -> None:
    was_here(friend)
    forget_jobs()
    said(ServerPrepared())
    said(ServerPrepared())
    assert jobs() == [("warm_recent", [])]
    work_off()
    assert is_warm(client_of(friend), DASHBOARD)


@pytest.mark.parametrize(("locale", "warm"), [("", {"en", "pt-BR"}), ("pt-BR", {"pt-BR"})])
def test_in_the_language_of_the_account_or_in_all(locale: str, warm: set[str], friend: User) -> None:
    User.objects.filter(pk=friend.pk).update(locale=locale)
    was_here(friend)
    forget_jobs()
    flags.clear_caches()
    work_off()
    assert {language for language in ("en", "pt-BR") if is_warm(client_of(friend), DASHBOARD, language)} == warm


def test_many_are_warmed_a_few_at_a_time_and_not_without_end(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    many = [friend_of(owner, f"Friend {number}") for number in range(8)]
    for number, user in enumerate(many):
        was_here(user, days=number % 3)
        was_here(user, days=5)
    monkeypatch.setattr(warming, "A_BATCH", 2)
    monkeypatch.setattr(warming, "MOST_PEOPLE", {False: 5})
    drawn: list[int] = []
    monkeypatch.setattr(warming, "_dashboard", lambda viewer: drawn.append(viewer.pk))
    monkeypatch.setattr(warming, "LANGUAGES", ["en"])
    forget_jobs()
    flags.clear_caches()
    assert work_off() == 3
    assert drawn == [many[number].pk for number in (6, 3, 0, 7, 4, 1)]


def test_one_that_cannot_be_drawn_keeps_no_other_from_it(
    owner: User, friend: User, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = drawing.body

    def fail_for_owner(viewer: User, today: object) -> object:
        if viewer.pk == owner.pk:
            raise ValueError("a secret of hers")
        return real(viewer, timezone.localdate())

    for user in (owner, friend):
        was_here(user)
    monkeypatch.setattr(warming, "body", fail_for_owner)
    flags.clear_caches()
    work_off()
    assert is_warm(client_of(friend), DASHBOARD)
    assert not Job.objects.filter(task_path__endswith="warm_recent").exists()
    assert [record.name for record in caplog.records] == ["wishare.dashboard.warming"]


# --- where it would serve nobody --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", ["web", "worker", "schedule"])
def test_processes_apart_without_redis_enqueue_nothing(role: str, wishlist: Wishlist, settings: Settings) -> None:
    forget_jobs()
    settings.ROLE = role
    a_wish(wishlist)
    flags.clear_caches()
    said(ServerPrepared())
    sign_in_of = Client()
    sign_in_of.post(reverse("account_login"), {"login": "olga@example.org", "password": PASSWORD})
    assert jobs() == []


def test_a_worker_apart_draws_nothing_without_redis(owner: User, wishlist: Wishlist, settings: Settings) -> None:
    forget_jobs()
    was_here(owner)
    a_wish(wishlist)
    flags.clear_caches()
    settings.ROLE = "worker"
    assert len(jobs()) == 2
    with counted() as cost:
        work_off()
    assert jobs() == []
    assert cost.cache == []
    settings.ROLE = "all"
    assert not is_warm(client_of(owner), DASHBOARD)


def test_with_redis_every_role_can(wishlist: Wishlist, settings: Settings) -> None:
    forget_jobs()
    settings.ROLE, settings.REDIS_URL = "web", "redis://localhost"
    a_wish(wishlist)
    assert [name for name, _args in jobs()] == ["refresh"]


@pytest.mark.parametrize(("switch", "share"), [("fragment_caching", 0), ("previous_query_pattern", 100)])
def test_what_is_switched_off_is_not_drawn(switch: str, share: int, owner: User, wishlist: Wishlist) -> None:
    flags.set_share(switch, share)
    a_wish(wishlist)
    with counted() as cost:
        work_off()
    assert cost.cache == []


def test_ending_a_friendship_needs_no_job(owner: User, friend: User) -> None:
    forget_jobs()
    disconnect(connection=Connection.objects.get())
    assert jobs() == []
