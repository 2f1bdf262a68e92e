"""Everybody at the same moment: threads with connections of their own, on a database as in a real installation."""

from collections import Counter
from functools import partial

import pytest
from django.db import connection

from tests.support.cast import befriend, person
from tests.wishlists.at_once import Job, at_once
from tests.wishlists.making import a_list, a_wish
from wishare.connections.actions import ask_to_connect, invite
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import friends
from wishare.core.errors import Refused
from wishare.wishlists.actions.claims import (
    GuestClaim,
    acknowledge_changes,
    claim_item,
    claim_item_as_guest,
    purchase_claim,
    release_claims,
    undo_claim,
)
from wishare.wishlists.actions.items import add_item, edit_item, move_item
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.claims import claims_by
from wishare.wishlists.queries.lists import open_items

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, GUESTS, QUANTITY, ROUNDS = 40, 10, 3, 12


def test_sqlite_is_a_file_with_a_write_ahead_log_as_in_a_real_installation() -> None:
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        mode = cursor.execute("PRAGMA journal_mode").fetchone()
    assert (mode, ":memory:" in str(connection.settings_dict["NAME"])) == (("wal",), False)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_of_fifty_claims_on_three_cups_exactly_three_win_and_the_others_get_the_clear_message() -> None:
    item = a_wish(a_list(person("Olga")), "Cups", quantity=QUANTITY)
    givers = [person(f"Giver {number}") for number in range(PEOPLE)]
    by_people: list[Job] = [partial(claim_item, item=item, giver=giver) for giver in givers]
    by_guests: list[Job] = [
        partial(claim_item_as_guest, item=item, name=f"Guest {number}", share_token="") for number in range(GUESTS)
    ]
    results = at_once(_mixed(by_people, by_guests))
    lost = [result for result in results if isinstance(result, str)]
    won = [result.claim if isinstance(result, GuestClaim) else result for result in results if result not in lost]
    assert Counter(lost) == {"Somebody was faster: this wish is taken.": PEOPLE + GUESTS - QUANTITY}
    assert set(won) == set(Claim.objects.all())
    assert len(won) == QUANTITY
    assert Item.objects.get().claims_version > item.claims_version


def _mixed(many: list[Job], few: list[Job]) -> list[Job]:
    """The few spread evenly among the many."""
    jobs = list(many)
    for number, job in enumerate(few):
        jobs.insert(number * 5, job)
    return jobs


def test_one_giver_who_clicks_ten_times_has_one_claim() -> None:
    item = a_wish(a_list(person("Olga")), "Cups", quantity=QUANTITY)
    giver = person("Fred")
    results = at_once([partial(claim_item, item=item, giver=giver)] * 10)
    sentence = "You have chosen this already. You find it under My gifts."
    assert results.count(sentence) == 9
    assert Claim.objects.get().giver == giver


def test_one_guest_whose_form_is_sent_ten_times_has_one_claim() -> None:
    item = a_wish(a_list(person("Olga")), "Cups", quantity=QUANTITY)
    results = at_once([partial(claim_item_as_guest, item=item, name="Gil", share_token="")] * 10)
    assert {result.claim for result in results} == {Claim.objects.get()}


def test_an_owner_who_edits_and_givers_who_come_and_go_never_block_each_other_for_good() -> None:
    wishlist = a_list(person("Olga"))
    item = a_wish(wishlist, "Cups", quantity=QUANTITY)
    givers = [person(f"Giver {number}") for number in range(QUANTITY)]

    def edit() -> None:
        for number in range(ROUNDS):
            edit_item(item=item, name=f"Cups {number}")

    def come_and_go(giver: object) -> None:
        for _round in range(ROUNDS):
            claim = claim_item(item=item, giver=giver)
            purchase_claim(claim=claim)
            undo_claim(claim=claim)

    at_once([edit, edit, *(partial(come_and_go, giver) for giver in givers)])
    assert Claim.objects.count() == 0
    for before in (item, wishlist):
        now = type(before).objects.get(pk=before.pk)
        assert now.version > before.version
        assert now.claims_version > before.claims_version


