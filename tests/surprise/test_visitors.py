"""Who does not say that they come to give is told nothing about gifts."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import World, client_of
from tests.surprise.observe import SCENARIOS, all_taken_and_bought, observe
from wishare.wishlists.models import Claim

TOLD = ("Reserved", "Bought", "Felix Friend", "Uncle Otto")


def _share(world: World) -> str:
    return reverse("share", args=[world.share_token])


def _told(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200
    return [word for word in TOLD if word in response.content.decode()]


@pytest.fixture
def taken(world: World) -> World:
    return all_taken_and_bought(world)


def test_a_public_list_tells_a_visitor_nothing_of_gifts(taken: World) -> None:
    address = reverse("wishlist", args=[taken.public.public_id])
    assert _told(Client(), address) == []
    assert _told(client_of(taken.stranger), address) == ["Bought"]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_share_page_is_the_same_for_who_does_not_come_to_give(scenario: str, world: World) -> None:
    without = observe("share", world, "visitor")
    assert observe("share", SCENARIOS[scenario](world), "visitor") == without


def test_the_share_page_tells_what_is_free_after_i_come_to_give(taken: World) -> None:
    visitor = Client()
    assert _told(visitor, _share(taken)) == []
    assert visitor.post(reverse("share_enter", args=[taken.share_token])).status_code == 302
    assert "Bought" in _told(visitor, _share(taken))
    assert _told(Client(), _share(taken)) == [], "in another browser the door is closed"


def test_coming_to_give_from_one_list_opens_no_other(taken: World) -> None:
    guest, owner = taken.client("guest"), taken.client("owner")
    owner.post(reverse("wishlist_share", args=[taken.birthday.public_id]))
    taken.birthday.refresh_from_db()
    assert taken.birthday.share_token
    assert _told(guest, reverse("share", args=[taken.birthday.share_token])) == []


def test_who_gives_is_told_to_no_other_giver(taken: World) -> None:
    names = {"Felix Friend", "Uncle Otto", "Olga Other"}
    for client in (client_of(taken.other_friend), taken.client("guest")):
        page = client.get(_share(taken)).content.decode()
        assert not [name for name in names - {"Olga Other"} if name in page]


def test_the_owner_is_led_from_the_share_link_to_the_list(taken: World) -> None:
    """Even in a browser in which they said before signing in that they come to give."""
    browser = taken.client("guest")
    browser.force_login(taken.owner)
    own = reverse("wishlist", args=[taken.christmas.public_id])
    assert browser.get(_share(taken))["Location"] == own
    address = reverse("share_claim", args=[taken.share_token, taken.scarf.public_id])
    claims = Claim.objects.count()
    assert browser.post(address, {"guest_name": "Nobody"})["Location"] == own
    assert Claim.objects.count() == claims
