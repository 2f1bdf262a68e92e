"""Taking one's data along, and leaving."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import PASSWORD, add_claims, client_of, make_world, person
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.wishlists.actions import claims, lists
from wishare.wishlists.models import Claim, Wishlist

pytestmark = pytest.mark.django_db


def test_the_export_is_a_file_with_ones_own_things() -> None:
    world = make_world()
    response = world.client("friend").post(reverse("account_export"))
    assert response.headers["Content-Disposition"] == "attachment; filename=wishare-export.json"
    assert "no-store" in response.headers["Cache-Control"]
    data = json.loads(response.content)
    assert data["profile"]["email"] == world.friend.email
    assert [gift["snapshot"]["name"] for gift in data["gifts"]] == ["Cups", "Candle"]


def test_the_export_of_an_owner_does_not_know_who_gives() -> None:
    exports = []
    world = make_world(claims=False)
    browser = world.client("owner")
    exports.append(browser.post(reverse("account_export")).content)
    add_claims(world)
    assert Claim.objects.exists()
    exports.append(browser.post(reverse("account_export")).content)
    assert exports[0] == exports[1]


def test_the_export_has_what_one_did_and_names_what_one_may_see_of_it() -> None:
    world = make_world()
    assert world.friend_claim
    claims.purchase_claim(claim=world.friend_claim)
    hidden = lists.create_wishlist(owner=world.friend, name="Hidden")
    lists.delete_wishlist(wishlist=hidden)
    exported = json.loads(world.client("friend").post(reverse("account_export")).content)["activities"]
    newest_first = [(row["kind"], row.get("item"), row.get("wishlist"), row.get("person")) for row in exported]
    assert newest_first == [
        ("wishlist_created", None, None, None),
        ("item_purchased", "Cups", "Christmas", "Clara Owner"),
        ("item_commented", "Cups", "Christmas", "Clara Owner"),
        ("item_commented", None, None, None),  # which was deleted
        ("wishlist_commented", None, "Christmas", "Clara Owner"),
        ("friend_connected", None, None, "Clara Owner"),
    ]
    assert all(row["created_at"] and len(row["public_id"]) == 16 for row in exported)
    wishlists = Wishlist.objects.filter(pk=world.christmas.pk)
    wishlists.update(visibility=Visibility.PRIVATE_LIST)
    data = world.client("friend").post(reverse("account_export")).content.decode()
    assert "item_purchased" in data
    assert "Clara Owner" not in json.dumps(json.loads(data)["activities"][1])


def test_leaving_needs_the_password() -> None:
    user = person("Kim")
    browser = client_of(user)
    response = browser.post(reverse("account_delete"), {"password": "wrong"})
    assert response.status_code == 422
    assert User.objects.filter(pk=user.pk).exists()
    assert browser.get(reverse("account_settings")).status_code == 200


def test_leaving_deletes_signs_out_and_says_farewell() -> None:
    world = make_world()
    browser = world.client("friend")
    page = browser.post(reverse("account_delete"), {"password": PASSWORD}, follow=True)
    assert not User.objects.filter(pk=world.friend.pk).exists()
    assert not Claim.objects.filter(giver_id=world.friend.pk).exists()
    assert b"Farewell" in page.content
    assert page.redirect_chain == [("/", 302)]
    assert browser.get(reverse("account_settings")).status_code == 302


def test_guessing_the_password_is_limited() -> None:
    browser = client_of(person("Kim"))
    answers = [browser.post(reverse("account_delete"), {"password": "wrong"}).status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_the_page_explains_first(client: Client) -> None:
    page = client_of(person("Kim")).get(reverse("account_delete"))
    assert b"This cannot be taken back" in page.content
