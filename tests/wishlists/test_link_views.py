"""Pasting a link, on a list or in the form, and how the look at it is going."""

import re
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.urls import reverse

from tests.support.cast import client_of
from tests.support.counting import counted
from tests.support.products import PATH, address, with_product
from tests.support.shops import Shop, page
from tests.wishlists.asking import post, text
from tests.wishlists.making import a_wish
from wishare.accounts.models import User
from wishare.core.flash import undo_address
from wishare.wishlists.choices import Lookup
from wishare.wishlists.forms import link_in
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import ITEMS_A_PAGE
from wishare.wishlists.views.links import PAUSES

URL = "https://shop.example/italian-coffee-maker"
#: Session, list and usual currency (3), the wish (6), and what follows in the same transaction: the activity (3), a
#: look for the job that warms the dashboard, which waits here, word to friends (3), the look-up. Then the message.
QUERIES = 18
ITEM = {"name": "", "currency": "EUR", "price": "", "quantity": "1", "priority": "1"}


@pytest.fixture
def no_jobs(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Until the test runs them: what a request leaves is as the person sees it."""
    with monkeypatch.context() as patch:
        patch.setattr("tests.support.working.work_off", lambda: 0)
        yield


@pytest.mark.usefixtures("no_jobs")
def test_a_pasted_link_is_a_wish_at_once_without_the_network(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    url, client = with_product(shop), client_of(owner)
    with counted() as cost:
        response = client.post(reverse("item_paste", args=[wishlist.public_id]), {"url": url})
    assert len(cost.queries) <= QUERIES, str(cost)
    assert shop.requests == []
    item = Item.objects.get()
    assert (item.name, item.lookup) == ("Italian coffee maker", Lookup.LOOKING)
    place = f"{reverse('wishlist', args=[wishlist.public_id])}?show={item.public_id}#item-{item.public_id}"
    assert response.headers["Location"] == place
    [message] = get_messages(response.wsgi_request)
    assert str(message) == "“Italian coffee maker” is on your list."
    assert undo_address(message) == reverse("item_delete", args=[item.public_id])
    shown = text(client.get(place))
    assert "Italian coffee maker" in shown
    assert "Looking at 127.0.0.1 for name, price and picture…" in shown


def test_the_card_is_filled_when_one_asks_again(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    post(owner, "item_paste", wishlist.public_id, url=with_product(shop))
    card = text(client_of(owner).get(reverse("item_card", args=[Item.objects.get().public_id])))
    assert "€39.90" in card
    assert "hx-get" not in card


@pytest.mark.parametrize(
    "url", ["", "kettle", "javascript:alert(1)", "ftp://shop.example/x", "https://a:b@shop.example/"]
)
def test_what_is_no_link_is_refused_next_to_the_field(owner: User, wishlist: Wishlist, url: str) -> None:
    response = post(owner, "item_paste", wishlist.public_id, url=url)
    assert response.status_code == 422
    assert 'id="id_url_error" role="alert"' in text(response)
    page = reverse("wishlist", args=[wishlist.public_id])
    assert f'hx-get="{page}" hx-trigger="live:' in text(response), "the form's address answers no GET"
    assert not Item.objects.exists()


def test_a_link_may_come_with_words_around_it(owner: User, wishlist: Wishlist) -> None:
    post(owner, "item_paste", wishlist.public_id, url="Look at this! https://shop.example/kettle?v=1.")
    assert Item.objects.get().url == "https://shop.example/kettle?v=1"


@pytest.mark.parametrize(
    ("texts", "link"),
    [
        (["", "Nice (https://a.example/x_(1))!"], "https://a.example/x_(1"),
        (["HTTP://A.example/x y"], "HTTP://A.example/x"),
        (["“https://a.example/ü”"], "https://a.example/ü"),
        (["<https://a.example/x>"], "https://a.example/x"),
        (["a.example/x", ""], ""),
    ],
)
def test_the_link_in_a_text(texts: list[str], link: str) -> None:
    assert link_in(*texts) == link


def test_a_link_that_is_there_already_leads_to_its_wish(owner: User, wishlist: Wishlist) -> None:
    item = a_wish(wishlist, "Moka", url=URL)
    response = post(owner, "item_paste", wishlist.public_id, url=f"{URL}?utm_source=x")
    assert response.status_code == 422
    shown = text(response)
    assert "This product is on the list already, as “Moka”." in shown
    assert f"?show={item.public_id}#item-{item.public_id}" in shown


def test_a_wish_at_the_end_of_a_long_list_is_shown(owner: User, wishlist: Wishlist) -> None:
    for number in range(ITEMS_A_PAGE + 5):
        a_wish(wishlist, f"Wish {number}")
    client = client_of(owner)
    response = client.post(reverse("item_paste", args=[wishlist.public_id]), {"url": URL})
    assert f'id="item-{Item.objects.latest("pk").public_id}"' in text(client.get(response.headers["Location"]))


def test_too_many_links_in_a_short_time_are_refused(
    owner: User, wishlist: Wishlist, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(settings.ACCOUNT_RATE_LIMITS, "add_link", "2/m/user")
    answers = [
        post(owner, "item_paste", wishlist.public_id, url=URL + "1").status_code,
        post(owner, "add", url=URL + "2").status_code,
        post(owner, "item_create", wishlist.public_id, url=URL + "3", **ITEM).status_code,
    ]
    assert answers == [302, 302, 422]
    assert post(owner, "item_create", wishlist.public_id, **{**ITEM, "name": "Without"}).status_code == 302


# --- the ordinary form ------------------------------------------------------------------------------------------------
def test_with_a_link_the_form_needs_no_name(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    assert (
        post(owner, "item_create", wishlist.public_id, url=with_product(shop, title="Moka"), **ITEM).status_code == 302
    )
    assert Item.objects.get().name == "Moka"
    assert post(owner, "item_create", wishlist.public_id, url="", **ITEM).status_code == 422


def test_a_new_link_in_the_form_fills_what_is_empty(owner: User, item: Item, shop: Shop) -> None:
    url = with_product(shop)
    post(owner, "item_edit", item.public_id, url=url, **{**ITEM, "name": "Mine"})
    item.refresh_from_db()
    assert (item.name, str(item.price), item.lookup) == ("Mine", "39.90", Lookup.FOUND)
    post(owner, "item_edit", item.public_id, url=url, **{**ITEM, "name": "Mine"})
    item.refresh_from_db()
    assert (item.price, len(shop.paths)) == (None, 2), "whoever empties a field wants it empty"


# --- how it is going --------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("no_jobs")
def test_the_card_asks_again_a_few_times_and_no_more(owner: User, wishlist: Wishlist) -> None:
    post(owner, "item_paste", wishlist.public_id, url=URL)
    item, client = Item.objects.get(), client_of(owner)
    asked, seconds = reverse("item_card", args=[item.public_id]) + "?n=0", 0
    page = text(client.get(reverse("wishlist", args=[wishlist.public_id])))
    for _ in range(100):
        assert asked in page
        delay = re.search(r", load delay:(\d+)s", page)
        if not delay:
            break
        seconds += int(delay[1])
        response = client.get(asked)
        assert response["HX-Retarget"] == response["HX-Reselect"] == f"#look-{item.public_id}"
        page = text(response)
        asked = re.search(r'hx-get="([^"]+)"', page)[1]  # type: ignore[index]
    assert seconds == 1 + sum(PAUSES)
    assert f'hx-trigger="live:item:{item.public_id} from:body' in page


@pytest.mark.parametrize("number", ["", "x", "-1", "99999999999999999999", "٣"])
def test_any_number_is_answered(owner: User, item: Item, number: str) -> None:
    client = client_of(owner)
    assert client.get(reverse("item_card", args=[item.public_id]), {"n": number}).status_code == 200


ENDS = {
    Lookup.BLOCKED: "shop.example does not let programs read its pages.",
    Lookup.UNREACHABLE: "We could not open this page of shop.example. Is the link right?",
    Lookup.NOT_HTML: "This link to shop.example leads to a file, not to a page that tells about a product.",
    Lookup.NO_DATA: "We found no product on this page of shop.example.",
}


@pytest.mark.parametrize("lookup", list(ENDS))
def test_every_end_is_told_to_the_owner_and_to_nobody_else(
    owner: User, friend: User, wishlist: Wishlist, lookup: Lookup
) -> None:
    item = a_wish(wishlist, "Moka", url="https://www.shop.example/x")
    item.lookup = lookup
    item.save()
    address = reverse("wishlist", args=[wishlist.public_id])
    shown = text(client_of(owner).get(address))
    assert ENDS[lookup] in shown
    assert reverse("item_edit", args=[item.public_id]) in shown
    assert reverse("item_lookup", args=[item.public_id]) in shown
    before = client_of(friend).get(address).content
    Item.objects.update(lookup=Lookup.NONE, name_is_guess=True)
    assert len(before) == len(client_of(friend).get(address).content)
    assert ENDS[lookup].encode() not in before


def test_the_button_tries_again(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    post(owner, "item_paste", wishlist.public_id, url=address(shop))
    with_product(shop)
    item = Item.objects.get()
    assert post(owner, "item_lookup", item.public_id).status_code == 302
    item.refresh_from_db()
    assert item.lookup == Lookup.FOUND


def test_a_wish_without_a_link_cannot_be_looked_up(owner: User, item: Item) -> None:
    response = post(owner, "item_lookup", item.public_id)
    assert [str(message) for message in get_messages(response.wsgi_request)] == [  # type: ignore[attr-defined]
        "There is nothing to look up for this wish."
    ]
