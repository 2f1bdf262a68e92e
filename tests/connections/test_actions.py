"""Friendships and invitations: every sentence of the actions."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from wishare.accounts.models import User
from wishare.connections import actions
from wishare.connections.actions import (
    accept_invitation,
    answer_request,
    ask_to_connect,
    befriend,
    decline_invitation,
    disconnect,
    invite,
    withdraw_invitation,
)
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import (
    connection_seen_by,
    friends,
    invitations_by,
    invitations_to,
    requests_by,
    requests_to,
)
from wishare.core.errors import Refused

ACCEPTED, DECLINED, PENDING = (
    Connection.Status.ACCEPTED,
    Connection.Status.DECLINED,
    Connection.Status.PENDING,
)
CLOSED = r"^This invitation is no longer open\. Ask for a new one\.$"
DAY = timedelta(days=1)


def are_friends(one: User, other: User) -> bool:
    """Seen from both sides, which must agree."""
    sides = [other in friends(one), one in friends(other)]
    assert len(set(sides)) == 1
    return sides[0]


def fresh(invitation: Invitation) -> Invitation:
    return Invitation.objects.get(pk=invitation.pk)


def test_friends_are_friends_of_each_other_once_and_nobody_is_their_own(ana: User, ben: User, cleo: User) -> None:
    befriend(user=ana, partner=ben)
    befriend(user=cleo, partner=ana)
    assert [set(friends(who)) for who in (ana, ben, cleo)] == [{ben, cleo}, {ana}, {ana}]
    assert friends(ana).count() == 2


@pytest.mark.parametrize("status", list(Connection.Status))
@pytest.mark.parametrize("turned", [False, True])
def test_befriending_makes_friends_whatever_stood_between(ana: User, ben: User, status: int, turned: bool) -> None:
    user, partner = (ben, ana) if turned else (ana, ben)
    Connection.objects.create(user=user, partner=partner, status=status)
    befriend(user=ana, partner=ben)
    assert (are_friends(ana, ben), Connection.objects.count()) == (True, 1)


def test_asking_waits_for_the_other_and_asking_again_changes_nothing(ana: User, ben: User) -> None:
    first = ask_to_connect(user=ana, partner=ben)
    assert ask_to_connect(user=ana, partner=ben) == first
    assert (list(requests_by(ana)), list(requests_to(ben)), are_friends(ana, ben)) == (
        [first],
        [first],
        False,
    )


def test_nobody_asks_themselves(ana: User) -> None:
    with pytest.raises(Refused, match=r"^You are already your own best friend\.$"):
        ask_to_connect(user=ana, partner=ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Connection.objects.create(user=ana, partner=ana)


def test_two_who_ask_each_other_are_friends(ana: User, ben: User) -> None:
    ask_to_connect(user=ana, partner=ben)
    assert ask_to_connect(user=ben, partner=ana).status == ACCEPTED
    assert are_friends(ana, ben)


def test_who_was_declined_learns_nothing_and_may_still_be_asked(ana: User, ben: User) -> None:
    request = ask_to_connect(user=ana, partner=ben)
    answer_request(connection=request, accept=False)
    assert ask_to_connect(user=ana, partner=ben).status == DECLINED
    assert (list(requests_by(ana)), list(requests_to(ben)), are_friends(ana, ben)) == ([request], [], False)
    ask_to_connect(user=ben, partner=ana)
    assert are_friends(ana, ben)


def test_asking_a_friend_leaves_the_friendship(ana: User, ben: User) -> None:
    befriend(user=ana, partner=ben)
    for user, partner in ((ana, ben), (ben, ana)):
        assert ask_to_connect(user=user, partner=partner).status == ACCEPTED
    assert Connection.objects.count() == 1


@pytest.mark.parametrize(("accept", "status"), [(True, ACCEPTED), (False, DECLINED)])
def test_accept_accepts_and_decline_declines_once(ana: User, ben: User, accept: bool, status: int) -> None:
    request = ask_to_connect(user=ana, partner=ben)
    assert answer_request(connection=request, accept=accept).status == status
    assert are_friends(ana, ben) is accept
    for again in (True, False):
        with pytest.raises(Refused, match=r"^This request has been answered before\.$"):
            answer_request(connection=request, accept=again)
    assert Connection.objects.get().status == status


def test_disconnecting_ends_it_for_both(ana: User, ben: User) -> None:
    disconnect(connection=befriend(user=ana, partner=ben))
    assert (are_friends(ana, ben), Connection.objects.count()) == (False, 0)


def test_an_invitation_is_for_seven_days_and_its_address_in_lower_case(ana: User) -> None:
    invitation = invite(sender=ana, recipient_email="New@Example.ORG")
    assert (invitation.recipient_email, invitation.status, len(invitation.token)) == (
        "new@example.org",
        PENDING,
        43,
    )
    assert timedelta(days=6, hours=23) < invitation.expires_at - timezone.now() <= timedelta(days=7)


def test_inviting_an_address_again_prolongs_the_first_invitation(ana: User) -> None:
    first = invite(sender=ana, recipient_email="new@example.org")
    Invitation.objects.update(expires_at=timezone.now() - DAY)
    assert list(invitations_by(ana)) == []
    second = invite(sender=ana, recipient_email="NEW@example.org")
    assert (second, second.token, second.is_open) == (first, first.token, True)


def test_every_link_is_an_invitation_of_its_own(ana: User) -> None:
    assert invite(sender=ana).token != invite(sender=ana).token


def test_after_an_answer_the_same_address_can_be_invited_anew(ana: User, ben: User) -> None:
    first = invite(sender=ana, recipient_email=ben.email)
    decline_invitation(invitation=first, user=ben)
    assert invite(sender=ana, recipient_email=ben.email) != first


def test_oneself_and_friends_need_no_invitation(ana: User, ben: User) -> None:
    befriend(user=ben, partner=ana)
    with pytest.raises(Refused, match=r"^That is your own address\.$"):
        invite(sender=ana, recipient_email="ANA@example.org")
    with pytest.raises(Refused, match=r"^You and Ben are friends already\.$"):
        invite(sender=ana, recipient_email=ben.email)


def test_too_many_open_invitations_are_refused_until_some_are_withdrawn(
    ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "OPEN_INVITATIONS_AT_MOST", 2)
    first = invite(sender=ana, recipient_email="one@example.org")
    invite(sender=ana)
    with pytest.raises(Refused, match=r"^You have many open invitations\. Withdraw some before you send more\.$"):
        invite(sender=ana)
    assert invite(sender=ana, recipient_email="one@example.org") == first
    withdraw_invitation(invitation=first)
    invite(sender=ana)
    assert Invitation.objects.count() == 2


def test_accepting_makes_friends_and_uses_the_invitation_up(ana: User, ben: User) -> None:
    invitation = invite(sender=ana, recipient_email=ben.email)
    assert list(invitations_to(ben)) == [invitation]
    accept_invitation(invitation=invitation, user=ben)
    assert (are_friends(ana, ben), fresh(invitation).status) == (True, Invitation.Status.ACCEPTED)
    with pytest.raises(Refused, match=CLOSED):
        accept_invitation(invitation=invitation, user=ben)
    assert list(invitations_to(ben)) == []


def test_accepting_also_settles_a_request_that_was_declined(ana: User, ben: User) -> None:
    answer_request(connection=ask_to_connect(user=ben, partner=ana), accept=False)
    accept_invitation(invitation=invite(sender=ana), user=ben)
    assert (are_friends(ana, ben), Connection.objects.count()) == (True, 1)


@pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
def test_an_invitation_is_answered_by_its_recipient_only(ana: User, ben: User, cleo: User, answer: object) -> None:
    invitation = invite(sender=ana, recipient_email=ben.email)
    with pytest.raises(Refused, match=r"^This invitation was sent to another address\.$"):
        answer(invitation=invitation, user=cleo)  # type: ignore[operator]
    with pytest.raises(Refused, match=r"^This is your own invitation\. Send the link to somebody else\.$"):
        answer(invitation=invitation, user=ana)  # type: ignore[operator]
    assert (fresh(invitation).is_open, Connection.objects.count()) == (True, 0)


def test_somebody_without_an_account_declines_for_good(ana: User, ben: User) -> None:
    invitation = invite(sender=ana, recipient_email=ben.email)
    decline_invitation(invitation=invitation, user=None)
    assert fresh(invitation).status == Invitation.Status.DECLINED
    with pytest.raises(Refused, match=CLOSED):
        accept_invitation(invitation=invitation, user=ben)
    assert Connection.objects.count() == 0


def test_a_link_without_an_address_is_good_for_several_whoever_declines(ana: User, ben: User, cleo: User) -> None:
    invitation = invite(sender=ana)
    decline_invitation(invitation=invitation, user=None)
    for user in (ben, cleo):
        accept_invitation(invitation=invitation, user=user)
    assert set(friends(ana)) == {ben, cleo}


@pytest.mark.parametrize("email", ["", "ben@example.org"])
@pytest.mark.parametrize("answer", [accept_invitation, decline_invitation])
def test_an_expired_or_withdrawn_invitation_is_closed(ana: User, ben: User, email: str, answer: object) -> None:
    invitation = invite(sender=ana, recipient_email=email)
    Invitation.objects.update(expires_at=timezone.now())
    with pytest.raises(Refused, match=CLOSED):
        answer(invitation=invitation, user=ben)  # type: ignore[operator]
    Invitation.objects.all().delete()
    with pytest.raises(Refused, match=CLOSED):
        answer(invitation=invitation, user=ben)  # type: ignore[operator]
    assert Connection.objects.count() == 0


def test_a_declined_request_cannot_be_asked_again_by_taking_it_back(ana: User, ben: User) -> None:
    connection = ask_to_connect(user=ana, partner=ben)
    answer_request(connection=connection, accept=False)
    disconnect(connection=connection)
    assert (list(requests_by(ana)), connection_seen_by(ana, ben)) == ([], None)
    again = ask_to_connect(user=ana, partner=ben)
    assert (again.pk, again.status) == (connection.pk, Connection.Status.DECLINED)
    assert list(requests_to(ben)) == []
    assert list(requests_by(ana)) == [again]


def test_who_declined_may_change_their_mind(ana: User, ben: User) -> None:
    answer_request(connection=ask_to_connect(user=ana, partner=ben), accept=False)
    assert ask_to_connect(user=ben, partner=ana).status == Connection.Status.ACCEPTED
