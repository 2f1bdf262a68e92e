"""A message waits for the answer to what the person did, whatever an open page fetches for itself before."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import client_of, person
from tests.wishlists.making import a_list
from wishare.accounts.models import User

pytestmark = pytest.mark.django_db
DELETED = "is deleted."


@pytest.fixture
def owner(db: None) -> User:
    return person("Olga")


@pytest.fixture
def told(owner: User) -> Client:
    """Her browser; something is to be said on the next page."""
    browser = client_of(owner)
    browser.post(reverse("wishlist_delete", args=[a_list(owner).public_id]))
    return browser


def shown(browser: Client, address: str, headers: dict[str, str] | None = None) -> bool:
    response = browser.get(address, headers=headers)
    assert response.status_code == 200
    return DELETED in response.content.decode()


@pytest.mark.parametrize("address", ["/dashboard", "/wishlists", "/notifications", "/activity", "/calendar"])
def test_what_a_page_fetches_for_itself_shows_none(told: Client, owner: User, address: str) -> None:
    assert not shown(told, address, {"HX-Request": "true", "X-By-Itself": owner.public_id})
    assert shown(told, "/dashboard")
    assert not shown(told, "/dashboard")


def test_the_answer_to_a_form_shows_it(told: Client) -> None:
    assert shown(told, "/wishlists", {"HX-Request": "true"})
    assert not shown(told, "/dashboard")
