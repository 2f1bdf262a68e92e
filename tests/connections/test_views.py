"""The friends page and the page behind an invitation link, as people use them."""

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of
from wishare.accounts.models import User
from wishare.connections.actions import ask_to_connect, befriend, invite
from wishare.connections.models import Connection, Invitation
from wishare.connections.queries import friends


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def post(user: User | None, route: str, *args: str, **data: str) -> HttpResponse:
    return client_of(user).post(reverse(route, args=args), data)  # type: ignore[return-value]


def test_the_friends_page_shows_each_relation_in_its_place(ana: User, ben: User, cleo: User) -> None:
    befriend(user=ana, partner=ben)
    request = ask_to_connect(user=cleo, partner=ana)
    sent = invite(sender=ana, recipient_email="dora@example.org")
    received = invite(sender=cleo, recipient_email=ana.email)
    context = client_of(ana).get(reverse("friends")).context
    assert list(context["page"]) == [ben]
    assert [list(context[name]) for name in ("requests_to", "requests_by")] == [[request], []]
    assert list(context["invitations_to"]) == [received]
    address = f"http://testserver{reverse('invitation', args=[sent.token])}"
    assert context["invitations_by"] == [(sent, address)]


def test_accepting_a_request_makes_friends_and_says_so(ana: User, ben: User) -> None:
    request = ask_to_connect(user=ben, partner=ana)
    response = post(ana, "connection_accept", request.public_id)
    assert (response.headers["Location"], said(response)) == (
        reverse("friends"),
        ["You and Ben are friends now."],
    )
    assert list(friends(ana)) == [ben]


def test_declining_is_not_told_to_who_asked(ana: User, ben: User) -> None:
    before = ask_to_connect(user=ben, partner=ana)
    page = client_of(ben).get(reverse("friends"))
    assert said(post(ana, "connection_decline", before.public_id)) == ["Declined. Ben is not told."]
    after = client_of(ben).get(reverse("friends"))
    assert list(after.context["requests_by"]) == list(page.context["requests_by"]) == [before]


def test_the_one_who_asked_cannot_answer_for_the_other(ana: User, ben: User) -> None:
    request = ask_to_connect(user=ben, partner=ana)
    for route in ("connection_accept", "connection_decline"):
        assert post(ben, route, request.public_id).status_code == 404
    assert Connection.objects.get().status == Connection.Status.PENDING


def test_ending_a_friendship(ana: User, ben: User) -> None:
    connection = befriend(user=ana, partner=ben)
    response = post(ben, "connection_end", connection.public_id)
    assert said(response) == ["Done. You no longer see each other’s lists for friends and family."]
    assert Connection.objects.count() == 0


@pytest.mark.parametrize(
    ("email", "text"),
    [
        ("nobody", "Enter a valid email address."),
        ("ana@example.org", "That is your own address."),
        ("ben@example.org", "You and Ben are friends already."),
        ("a" * 300 + "@example.org", "Ensure this value has at most 254 characters (it has 312)."),
        ("a\x00@example.org", "Null characters are not allowed."),
    ],
)
def test_an_invitation_that_cannot_be_says_why_and_keeps_what_was_typed(
    ana: User, ben: User, email: str, text: str
) -> None:
    befriend(user=ana, partner=ben)
    response = post(ana, "invitation_create", email=email)
    form = response.context["form"]  # type: ignore[attr-defined]
    assert (response.status_code, text in form.errors["email"], form["email"].value()) == (422, True, email)
    assert Invitation.objects.count() == 0


def test_too_many_invitations_in_an_hour_are_refused_in_the_form(ana: User) -> None:
    client = client_of(ana)
    answers = [client.post(reverse("invitation_create"), {"email": f"p{n}@example.org"}) for n in range(31)]
    assert [answer.status_code for answer in answers] == [302] * 30 + [422]
    text = "That was a lot in a short time. Please wait a little and try again."
    assert answers[-1].context["form"].errors == {"email": [text]}


def test_withdrawing_ends_the_link(ana: User, ben: User) -> None:
    invitation = invite(sender=ana)
    assert said(post(ana, "invitation_withdraw", invitation.public_id)) == [
        "Invitation withdrawn. Its link no longer works."
    ]
    assert client_of(ben).get(reverse("invitation", args=[invitation.token])).status_code == 404


def test_a_visitor_finds_the_invitation_again_after_signing_in(ana: User, ben: User) -> None:
    invitation = invite(sender=ana)
    address = reverse("invitation", args=[invitation.token])
    client = Client()
    assert client.get(address).status_code == 200
    client.force_login(ben, settings.AUTHENTICATION_BACKENDS[0])
    assert client.get(reverse("home")).headers["Location"] == address
    assert client.get(address).status_code == 200
    response = client.post(f"{address}/accept")
    assert said(response) == ["You and Ana are friends now."]
    assert client.get(reverse("home")).headers["Location"] == reverse("dashboard")


def test_an_invitation_sent_to_another_address_makes_no_friends(ana: User, ben: User) -> None:
    invitation = invite(sender=ana, recipient_email="dora@example.org")
    response = post(ben, "invitation_accept", invitation.token)
    assert said(response) == ["This invitation was sent to another address."]
    assert Connection.objects.count() == 0


@pytest.mark.parametrize("route", ["connection_accept", "connection_decline"])
def test_after_a_form_with_an_error_every_button_still_leads_to_a_page(ana: User, ben: User, route: str) -> None:
    """A browser is now on the address of the form, which it can also reload."""
    request = ask_to_connect(user=ben, partner=ana)
    client, here = client_of(ana), reverse("invitation_create")
    assert client.post(here, {"email": "x"}).status_code == 422
    assert client.get(here, follow=True).status_code == 200
    response = client.post(reverse(route, args=[request.public_id]), headers={"Referer": f"http://testserver{here}"})
    assert client.get(response.headers["Location"], follow=True).status_code == 200
