"""The job that looks at a page may come late, twice or in vain."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.support.products import PATH, address, with_product
from tests.support.shops import Shop, page, redirect
from tests.support.working import work_off
from tests.wishlists.looking_up import GUESS, due_now, during, fresh, linked, looked_up, lookups, run_lookups
from wishare.wishlists import jobs
from wishare.wishlists.actions.items import delete_item, restore_item
from wishare.wishlists.actions.lookups import look_up_again
from wishare.wishlists.choices import Lookup
from wishare.wishlists.models import Item, Wishlist


def test_a_wish_that_is_gone_ends_the_job(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    item.delete()
    assert run_lookups() == 1
    assert (lookups().count(), shop.requests) == (0, [])


def test_a_wish_that_goes_while_the_site_is_asked_ends_the_job(
    wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = linked(wishlist, with_product(shop))
    during(monkeypatch, lambda: Wishlist.objects.filter(pk=wishlist.pk).delete())
    work_off()
    assert (lookups().count(), Item.objects.filter(pk=item.pk).exists()) == (0, False)


def test_for_a_removed_wish_nobody_is_asked_until_it_is_back(wishlist: Wishlist, shop: Shop) -> None:
    item = linked(wishlist, with_product(shop))
    delete_item(item=item)
    assert (looked_up(item).lookup, shop.requests) == (Lookup.LOOKING, [])
    restore_item(item=item)
    assert looked_up(item).lookup == Lookup.FOUND


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
    assert lookups().count() == 0


def test_a_network_that_fails_is_tried_again_and_the_owner_knows(wishlist: Wishlist, shop: Shop) -> None:
    with_product(shop)
    well, shop.pages[PATH] = shop.pages[PATH], page(status="500 Oops")
    item = looked_up(linked(wishlist, address(shop)))
    assert item.lookup == Lookup.UNREACHABLE
    assert lookups().get().run_after > timezone.now() + timedelta(seconds=1)
    shop.pages[PATH] = well
    due_now()
    assert (looked_up(item).lookup, lookups().count()) == (Lookup.FOUND, 0)


def test_the_tries_come_to_an_end(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = redirect(PATH)  # for ever
    item = linked(wishlist, address(shop))
    tries = 0
    while run_lookups():
        tries += 1
        due_now()
    assert (tries, fresh(item).lookup, lookups().count()) == (jobs.LOOKUPS_AT_MOST, Lookup.UNREACHABLE, 0)


def test_a_mistake_of_ours_is_told_and_tried_again(
    wishlist: Wishlist, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = linked(wishlist, with_product(shop))
    with monkeypatch.context() as patch:
        patch.setattr("wishare.wishlists.lookups.look_up", lambda *_, **__: 1 / 0)
        assert looked_up(item).lookup == Lookup.UNREACHABLE
    assert lookups().get().exception_class_path == "ZeroDivisionError"
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
    [job] = lookups()
    assert timedelta() < job.run_after - timezone.now() < timedelta(seconds=1)
    cache.give_back(lease)
    due_now()
    assert looked_up(item).lookup == Lookup.FOUND


def test_trying_again_gets_past_a_kept_failure(wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    item = looked_up(linked(wishlist, address(shop)))
    with_product(shop)
    look_up_again(item=item)
    assert fresh(item).lookup == Lookup.LOOKING
    assert looked_up(item).lookup == Lookup.FOUND
