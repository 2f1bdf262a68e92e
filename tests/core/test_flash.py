"""A message waits for the answer to what the person did, whatever an open page fetches for itself before."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from tests.wishlists.making import a_list

pytestmark = pytest.mark.django_db
DELETED = "is deleted."


@pytest.fixture
def told() -> Client:
    """The browser of somebody to whom something is to be said on the next page."""
    owner = person("Olga")
    browser = client_of(owner)
    browser.post(reverse("wishlist_delete", args=[a_list(owner).public_id]))
    return browser


def shown(browser: Client, address: str, source: str = "") -> bool:
    headers = {"HX-Request": "true", "HX-Source": source} if source else {}
    response = browser.get(address, headers=headers)
    assert response.status_code == 200
    return DELETED in response.content.decode()


@pytest.mark.parametrize("source", ["a", "div#notes"])
@pytest.mark.parametrize("address", ["/dashboard", "/wishlists", "/notifications", "/activity", "/calendar"])
def test_what_a_page_fetches_for_itself_shows_none(told: Client, address: str, source: str) -> None:
    assert not shown(told, address, source)
    assert shown(told, "/dashboard")
    assert not shown(told, "/dashboard")


@pytest.mark.parametrize("source", ["form", "form#delete"])
def test_the_answer_to_a_form_shows_it(told: Client, source: str) -> None:
    assert shown(told, "/wishlists", source)
    assert not shown(told, "/dashboard")
