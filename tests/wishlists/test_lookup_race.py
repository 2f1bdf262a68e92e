"""Jobs, people and shops at the same moment, each with a connection of their own."""

import time
from decimal import Decimal
from socket import socket
from threading import Event, Thread

import pytest
from django.db import connections

from tests.support.cast import person
from tests.support.products import PATH, TITLE, with_product
from tests.support.shops import Shop, slowly
from tests.support.working import work_off
from tests.wishlists.at_once import at_once
from tests.wishlists.making import a_list, a_wish
from wishare.metadata.lookups import look_up
from wishare.metadata.models import Extraction
from wishare.wishlists import lookups
from wishare.wishlists.actions.items import edit_item
from wishare.wishlists.choices import Lookup
from wishare.wishlists.models import Item

pytestmark = pytest.mark.django_db(transaction=True)


def linked(url: str, owner: str = "Olga") -> Item:
    return a_wish(a_list(person(owner)), "", url=url, look_up=True)


def run_jobs() -> None:
    """In a thread of its own."""
    try:
        work_off()
    finally:
        connections.close_all()


def test_what_is_typed_while_the_shop_takes_its_time_stays(shop: Shop) -> None:
    url, asked, typed = with_product(shop), Event(), Event()
    answer = shop.pages[PATH]
    assert isinstance(answer, bytes)

    def when_typed(line: socket) -> None:
        asked.set()
        typed.wait(20)
        line.sendall(answer)

    shop.pages[PATH] = when_typed
    item = linked(url)
    worker = Thread(target=run_jobs)
    worker.start()
    assert asked.wait(20)
    edit_item(item=item, name="Mine", price=Decimal(5), currency="BRL", description="My note")
    typed.set()
    worker.join(30)
    item.refresh_from_db()
    assert (item.name, item.price, item.currency, item.description) == ("Mine", Decimal(5), "BRL", "My note")
    assert (item.lookup, bool(item.image)) == (Lookup.FOUND, True)


def test_somebody_types_in_the_very_moment(shop: Shop) -> None:
    """Whoever comes first: what was typed is there in the end, and what was not is filled."""
    url = with_product(shop)
    shop.otherwise = shop.pages[PATH]
    for number in range(8):
        item = linked(f"{url}?n={number}", f"Olga {number}")
        if number % 2:  # half of them find an answer and are quick
            look_up(item.url, user=item.wishlist.owner_id)
        at_once([lambda i=item: edit_item(item=i, name="Mine"), lambda i=item: lookups.run(i.pk, None, last=True)])
        item.refresh_from_db()
        assert (item.name, item.price) == ("Mine", Decimal("39.90"))
        assert item.lookup in {Lookup.FOUND, Lookup.NONE}  # an edit ends what was said of the page before


def test_two_jobs_for_one_wish_fill_it_once(shop: Shop) -> None:
    item = linked(with_product(shop))
    look_up(item.url, user=1)
    at_once([lambda: lookups.run(item.pk, None, last=True)] * 4)
    item.refresh_from_db()
    assert (item.name, item.lookup) == (TITLE, Lookup.FOUND)


def test_two_people_with_the_same_link_cost_the_shop_one_visit(shop: Shop) -> None:
    url = with_product(shop)
    shop.pages[PATH] = slowly(shop.pages[PATH])
    items = [linked(url, "Olga"), linked(url, "Otto")]
    at_once([work_off, work_off])
    for _ in range(40):
        if Item.objects.filter(lookup=Lookup.FOUND).count() == 2:
            break
        time.sleep(0.1)
        work_off()
    assert {Item.objects.get(pk=item.pk).name for item in items} == {TITLE}
    assert shop.paths.count(PATH) == 1
    assert Extraction.objects.get().uses == 2
