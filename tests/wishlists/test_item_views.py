"""Wishes, as their owner handles them on pages."""

from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.urls import reverse

from tests.core.test_images import SEEDS, UNREADABLE
from tests.support.cast import client_of
from tests.wishlists.making import a_wish
from wishare.accounts.models import User
from wishare.core.flash import undo_address
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import open_items

WISH = {"name": "Kite", "currency": "EUR", "price": "12.50", "quantity": "2", "priority": "1", "url": ""}


def post(user: User, route: str, id: str, **data: object) -> HttpResponse:
    return client_of(user).post(reverse(route, args=[id]), data)  # type: ignore[return-value]


def said(response: HttpResponse) -> list[tuple[str, str]]:
    return [(str(m), undo_address(m)) for m in get_messages(response.wsgi_request)]  # type: ignore[attr-defined]


def names(wishlist: Wishlist) -> list[str]:
    return [item.name for item in open_items(wishlist)]


def test_a_wish_is_added_and_one_more_may_follow(owner: User, wishlist: Wishlist) -> None:
    id = wishlist.public_id
    response = post(owner, "item_create", id, **WISH)
    assert response.headers["Location"] == reverse("wishlist", args=[id])
    assert said(response) == [("“Kite” is on your list.", "")]
    response = post(owner, "item_create", id, **WISH, another="")
    assert response.headers["Location"] == reverse("item_create", args=[id])
    assert names(wishlist) == ["Kite"]  # the same again


def test_a_product_that_is_there_already_is_refused_kindly_and_keeps_what_was_typed(
    owner: User, wishlist: Wishlist
) -> None:
    a_wish(wishlist, url="https://shop.example/kite?id=1")
    data = {**WISH, "url": "https://www.shop.example/kite?utm_source=x&id=1"}
    for route, id in (("item_create", wishlist.public_id), ("item_edit", a_wish(wishlist, "Pot").public_id)):
        response = post(owner, route, id, **data)
        form = response.context["form"]  # type: ignore[attr-defined]
        assert (response.status_code, form["name"].value(), form["price"].value()) == (422, "Kite", "12.50")
        assert form.errors == {"url": ["This product is on the list already, as “Kettle”."]}
    assert names(wishlist) == ["Kettle", "Pot"]


def test_editing_saves_and_a_picture_comes_and_goes(owner: User, item: Item) -> None:
    picture = SimpleUploadedFile("holiday.php", SEEDS[1])
    response = post(owner, "item_edit", item.public_id, **WISH, image=picture)
    assert (response.status_code, said(response)) == (302, [("Saved.", "")])
    item.refresh_from_db()
    assert (item.name, item.quantity, str(item.image.name).startswith("items/")) == ("Kite", 2, True)
    stored: Any = client_of(owner).get(item.image.url)
    assert (stored.status_code, stored.headers["Content-Type"]) == (200, "image/webp")
    assert b"".join(stored.streaming_content)[:4] == b"RIFF"
    post(owner, "item_edit", item.public_id, **WISH)
    item.refresh_from_db()
    assert item.image.name != ""
    post(owner, "item_edit", item.public_id, **{**WISH, "image-clear": "on"})
    item.refresh_from_db()
    assert item.image.name == ""


def test_a_broken_picture_is_said_next_to_the_field_and_nothing_is_saved(owner: User, item: Item) -> None:
    response = post(owner, "item_edit", item.public_id, **WISH, image=SimpleUploadedFile("a.jpg", b"no picture"))
    assert (response.status_code, response.context["form"].errors) == (  # type: ignore[attr-defined]
        422,
        {"image": [UNREADABLE]},
    )
    item.refresh_from_db()
    assert item.name == "Kettle"


STEPS = {
    "item_delete": ("“Kettle” is removed.", "item_restore", "“Kettle” is back."),
    "item_receive": ("How lovely! “Kettle” is under Received.", "item_unreceive", "“Kettle” is a wish again."),
}


@pytest.mark.parametrize("route", STEPS)
def test_a_step_says_what_it_did_and_its_undo_takes_it_back(owner: User, item: Item, route: str) -> None:
    text, undo, after = STEPS[route]
    response = post(owner, route, item.public_id)
    back = reverse(undo, args=[item.public_id])
    assert (said(response), names(item.wishlist)) == ([(text, back)], [])
    assert said(client_of(owner).post(back)) == [(after, "")]
    assert names(item.wishlist) == ["Kettle"]


def test_an_undo_that_came_too_late_says_why(owner: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Old", url="https://shop.example/k")
    post(owner, "item_delete", item.public_id)
    a_wish(wishlist, "New", url="https://shop.example/k")
    response = post(owner, "item_restore", item.public_id)
    assert said(response) == [("This product is on the list already, as “New”.", "")]
    assert names(wishlist) == ["New"]


def test_moving_by_button_and_by_dragging(owner: User, wishlist: Wishlist) -> None:
    a, b, c = (a_wish(wishlist, name) for name in "ABC")
    steps = [
        (c, {"direction": "top"}, "CAB"),
        (a, {"before": c.public_id}, "ACB"),
        (a, {"before": ""}, "CBA"),
    ]
    steps += [(b, {"direction": "up"}, "BCA"), (b, {"before": "2" * 16}, "CAB"), (b, {}, "CAB")]
    for item, data, expected in steps:
        assert post(owner, "item_move", item.public_id, **data).status_code == 302
        assert "".join(names(wishlist)) == expected


@pytest.mark.parametrize("data", [{"direction": "left"}, {"before": "x" * 17}, {"before": "\x00"}])
def test_a_move_to_nowhere_is_a_404(owner: User, item: Item, data: dict[str, str]) -> None:
    assert post(owner, "item_move", item.public_id, **data).status_code == 404


def test_a_wish_that_was_removed_meanwhile_cannot_be_changed(owner: User, item: Item) -> None:
    post(owner, "item_delete", item.public_id)
    for route in ("item_edit", "item_delete", "item_receive", "item_unreceive", "item_move"):
        assert post(owner, route, item.public_id, **WISH, direction="up").status_code == 404
