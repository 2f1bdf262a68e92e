"""Telling many: wishes in a row are one notification, a thousand friends are told in batches, and all of it twice or
half is as good as once."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import connection
from django.utils import timezone

from tests.notifications.telling import notes, told
from tests.support.cast import person
from tests.support.counting import counted
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.accounts.models import User
from wishare.connections.models import Connection
from wishare.core.jobs.models import Job
from wishare.core.pubsub import Poke, listening
from wishare.notifications import actions, jobs
from wishare.notifications.actions import mark_all_read, mark_read
from wishare.notifications.models import Kind, Notification
from wishare.notifications.queries import visible_to
from wishare.wishlists.actions.claims import purchase_claim
from wishare.wishlists.actions.items import delete_item
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def old_list(owner: User, friend: User) -> Wishlist:
    """Of which everybody was told yesterday."""
    made = a_list(owner, "Christmas")
    work_off()
    yesterday = timezone.now() - timedelta(days=1)
    Notification.objects.update(begins_at=yesterday, ends_at=yesterday + HOUR, created_at=yesterday, read_at=yesterday)
    return made


def test_twenty_wishes_in_a_row_are_one_notification(old_list: Wishlist, friend: User) -> None:
    for number in range(10):
        a_wish(old_list, f"Wish {number}")
    assert told(friend)[0] == "Olga added 10 wishes to Christmas."
    for number in range(10, 20):
        a_wish(old_list, f"Wish {number}")
        work_off()
    assert told(friend)[0] == "Olga added 20 wishes to Christmas."
    assert Notification.objects.filter(recipient=friend, kind=Kind.NEW_ITEM_ADDED).count() == 1


def test_one_job_waits_for_all_of_them(old_list: Wishlist) -> None:
    before = Job.objects.count()
    for number in range(20):
        a_wish(old_list, f"Wish {number}")
    assert Job.objects.count() == before + 1


def test_what_was_removed_again_does_not_count(old_list: Wishlist, friend: User) -> None:
    wishes = [a_wish(old_list, f"Wish {number}") for number in range(3)]
    delete_item(item=wishes[0])
    assert told(friend)[0] == "Olga added 2 wishes to Christmas."
    delete_item(item=wishes[1])
    assert told(friend)[0] == "Olga wishes for Wish 2, on Christmas."


def test_what_comes_after_it_was_read_is_news_again(old_list: Wishlist, friend: User) -> None:
    a_wish(old_list, "Kite")
    assert told(friend)[0] == "Olga wishes for Kite, on Christmas."
    mark_all_read(reader=friend)
    a_wish(old_list, "Ball")
    found = notes(friend)
    assert [note.read_at is None for note in found[:2]] == [True, False]
    assert told(friend)[:2] == ["Olga wishes for Ball, on Christmas.", "Olga wishes for Kite, on Christmas."]


def test_after_an_hour_a_new_one_begins(old_list: Wishlist, friend: User) -> None:
    wish = a_wish(old_list, "Kite")
    work_off()
    before = timezone.now() - 2 * HOUR
    Notification.objects.filter(kind=Kind.NEW_ITEM_ADDED).update(begins_at=before, ends_at=before + HOUR)
    type(wish).objects.filter(pk=wish.pk).update(created_at=before)
    a_wish(old_list, "Ball")
    assert told(friend)[:2] == ["Olga wishes for Ball, on Christmas.", "Olga wishes for Kite, on Christmas."]


def test_a_new_list_tells_of_its_first_wishes_itself(owner: User, friend: User) -> None:
    made = a_list(owner, "Easter")
    a_wish(made)
    assert told(friend) == ["Olga shares the list Easter with you."]


# --- many friends ---------------------------------------------------------------------------------------------------
@pytest.fixture
def crowd(owner: User) -> list[User]:
    """Three hundred friends of Olga."""
    people = [User(email=f"f{number}@example.org", name=f"F {number}") for number in range(300)]
    made = User.objects.bulk_create(people)
    status = Connection.Status.ACCEPTED
    Connection.objects.bulk_create(Connection(user=owner, partner=one, status=status) for one in made)
    return made


def test_three_hundred_friends_are_told_in_batches(owner: User, crowd: list[User]) -> None:
    made = a_list(owner, "Easter")
    heard: list[Poke] = []
    with listening(f"notifications_{crowd[0].public_id}", heard.append), counted() as cost:
        work_off()
    assert Notification.objects.filter(wishlist=made).count() == 300
    assert len(cost.queries) < 60, str(cost)
    assert {len(visible_to(one)) for one in (crowd[0], crowd[150], crowd[299])} == {1}


def test_adding_a_wish_does_not_wait_for_them(owner: User, crowd: list[User]) -> None:
    made = a_list(owner, "Easter")
    work_off()
    with counted() as many:
        a_wish(made)
    Connection.objects.filter(partner__in=crowd).delete()
    work_off()
    with counted() as none:
        a_wish(made, "Ball")
    assert len(many.queries) == len(none.queries), str(many)


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "BATCH", 50)


class Killed(BaseException):
    """As if the process had ended."""


@pytest.fixture
def killed_in_the_third_batch() -> Iterator[None]:
    tell, calls = actions.tell, Counter[str]()

    def dying(*args: Any, **kwargs: Any) -> None:
        tell(*args, **kwargs)
        calls["tell"] += 1
        if calls["tell"] == 3:
            raise Killed

    with patch.object(jobs, "tell", dying):
        yield


@pytest.mark.usefixtures("small_batches", "killed_in_the_third_batch")
@pytest.mark.parametrize("read_meanwhile", [False, True])
def test_killed_between_two_batches_everybody_is_told_once(
    owner: User, crowd: list[User], read_meanwhile: bool
) -> None:
    made = a_list(owner, "Easter")
    since = timezone.now().isoformat()
    with pytest.raises(Killed):
        jobs.tell_of_list.call(made.pk, since)
    assert Notification.objects.filter(wishlist=made).count() == 100
    if read_meanwhile:
        mark_read(notifications=visible_to(crowd[0]), reader=crowd[0])
    for _time in range(2):
        jobs.tell_of_list.call(made.pk, since)
    each = Counter(Notification.objects.filter(wishlist=made).values_list("recipient", flat=True))
    assert each == dict.fromkeys((one.pk for one in crowd), 1)


@pytest.mark.parametrize("read_meanwhile", [False, True])
def test_wishes_told_twice_are_told_once(old_list: Wishlist, friend: User, read_meanwhile: bool) -> None:
    wish = a_wish(old_list)
    for _time in range(2):
        jobs.tell_of_wishes.call(old_list.pk, wish.created_at.isoformat())
        if read_meanwhile:
            mark_all_read(reader=friend)
    assert Notification.objects.filter(recipient=friend, kind=Kind.NEW_ITEM_ADDED).count() == 1


def test_a_purchase_told_twice_is_told_once(old_list: Wishlist, owner: User, friend: User) -> None:
    other = friend_of(owner, "Ottilie")
    claimed(a_wish(old_list, "Ball"), other)
    bought = claimed(a_wish(old_list, "Kite"), friend)
    purchase_claim(claim=bought)
    for _time in range(2):
        jobs.tell_of_purchase.call(bought.pk)
    rows = Notification.objects.filter(kind=Kind.ITEM_PURCHASED)
    assert Counter(rows.values_list("recipient", "actor")) == {(other.pk, None): 1, (friend.pk, friend.pk): 1}


def test_a_job_whose_list_or_gift_is_gone_ends(owner: User, friend: User) -> None:
    jobs.tell_of_wishes.call(10**9, timezone.now().isoformat())
    jobs.tell_of_list.call(10**9, timezone.now().isoformat())
    jobs.tell_of_purchase.call(10**9)
    assert not Notification.objects.exists()


def test_somebody_who_is_gone_is_not_told(old_list: Wishlist, friend: User) -> None:
    User.objects.filter(pk=friend.pk).update(is_active=False)
    a_wish(old_list)
    work_off()
    assert not Notification.objects.filter(kind=Kind.NEW_ITEM_ADDED).exists()


# --- what goes with what --------------------------------------------------------------------------------------------
def test_what_it_is_about_takes_it_along(old_list: Wishlist, friend: User) -> None:
    a_wish(old_list)
    assert len(notes(friend)) == 2
    old_list.delete()
    assert not Notification.objects.exists()


def test_a_new_row_holds_up_nobody_who_writes_what_it_is_about() -> None:
    """No foreign key that the database would lock a row for."""
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, Notification._meta.db_table)
    assert not [name for name, constraint in found.items() if constraint["foreign_key"]]


def test_old_ones_are_forgotten(old_list: Wishlist, friend: User) -> None:
    a_wish(old_list)
    work_off()
    Notification.objects.filter(kind=Kind.NEW_ITEM_ADDED).update(created_at=timezone.now() - timedelta(days=91))
    with patch("wishare.notifications.actions.AT_ONCE", 1):
        jobs.forget_old.call()
    assert [note.kind for note in Notification.objects.filter(recipient=friend)] == [Kind.WISHLIST_SHARED]


def test_nobody_is_told_of_what_was_rolled_back(owner: User, friend: User) -> None:
    from django.db import transaction

    from wishare.connections.actions import ask_to_connect

    with transaction.atomic():
        ask_to_connect(user=person("Stefan"), partner=friend)
        transaction.set_rollback(True)
    assert told(friend) == []
