"""The index of lists, a list's pages and what its owner does with it."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone

from tests.support.cast import client_of
from tests.wishlists.making import a_list, claimed
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.core.flash import undo_address
from wishare.wishlists.models import Item, Wishlist

LIST = {"name": "Easter", "event_type": "other", "visibility": "1", "event_date": "2199-04-05"}


def post(user: User, route: str, *args: str, **data: str) -> HttpResponse:
    return client_of(user).post(reverse(route, args=args), data)  # type: ignore[return-value]


def said(response: HttpResponse) -> list[tuple[str, str]]:
    return [(str(m), undo_address(m)) for m in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def test_each_circle_has_a_page_of_its_own(owner: User, friend: User, wishlist: Wishlist) -> None:
    Wishlist.objects.update(visibility=Visibility.PUBLICLY_VISIBLE)
    address = reverse("wishlist", args=[wishlist.public_id])
    pages = [client_of(user).get(address).templates[0].name for user in (owner, friend, None)]
    assert pages == ["wishlists/owner.html", "wishlists/giver.html", "wishlists/visitor.html"]


def test_making_a_list_leads_to_it(owner: User) -> None:
    response = post(owner, "wishlist_create", **LIST)
    made = Wishlist.objects.get()
    assert response.headers["Location"] == reverse("wishlist", args=[made.public_id])
    assert said(response) == [("Your list is ready. Now add what you wish for.", "")]
    assert (made.name, str(made.event_date), str(made.reveal_on)) == ("Easter", "2199-04-05", "2199-04-06")


@pytest.mark.parametrize("route", ["wishlist_create", "wishlist_edit"])
def test_a_form_with_mistakes_comes_back_with_what_was_typed(owner: User, wishlist: Wishlist, route: str) -> None:
    args = [wishlist.public_id] if route == "wishlist_edit" else []
    typed = {"name": "x" * 101, "event_type": "brithday", "visibility": "9", "event_date": "2030-02-31"}
    response = post(owner, route, *args, **typed)
    form = response.context["form"]  # type: ignore[attr-defined]
    assert (response.status_code, form.errors.keys()) == (422, typed.keys())
    assert {name: form[name].value() for name in typed} == typed
    assert [row.name for row in Wishlist.objects.all()] == ["Birthday"]


def test_editing_deleting_and_the_undo(owner: User, wishlist: Wishlist) -> None:
    id = wishlist.public_id
    assert said(post(owner, "wishlist_edit", id, **LIST)) == [("Saved.", "")]
    response = post(owner, "wishlist_delete", id)
    back = reverse("wishlist_restore", args=[id])
    assert (response.headers["Location"], said(response)) == (
        reverse("wishlists"),
        [("“Easter” is deleted.", back)],
    )
    assert client_of(owner).get(reverse("wishlist", args=[id])).status_code == 404
    assert said(client_of(owner).post(back)) == [("“Easter” is back.", "")]
    assert client_of(owner).get(reverse("wishlist", args=[id])).status_code == 200


def test_sharing_renewing_and_ending_the_link(owner: User, wishlist: Wishlist) -> None:
    def link() -> str:
        return str(client_of(owner).get(reverse("wishlist", args=[wishlist.public_id])).context["share_url"])

    assert link() == ""
    assert said(post(owner, "wishlist_share", wishlist.public_id)) == [("Your link is ready.", "")]
    first = link()
    texts = said(post(owner, "wishlist_share", wishlist.public_id))
    assert texts == [("New link made. The old one no longer works.", "")]
    assert [client_of(None).get(address).status_code for address in (first, link())] == [404, 200]
    assert said(post(owner, "wishlist_unshare", wishlist.public_id)) == [("The link no longer works.", "")]
    assert link() == ""


def test_the_givers_are_shown_from_the_reveal_date_on(owner: User, friend: User, item: Item) -> None:
    claim = claimed(item, friend)
    address, today = reverse("wishlist_givers", args=[item.wishlist.public_id]), timezone.localdate()
    for reveal_on, status in ((None, 404), (today + timedelta(days=1), 404), (today, 200)):
        Wishlist.objects.update(reveal_on=reveal_on)
        assert client_of(owner).get(address).status_code == status
    [givers] = client_of(owner).get(address).context["givers"]
    assert (givers.item, givers.claims) == (item, [claim])
    assert client_of(friend).get(address).status_code == 404


def test_undo_stays_at_hand_when_it_is_refused(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was deleted is not lost because there is no room for it now."""
    monkeypatch.setattr("wishare.wishlists.actions.lists.LISTS_AT_MOST", 1)
    first, browser = a_list(owner, "A"), client_of(owner)
    deleted = browser.post(reverse("wishlist_delete", args=[first.public_id]), follow=True)
    assert b'<button class="button" name="undo">' in deleted.content
    second = a_list(owner, "B")
    again = reverse("wishlist_restore", args=[first.public_id])
    refused = post(owner, "wishlist_restore", first.public_id, undo="")
    assert said(refused) == [("You have 1 lists already. Delete one first.", again)]
    browser.post(again, {"undo": ""})
    assert "Try again</button>" in browser.get(reverse("wishlists")).content.decode()
    post(owner, "wishlist_delete", second.public_id)
    post(owner, "wishlist_restore", first.public_id, undo="")
    assert [row.name for row in Wishlist.objects.filter(deleted_at=None)] == ["A"]


def test_what_is_refused_otherwise_has_no_undo(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wishare.wishlists.actions.lists.LISTS_AT_MOST", 0)
    wishlist = Wishlist.objects.create(owner=owner, name="A", deleted_at=timezone.now())
    assert said(post(owner, "wishlist_restore", wishlist.public_id))[0][1] == ""


def test_the_two_hundred_and_first_list_is_refused_in_the_form(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wishare.wishlists.actions.lists.LISTS_AT_MOST", 1)
    a_list(owner)
    response = post(owner, "wishlist_create", **LIST)
    text = "You have 1 lists already. Delete one first."
    assert (response.status_code, response.context["form"].non_field_errors()) == (422, [text])  # type: ignore[attr-defined]
