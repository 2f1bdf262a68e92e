"""Sharing a link from a phone, sending one from the own browser: pages and what they refuse."""

import re
from typing import Any
from urllib.parse import unquote, urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from tests.support.products import PATH, address, with_product
from tests.support.shops import Shop, page
from tests.wishlists.asking import post, text
from tests.wishlists.making import a_list
from wishare.accounts.models import User
from wishare.metadata.models import HandedPage
from wishare.wishlists.choices import Lookup
from wishare.wishlists.models import Item, Wishlist

URL = "https://shop.example/italian-coffee-maker"


def test_a_phone_offers_wishare_where_pages_are_shared() -> None:
    target = Client().get(reverse("manifest")).json()["share_target"]
    assert target == {
        "action": "/add",
        "method": "GET",
        "params": {"title": "title", "text": "text", "url": "url"},
    }


@pytest.mark.parametrize(
    ("sent", "url", "name"),
    [
        ({"url": URL, "title": "Moka"}, URL, "Moka"),
        ({"text": f"Look: {URL}.", "title": "Moka"}, URL, "Moka"),
        ({"title": URL}, URL, ""),
        ({"text": "no link", "title": "Moka"}, "", "Moka"),
        ({"title": "x" * 5000, "url": URL}, URL, "x" * 200),
        ({}, "", ""),
    ],
)
def test_what_is_shared_is_shown_and_nothing_is_written(
    owner: User, wishlist: Wishlist, sent: dict[str, str], url: str, name: str
) -> None:
    a_list(owner, "Another")
    response = client_of(owner).get(reverse("add"), sent)
    form = response.context["form"]
    assert (form.initial["url"], form.initial["name"]) == (url, name)
    assert [label for _value, label in form.fields["wishlist"].choices] == ["Birthday", "Another"]
    assert not Item.objects.exists()


def test_one_tap_saves_to_the_first_list(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    post(owner, "add", url=with_product(shop, title="Moka"), name="Moka | Shop", title="Moka | Shop")
    assert Item.objects.get().name == "Moka"


def test_a_name_that_the_person_chose_stays(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    post(owner, "add", url=with_product(shop), name="For our kitchen", title="Moka | Shop")
    assert Item.objects.get().name == "For our kitchen"


def test_without_a_list_there_will_be_one(owner: User) -> None:
    assert "My wishes (a new list)" in text(client_of(owner).get(reverse("add")))
    post(owner, "add", url=URL)
    assert Item.objects.get().wishlist.name == "My wishes"


def test_nobody_adds_to_a_list_of_another(owner: User, wishlist: Wishlist) -> None:
    other = person("Otto")
    assert post(other, "add", url=URL, wishlist=wishlist.public_id).status_code == 422
    assert not Item.objects.exists()


def test_another_site_cannot_add_by_itself(owner: User, wishlist: Wishlist) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(owner, settings.AUTHENTICATION_BACKENDS[0])
    assert client.post(reverse("add"), {"url": URL}).status_code == 403
    response = client.get(reverse("add"), {"url": URL})
    assert response["X-Frame-Options"] == "DENY"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert not Item.objects.exists()


def test_who_has_to_sign_in_first_loses_nothing(owner: User, wishlist: Wishlist) -> None:
    from tests.support.cast import PASSWORD

    address = f"{reverse('add')}?{urlencode({'url': URL + '?a=1&b=2', 'title': 'Moka & more'})}"
    client = Client()
    to_sign_in = client.get(address)["Location"]
    signed_in = client.post(to_sign_in, {"login": owner.email, "password": PASSWORD})
    assert signed_in.headers["Location"] == address
    form = client.get(address).context["form"]
    assert (form.initial["url"], form.initial["name"]) == (f"{URL}?a=1&b=2", "Moka & more")


def test_what_the_browser_read_is_taken_along(owner: User, wishlist: Wishlist, shop: Shop) -> None:
    shop.pages[PATH] = page(status="403 Forbidden")
    json_ld = '[{"@type":"Product","name":"Moka","offers":{"price":"9.9","priceCurrency":"EUR"}}]'
    post(owner, "add", url=address(shop), title="Moka | S", name="Moka | S", json_ld=json_ld, image="")
    item = Item.objects.get()
    assert (item.name, str(item.price), item.lookup) == ("Moka", "9.90", Lookup.FOUND)
    assert not HandedPage.objects.exists()


HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize("field", ["url", "title", "text", "name"])
def test_what_others_send_is_text(owner: User, wishlist: Wishlist, field: str) -> None:
    sent: dict[str, Any] = {field: HOSTILE}
    for response in (
        client_of(owner).get(reverse("add"), sent),
        post(owner, "add", **sent, json_ld=HOSTILE, image=HOSTILE),
    ):
        assert HOSTILE not in response.content.decode()


def test_the_bookmarklet_is_for_dragging_and_knows_where_it_belongs(owner: User) -> None:
    shown = text(client_of(owner).get(reverse("bookmarklet")))
    [code] = re.findall(r'href="(javascript:[^"]*)"', shown)
    assert "http://testserver/add?" in unquote(code)
    assert "%" in code
    assert "'unsafe-inline'" not in client_of(owner).get(reverse("bookmarklet"))["Content-Security-Policy"]