def test_two_who_leave_at_the_same_moment_give_everything_back() -> None:
    one, two = a_list(person("Olga")), a_list(person("Oscar"))
    wishes = [a_wish(one, "A", quantity=9), a_wish(two, "B", quantity=9), a_wish(one, "C", quantity=9)]
    for number in range(ROUNDS):
        leavers = [person(f"L{number}"), person(f"R{number}")]
        for giver, chosen in zip(leavers, (wishes[:2], wishes[1:]), strict=True):
            for item in chosen:
                claim_item(item=item, giver=giver)
        at_once([partial(release_claims, giver=giver) for giver in leavers])
    assert Claim.objects.count() == 0


def test_undoing_and_acknowledging_at_the_same_moment_is_no_error() -> None:
    item = a_wish(a_list(person("Olga")))
    giver = person("Fred")
    for _round in range(ROUNDS):
        made = claim_item(item=item, giver=giver)
        claim = claims_by(giver).get(pk=made.pk)
        at_once([partial(undo_claim, claim=claim), partial(acknowledge_changes, claim=claim)])
        assert Claim.objects.count() == 0


def test_two_who_ask_each_other_at_the_same_moment_are_friends_once() -> None:
    for number in range(ROUNDS):
        one, two = person(f"One {number}"), person(f"Two {number}")
        at_once([partial(ask_to_connect, user=one, partner=two), partial(ask_to_connect, user=two, partner=one)])
        assert [list(friends(one)), list(friends(two))] == [[two], [one]]
    assert Connection.objects.count() == ROUNDS


def test_ten_friendships_of_the_same_two_are_one() -> None:
    one, two = person("One"), person("Two")
    at_once([partial(befriend, *pair) for pair in [(one, two), (two, one)] * 5])
    assert Connection.objects.get().status == Connection.Status.ACCEPTED


def test_ten_invitations_to_one_address_are_one() -> None:
    sender = person("Olga")
    at_once([partial(invite, sender=sender, recipient_email="ana@example.org")] * 10)
    assert Invitation.objects.get().recipient_email == "ana@example.org"


def test_the_same_product_added_ten_times_at_once_is_there_once() -> None:
    wishlist = a_list(person("Olga"))
    names = [f"Kettle {number}" for number in range(10)]
    jobs = [partial(add_item, wishlist=wishlist, name=name, url="https://shop.example/k") for name in names]
    results = at_once(jobs)
    item = Item.objects.get()
    sentence = f"This product is on the list already, as “{item.name}”."
    assert Counter(map(str, results)) == {sentence: 9, item.name: 1}


def test_a_form_sent_ten_times_at_once_makes_one_list_and_one_wish() -> None:
    owner = person("Olga")
    made = at_once([partial(create_wishlist, owner=owner, name="Xmas")] * 10)
    assert set(made) == {Wishlist.objects.get()}
    wishes = at_once([partial(add_item, wishlist=made[0], name="Cup")] * 10)
    assert set(wishes) == {Item.objects.get()}


def test_ten_first_lists_at_once_have_one_default_among_them() -> None:
    owner = person("Olga")
    at_once([partial(create_wishlist, owner=owner, name=f"List {number}") for number in range(10)])
    assert Wishlist.objects.filter(is_default=True).count() == 1
    assert Wishlist.objects.count() == 10


def test_moves_at_the_same_moment_keep_every_wish_in_a_place_of_its_own() -> None:
    wishlist = a_list(person("Olga"))
    wishes = [a_wish(wishlist, name) for name in "ABCDEF"]
    jobs: list[Job] = [partial(move_item, item=item, direction="top") for item in wishes]
    at_once([*jobs, *(partial(move_item, item=item, direction="down") for item in wishes)])
    assert sorted(open_items(wishlist).values_list("position", flat=True)) == [1, 2, 3, 4, 5, 6]
    assert Wishlist.objects.get().version > wishlist.version + 6 + 12


def test_a_job_that_fails_for_another_reason_fails_the_test() -> None:
    def fail() -> None:
        raise KeyError("boom")

    def refuse() -> None:
        raise Refused("no")

    assert at_once([refuse]) == ["no"]
    with pytest.raises(KeyError):
        at_once([refuse, fail])
