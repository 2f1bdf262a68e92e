"""The secret link and the guest's private page, as guests use them."""

import re

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of
from tests.wishlists.making import a_list, a_wish, claimed_by_guest
from wishare.accounts.models import User
from wishare.wishlists.actions.items import edit_item
from wishare.wishlists.actions.lists import share_wishlist
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.views.sharing import GUEST_OF, LISTS_REMEMBERED


@pytest.fixture
def token(wishlist: Wishlist) -> str:
    return share_wishlist(wishlist=wishlist)


@pytest.fixture
def cups(wishlist: Wishlist) -> Item:
    return a_wish(wishlist, "Cups", quantity=3)


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def without_csrf(response: HttpResponse) -> str:
    return re.sub(r"\b\w{64}\b", "", response.content.decode())


def give(token: str, item: Item, **data: str) -> HttpResponse:
    return Client().post(reverse("share_claim", args=[token, item.public_id]), data)  # type: ignore[return-value]


def test_nothing_about_claims_is_on_the_door_and_all_of_it_behind(token: str, cups: Item) -> None:
    client, address = Client(), reverse("share", args=[token])
    untouched = without_csrf(client.get(address))
    claimed_by_guest(cups, quantity=3)
    assert without_csrf(client.get(address)) == untouched
    assert client.post(f"{address}/enter").headers["Location"] == address
    context = client.get(address).context
    assert [(entry.item, entry.left) for entry in context["items"]] == [(cups, 0)]


def test_what_several_guests_give_is_one_wish(token: str, cups: Item) -> None:
    """And nobody's own who has no account."""
    for name in ("Gil", "Otto"):
        claimed_by_guest(cups, name)
    client, address = Client(), reverse("share", args=[token])
    client.post(f"{address}/enter")
    entries = client.get(address).context["items"]
    assert [(entry.item, entry.left, entry.mine) for entry in entries] == [(cups, 1, None)]


def test_the_owner_who_opens_the_link_lands_on_the_own_page_and_claims_nothing(
    owner: User, token: str, cups: Item
) -> None:
    client, mine = client_of(owner), reverse("wishlist", args=[cups.wishlist.public_id])
    assert client.get(reverse("share", args=[token])).headers["Location"] == mine
    response = client.post(reverse("share_claim", args=[token, cups.public_id]))
    assert (response.headers["Location"], Claim.objects.count()) == (mine, 0)


def test_a_browser_remembers_the_last_lists_it_came_to_give_from(owner: User, token: str) -> None:
    client = Client()
    session = client.session
    session[GUEST_OF] = [f"list {number}" for number in range(LISTS_REMEMBERED)]
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    for _again in range(2):
        client.post(reverse("share_enter", args=[token]))
    known = client.session[GUEST_OF]
    assert (len(known), known[0], known[-1]) == (LISTS_REMEMBERED, "list 1", Wishlist.objects.get().public_id)


def test_a_guest_reserves_with_a_name_only_and_lands_on_a_private_page(token: str, cups: Item) -> None:
    response = give(token, cups, guest_name=" Gil ", quantity="2")
    claim = Claim.objects.get()
    assert (claim.guest_name, claim.quantity, claim.guest_email, claim.share_token) == ("Gil", 2, "", token)
    assert said(response) == ["Thank you! Keep this page's address: it is the only way to change or undo this."]
    page = Client().get(response.headers["Location"])
    assert (page.status_code, page.context["gift"].claim) == (200, claim)


@pytest.mark.parametrize(
    ("data", "field", "text"),
    [
        ({"guest_name": ""}, "guest_name", "This field is required."),
        ({"guest_name": "\u202e\u200b"}, "guest_name", "This field is required."),
        (
            {"guest_name": "x" * 101},
            "guest_name",
            "Ensure this value has at most 100 characters (it has 101).",
        ),
        ({"guest_name": "Gil", "guest_email": "gil"}, "guest_email", "Enter a valid email address."),
        (
            {"guest_name": "Gil", "quantity": "0"},
            "quantity",
            "Ensure this value is greater than or equal to 1.",
        ),
        ({"guest_name": "Gil", "quantity": "many"}, "quantity", "Enter a whole number."),
        ({"guest_name": "Gil", "quantity": "4"}, "__all__", "Only 3 are left."),
    ],
)
def test_a_form_of_a_guest_says_what_is_wrong_and_takes_nothing(
    token: str, cups: Item, data: dict[str, str], field: str, text: str
) -> None:
    response = give(token, cups, **data)
    errors = response.context["form"].errors  # type: ignore[attr-defined]
    assert (response.status_code, dict(errors)) == (422, {field: [text]})
    assert Claim.objects.count() == 0


def test_a_guest_who_comes_too_late_is_told_so_in_the_form(token: str, cups: Item) -> None:
    claimed_by_guest(cups, "Early", quantity=3)
    response = give(token, cups, guest_name="Late")
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [  # type: ignore[attr-defined]
        "Somebody was faster: this wish is taken."
    ]


def test_the_form_can_be_opened_again_after_an_error_and_claims_nothing(friend: User, token: str, cups: Item) -> None:
    address = reverse("share_claim", args=[token, cups.public_id])
    page = Client().get(address)
    assert (page.status_code, page.context["form"].is_bound) == (200, False)
    assert client_of(friend).get(address).headers["Location"] == reverse("share", args=[token])
    assert Claim.objects.count() == 0


def test_somebody_signed_in_claims_as_themselves(friend: User, token: str, cups: Item) -> None:
    client = client_of(friend)
    response = client.post(reverse("share_claim", args=[token, cups.public_id]), {"quantity": "2"})
    assert said(response) == ["“Cups” is yours to give. Olga will not find out."]
    claim = Claim.objects.get()
    assert (claim.giver, claim.quantity, claim.share_token) == (friend, 2, token)


def test_a_guest_buys_takes_it_back_and_undoes(token: str, cups: Item) -> None:
    _claim, manage = claimed_by_guest(cups, share_token=token)
    page = reverse("guest_claim", args=[manage])
    for step, status in (("purchase", 1), ("purchase", 1), ("unpurchase", 2), ("purchase", 1)):
        assert Client().post(f"{page}/{step}").headers["Location"] == page
        assert Claim.objects.get().status == status
    assert Client().post(f"{page}/undo").headers["Location"] == reverse("share", args=[token])
    assert (Claim.objects.count(), Client().get(page).status_code) == (0, 404)


def test_a_guest_is_told_of_a_change_until_they_have_seen_it(token: str, cups: Item) -> None:
    _claim, manage = claimed_by_guest(cups, share_token=token)
    page = reverse("guest_claim", args=[manage])
    edit_item(item=cups, name="Mugs")
    assert Client().get(page).context["gift"].notices == ["It is now called “Mugs”."]
    Client().post(f"{page}/acknowledge")
    assert Client().get(page).context["gift"].notices == []


def test_one_address_makes_thirty_guest_claims_an_hour(owner: User) -> None:
    wishlist = a_list(owner, "Many")
    token, item = share_wishlist(wishlist=wishlist), a_wish(wishlist, "Nails", quantity=99)
    answers = [give(token, item, guest_name=f"Guest {number}") for number in range(31)]
    assert [answer.status_code for answer in answers] == [302] * 30 + [422]
    assert Claim.objects.count() == 30
