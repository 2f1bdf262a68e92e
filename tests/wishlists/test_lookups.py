"""A wish is filled from the page it links to, and what its owner says goes first."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from tests.support.products import PATH, PRICE, TITLE, address, picture, product, with_product
from tests.support.shops import Shop, page, redirect
from tests.support.working import work_off
from tests.wishlists.looking_up import GUESS, during, fresh, linked, looked_up, lookups
from tests.wishlists.making import a_wish
from wishare.accounts.models import User
from wishare.core.pubsub import Poke, listening
from wishare.metadata.lookups import hand_over
from wishare.metadata.models import Extraction, HandedPage
from wishare.wishlists.actions.items import edit_item, receive_item
from wishare.wishlists.choices import Lookup
from wishare.wishlists.models import Wishlist


def test_a_wish_is_there_at_once_and_filled_later(wishlist: Wishlist, shop: Shop) -> None:
    url = with_product(shop, title="Moka pot", description="For three cups")
    item = linked(wishlist, url)
    assert (item.name, item.name_is_guess, item.price, item.lookup) == (GUESS, True, None, Lookup.LOOKING)
    assert shop.requests == []
    item = looked_up(item)
    assert (item.name, item.name_is_guess, item.description) == ("Moka pot", False, "For three cups")
    assert (item.price, item.currency, item.lookup) == (Decimal(PRICE), "EUR", Lookup.FOUND)
    assert shop.paths == [PATH, "/maker.png"]


def test_the_picture_is_ours(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages["/maker.png"] = page(picture((3000, 2000), "JPEG"), kind="image/jpeg")
    url = address(shop)
    shop.pages[PATH] = page(product())
    item = looked_up(linked(wishlist, url))
    assert str(item.image).startswith("items/")
    with item.image as file, Image.open(file) as image:
        assert (image.format, image.size) == ("WEBP", (1200, 800))


@pytest.mark.parametrize(
    "broken",
    [
        page(status="404 Not Found"),
        page(b"<html>", kind="image/png"),
        page(picture()[:200], kind="image/png"),
        page(picture((6000, 5000)), kind="image/png"),  # more pixels than may be held
        redirect("/maker.png"),
        redirect("http://169.254.169.254/latest/meta-data"),
    ],
)
def test_a_picture_that_fails_costs_nothing_else(wishlist: Wishlist, shop: Shop, broken: bytes) -> None:
    url = with_product(shop)
    shop.pages["/maker.png"] = broken
    item = looked_up(linked(wishlist, url))
    assert (item.name, item.price, item.image.name, item.lookup) == (TITLE, Decimal(PRICE), "", Lookup.FOUND)


def test_what_the_person_typed_stays(wishlist: Wishlist, shop: Shop) -> None:
    url = with_product(shop, title="Moka", description="Theirs")
    typed = {"name": "Mine", "price": Decimal(5), "currency": "BRL", "description": "My note"}
    item = looked_up(linked(wishlist, url, **typed))
    assert {name: getattr(item, name) for name in typed} == typed
    assert (item.lookup, bool(item.image)) == (Lookup.FOUND, True)


TYPED: dict[str, dict[str, Any]] = {
    "name": {"name": "Mine"},
    "price": {"price": Decimal(5), "currency": "BRL"},
    "description": {"description": "My note"},
    "image": {"image": ContentFile(b"mine", name="mine.webp")},
}


@pytest.mark.parametrize("what", TYPED)
def test_what_is_typed_while_the_job_runs_stays(
    what: str, wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = with_product(shop, title="Moka", description="Theirs")
    item = linked(wishlist, url)
    during(monkeypatch, lambda: edit_item(item=fresh(item), **TYPED[what]))
    after = looked_up(item)
    expected = {"name": "Moka", "price": Decimal(PRICE), "currency": "EUR", "description": "Theirs"} | TYPED[what]
    kept = expected.pop("image", None)
    assert {name: getattr(after, name) for name in expected} == expected
    assert after.lookup == Lookup.FOUND
    with after.image as file:
        assert (file.read() == b"mine") == bool(kept)


def test_a_guess_that_was_left_as_it_is_counts_as_empty(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop, title="Moka"))
    edit_item(item=item, name=item.name, quantity=2)
    assert looked_up(item).name == "Moka"


def test_another_link_meanwhile_gets_its_own_answer(
    wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = with_product(shop, title="Old")
    shop.pages["/new"] = page(product(title="New", price="7.00"))
    item = linked(wishlist, old)
    with monkeypatch.context() as patch:
        during(patch, lambda: fresh(item).url == old and edit_item(item=item, url=address(shop, "/new"), look_up=True))
        after = looked_up(item)
    assert (after.name, after.price, after.lookup) == ("New", Decimal(7), Lookup.FOUND)


def test_without_its_link_a_wish_is_left_alone(wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    item = linked(wishlist, with_product(shop, title="Moka"))
    during(monkeypatch, lambda: edit_item(item=item, url=""))
    after = looked_up(item)
    assert (after.name, after.price, after.lookup) == (GUESS, None, Lookup.NONE)


def test_a_received_wish_is_filled_all_the_same(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    receive_item(item=item)
    assert looked_up(item).price == Decimal(PRICE)


def test_the_owner_is_told_that_something_changed_and_not_what(
    owner: User, wishlist: Wishlist, shop: Shop, django_capture_on_commit_callbacks: Any
) -> None:
    told: list[Poke] = []
    channel = f"metadata_extraction_{owner.public_id}"
    with listening(channel, told.append):
        item = linked(wishlist, with_product(shop))
        with django_capture_on_commit_callbacks(execute=True):
            work_off()
    assert told == [Poke(channel, "item", item.public_id)]


def test_after_an_edit_the_failure_is_not_told_any_more(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    item = looked_up(linked(wishlist, address(shop)))
    assert edit_item(item=item, price=Decimal(3)).lookup == Lookup.NONE


@pytest.mark.parametrize(
    "fields", [{"url": ""}, {"name": "Full", "price": Decimal(1), "image": TYPED["image"]["image"]}]
)
def test_where_there_is_nothing_to_look_for_nobody_is_asked(
    wishlist: Wishlist, shop: Shop, fields: dict[str, Any]
) -> None:
    item = linked(wishlist, **{"name": "Full", "url": with_product(shop), **fields})
    assert (item.lookup, lookups().count()) == (Lookup.NONE, 0)


def test_what_is_not_asked_for_is_not_looked_up(wishlist: Wishlist, shop: Shop) -> None:
    a_wish(wishlist, url=with_product(shop))
    assert lookups().count() == 0


JSON_LD = '[{"@type":"Product","name":"Moka","offers":{"price":"9.90","priceCurrency":"EUR"}}]'


def test_what_the_browser_read_helps_where_the_shop_lets_nobody_in(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages |= {PATH: page(status="403 Forbidden"), "/m.png": page(picture(), kind="image/png")}
    handed = hand_over(title="Moka | Shop", image=address(shop, "/m.png"), json_ld=JSON_LD)
    item = linked(wishlist, address(shop), name="Moka | Shop", name_is_guess=True, handed=handed)
    item = looked_up(item)
    assert (item.name, item.price, item.currency, item.lookup) == ("Moka", Decimal("9.90"), "EUR", Lookup.FOUND)
    assert bool(item.image)
    assert shop.paths == ["/m.png"]
    assert not HandedPage.objects.exists()
    assert not Extraction.objects.exists()


def test_a_title_alone_is_no_find(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    handed = hand_over(title="Moka", image="", json_ld="[]")
    item = looked_up(linked(wishlist, address(shop), name="Moka", name_is_guess=True, handed=handed))
    assert (item.name, item.lookup) == ("Moka", Lookup.BLOCKED)
