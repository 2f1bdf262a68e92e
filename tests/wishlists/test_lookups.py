"""A wish is filled from the page it links to, by a job that may come late, twice or in vain."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from tests.support.products import PATH, PRICE, TITLE, address, picture, product, with_product
from tests.support.shops import Shop, page, redirect
from tests.support.working import work_off
from tests.wishlists.making import a_wish
from wishare.accounts.models import User
from wishare.core.jobs.models import Job
from wishare.core.pubsub import Poke, listening
from wishare.metadata.cache import KEPT_IF_WORTH_RETRYING
from wishare.metadata.lookups import hand_over
from wishare.metadata.models import Extraction, HandedPage
from wishare.wishlists import jobs
from wishare.wishlists.actions.items import delete_item, edit_item, receive_item, restore_item
from wishare.wishlists.actions.lookups import finish_lookup, look_up_again
from wishare.wishlists.choices import Lookup
from wishare.wishlists.models import Item, Wishlist

GUESS = "Italian coffee maker"


def linked(wishlist: Wishlist, url: str, **fields: Any) -> Item:
    return a_wish(wishlist, **{"name": "", "url": url, "look_up": True, **fields})


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def looked_up(item: Item) -> Item:
    work_off()
    return fresh(item)


def due_now() -> None:
    """As if the pauses before the next tries were over."""
    Job.objects.update(run_after=timezone.now())
    Extraction.objects.filter(worth_retrying=True).update(expires_at=timezone.now() - KEPT_IF_WORTH_RETRYING)


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


def during(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Something happens after the site has answered and before the wish is written."""

    def act_and_finish(**given: Any) -> bool:
        act()
        return finish_lookup(**given)

    monkeypatch.setattr("wishare.wishlists.lookups.finish_lookup", act_and_finish)


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


def test_a_wish_that_is_gone_ends_the_job(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    item.delete()
    assert work_off() == 1
    assert (Job.objects.count(), shop.requests) == (0, [])


def test_a_wish_that_goes_while_the_site_is_asked_ends_the_job(
    wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = linked(wishlist, with_product(shop))
    during(monkeypatch, lambda: Wishlist.objects.filter(pk=wishlist.pk).delete())
    work_off()
    assert (Job.objects.count(), Item.objects.filter(pk=item.pk).exists()) == (0, False)


def test_for_a_removed_wish_nobody_is_asked_until_it_is_back(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    delete_item(item=item)
    assert (looked_up(item).lookup, shop.requests) == (Lookup.LOOKING, [])
    restore_item(item=item)
    assert looked_up(item).lookup == Lookup.FOUND


def test_a_received_wish_is_filled_all_the_same(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    receive_item(item=item)
    assert looked_up(item).price == Decimal(PRICE)


def test_a_job_that_runs_twice_does_it_once(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    jobs.look_up.enqueue(item.pk)
    first = looked_up(item)
    jobs.look_up.enqueue(item.pk)
    second = looked_up(item)
    assert (first.version, first.image.name) == (second.version, second.image.name)
    assert shop.paths == [PATH, "/maker.png"]


@pytest.mark.parametrize(
    ("answer", "lookup"),
    [
        (page(status="403 Forbidden"), Lookup.BLOCKED),
        (page(status="404 Not Found"), Lookup.UNREACHABLE),
        (page(b"%PDF-1.4", kind="application/pdf"), Lookup.NOT_HTML),
        (page(b"<html><body>Hello"), Lookup.NO_DATA),
    ],
)
def test_a_page_without_a_product_is_not_asked_again(
    wishlist: Wishlist, shop: Shop, answer: bytes, lookup: Lookup
) -> None:
    shop.pages[PATH] = answer
    item = looked_up(linked(wishlist, address(shop)))
    assert (item.name, item.name_is_guess, item.price, item.lookup) == (GUESS, True, None, lookup)
    assert Job.objects.count() == 0


def test_a_network_that_fails_is_tried_again_and_the_owner_knows(wishlist: Wishlist, shop: Shop) -> None:
    with_product(shop)
    well, shop.pages[PATH] = shop.pages[PATH], page(status="500 Oops")
    item = looked_up(linked(wishlist, address(shop)))
    assert item.lookup == Lookup.UNREACHABLE
    assert Job.objects.get().run_after > timezone.now() + timedelta(seconds=1)
    shop.pages[PATH] = well
    due_now()
    assert (looked_up(item).lookup, Job.objects.count()) == (Lookup.FOUND, 0)


def test_the_tries_come_to_an_end(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = redirect(PATH)  # for ever
    item = linked(wishlist, address(shop))
    tries = 0
    while work_off():
        tries += 1
        due_now()
    assert (tries, fresh(item).lookup, Job.objects.count()) == (jobs.LOOKUPS_AT_MOST, Lookup.UNREACHABLE, 0)


def test_a_mistake_of_ours_is_told_and_tried_again(
    wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = linked(wishlist, with_product(shop))
    with monkeypatch.context() as patch:
        patch.setattr("wishare.wishlists.lookups.look_up", lambda *_, **__: 1 / 0)
        assert looked_up(item).lookup == Lookup.UNREACHABLE
    assert Job.objects.get().exception_class_path == "ZeroDivisionError"
    due_now()
    assert looked_up(item).lookup == Lookup.FOUND


def test_while_somebody_else_asks_the_job_comes_back_in_a_moment(wishlist: Wishlist, shop: Shop) -> None:
    from wishare.metadata import cache
    from wishare.metadata.addresses import page_key

    url = with_product(shop)
    lease = cache.take(page_key(url))
    assert lease
    item = looked_up(linked(wishlist, url))
    assert (item.lookup, shop.requests) == (Lookup.LOOKING, [])
    [job] = Job.objects.all()
    assert timedelta() < job.run_after - timezone.now() < timedelta(seconds=1)
    cache.give_back(lease)
    due_now()
    assert looked_up(item).lookup == Lookup.FOUND


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


def test_trying_again_gets_past_a_kept_failure(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    item = looked_up(linked(wishlist, address(shop)))
    with_product(shop)
    look_up_again(item=item)
    assert fresh(item).lookup == Lookup.LOOKING
    assert looked_up(item).lookup == Lookup.FOUND


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
    assert (item.lookup, Job.objects.count()) == (Lookup.NONE, 0)


def test_what_is_not_asked_for_is_not_looked_up(wishlist: Wishlist, shop: Shop) -> None:
    a_wish(wishlist, url=with_product(shop))
    assert Job.objects.count() == 0


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
