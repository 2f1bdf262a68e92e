"""Giving with an account, and the page of one's gifts."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of
from tests.wishlists.making import a_list, a_wish, claimed, claimed_by_guest
from wishare.accounts.models import User
from wishare.core.flash import undo_address
from wishare.wishlists.actions.items import delete_item, edit_item
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.views import claims as views

DAY = timedelta(days=1)


def post(user: User, route: str, public_id: str, **data: str) -> HttpResponse:
    return client_of(user).post(reverse(route, args=[public_id]), data)  # type: ignore[return-value]


def said(response: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def gifts(user: User, **query: str) -> list[str]:
    return [gift.claim.snapshot["name"] for gift in client_of(user).get(reverse("gifts"), query).context["gifts"]]


def test_reserving_leads_back_to_the_list_with_an_undo(friend: User, item: Item) -> None:
    response = post(friend, "claim_create", item.public_id)
    [message] = get_messages(response.wsgi_request)  # type: ignore[attr-defined]
    claim = Claim.objects.get()
    assert response.headers["Location"] == reverse("wishlist", args=[item.wishlist.public_id])
    assert str(message) == "“Kettle” is yours to give. Olga will not find out."
    assert undo_address(message) == reverse("claim_undo", args=[claim.public_id])
    assert (claim.giver, claim.status) == (friend, Claim.Status.RESERVED)


@pytest.mark.parametrize(
    ("quantity", "text"),
    [
        ("0", "Ensure this value is greater than or equal to 1."),
        ("-1", "Ensure this value is greater than or equal to 1."),
        ("1000", "Ensure this value is less than or equal to 999."),
        ("9" * 40, "Ensure this value is less than or equal to 999."),
        ("two", "Enter a whole number."),
        ("2", "Only 1 is left."),
    ],
)
def test_a_number_that_cannot_be_says_why_on_the_next_page(friend: User, item: Item, quantity: str, text: str) -> None:
    response = post(friend, "claim_create", item.public_id, quantity=quantity)
    assert (response.status_code, said(response), Claim.objects.count()) == (302, [text], 0)


def test_somebody_who_comes_too_late_is_told_so(friend: User, item: Item) -> None:
    claimed_by_guest(item)
    assert said(post(friend, "claim_create", item.public_id)) == ["Somebody was faster: this wish is taken."]


def test_buying_taking_back_and_undoing(friend: User, item: Item) -> None:
    id = claimed(item, friend).public_id
    assert said(post(friend, "claim_purchase", id)) == ["Marked as bought."]
    assert Claim.objects.get().status == Claim.Status.PURCHASED
    assert said(post(friend, "claim_unpurchase", id)) == ["Back to reserved."]
    assert Claim.objects.get().status == Claim.Status.RESERVED
    assert said(post(friend, "claim_undo", id)) == ["Undone: others can choose it again."]
    assert Claim.objects.count() == 0


def test_gifts_to_come_are_soonest_first_undated_last_and_past_ones_latest_first(owner: User, friend: User) -> None:
    today = timezone.localdate()
    days = {"later": 9, "soon": 2, "today": 0, "yesterday": -1, "long ago": -90}
    for name, distance in days.items():
        claimed(a_wish(a_list(owner, name, event_date=today + distance * DAY), name), friend)
    claimed(a_wish(a_list(owner, "some day"), "some day"), friend)
    assert gifts(friend) == ["today", "soon", "later", "some day"]
    assert gifts(friend, when="past") == ["yesterday", "long ago"]
    assert gifts(friend, when="nonsense") == gifts(friend)


def test_gifts_follow_the_event_when_it_moves_and_stay_when_the_list_is_hidden(friend: User, item: Item) -> None:
    claimed(item, friend)
    Wishlist.objects.update(event_date=timezone.localdate() - DAY)
    assert (gifts(friend), gifts(friend, when="past")) == ([], ["Kettle"])
    Wishlist.objects.update(visibility=0)
    assert (gifts(friend), gifts(friend, when="past")) == (["Kettle"], [])


def test_a_page_of_gifts_leads_to_the_next(friend: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(views, "GIFTS_A_PAGE", 2)
    for name in "ABCDE":
        claimed(a_wish(wishlist, name), friend)
    client, seen, cursor = client_of(friend), "", ""
    for _page in range(3):
        context = client.get(reverse("gifts"), {"after": cursor}).context
        seen += "".join(gift.claim.snapshot["name"] for gift in context["gifts"])
        cursor = context["page"].next_cursor
    assert (seen, cursor) == ("ABCDE", "")


def test_changes_are_told_until_they_are_acknowledged(friend: User, item: Item) -> None:
    claim = claimed(item, friend)
    edit_item(item=item, name="Teapot")
    page = client_of(friend).get(reverse("gifts"))
    assert page.context["gifts"][0].notices == ["It is now called “Teapot”."]
    assert post(friend, "claim_acknowledge", claim.public_id).status_code == 302
    assert client_of(friend).get(reverse("gifts")).context["gifts"][0].notices == []
    delete_item(item=item)
    page = client_of(friend).get(reverse("gifts"))
    assert page.context["gifts"][0].notices == ["It was removed from the list. This is what you chose."]
    assert "Teapot" in page.content.decode()


def test_buttons_lead_back_to_where_they_were_pressed(friend: User, item: Item) -> None:
    claim = claimed(item, friend)
    here = f"http://testserver/wishlists/{item.wishlist.public_id}"
    address = reverse("claim_purchase", args=[claim.public_id])
    response = client_of(friend).post(address, headers={"Referer": here})
    assert response.headers["Location"] == here
    assert client_of(friend).post(address).headers["Location"] == reverse("gifts")
