"""What a list, a person and one's gifts cost on a second look; the test client holds the first look to its budget."""

import pytest
from django.urls import reverse

from tests.support.cast import client_of, person
from tests.support.counting import counted
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.accounts.models import User
from wishare.wishlists.actions.items import receive_item
from wishare.wishlists.models import Item

WARM, ROUND_TRIPS = 3, 2
#: A list's page also shows what is said about it, and a person's asks who they are to me.
ONE_MORE = {"wishlist", "person"}


@pytest.fixture(params=[1, 3, 30])
def wishes(request: pytest.FixtureRequest, owner: User, friend: User) -> list[Item]:
    """So many wishes on one list; the first is claimed, another received."""
    wishlist = a_list(owner)
    receive_item(item=a_wish(wishlist, "Received"))
    made = [a_wish(wishlist, f"Wish {number}") for number in range(request.param)]
    claimed(made[0], friend)
    return made


@pytest.mark.parametrize("viewer", ["owner", "friend"])
@pytest.mark.parametrize("route", ["wishlist", "gifts", "person"])
def test_a_second_look_is_cheap(wishes: list[Item], owner: User, friend: User, viewer: str, route: str) -> None:
    address = {
        "wishlist": reverse("wishlist", args=[wishes[0].wishlist.public_id]),
        "gifts": reverse("gifts"),
        "person": reverse("person", args=[owner.public_id]),
    }[route]
    client = client_of({"owner": owner, "friend": friend}[viewer])
    client.get(address)
    with counted(warm=True) as cost:
        client.get(address)
    assert len(cost.queries) <= WARM + (route in ONE_MORE), str(cost)
    assert len(cost.cache) <= ROUND_TRIPS, str(cost)


def test_more_givers_cost_no_more(owner: User) -> None:
    wish = a_wish(a_list(owner), quantity=30)
    givers = [friend_of(owner, f"Giver {number}") for number in range(20)]
    for giver in givers:
        claimed(wish, giver)
    client = client_of(givers[0])
    with counted(warm=True) as cost:
        page = client.get(reverse("wishlist", args=[wish.wishlist.public_id]))
    assert "10 of 30 still free" in page.content.decode()
    assert len(cost.queries) <= WARM + 1, str(cost)


def test_a_stranger_costs_no_more_than_a_friend(owner: User) -> None:
    wishlist, client = a_list(owner), client_of(person("Stranger"))
    with counted(warm=True) as cost:
        assert client.get(reverse("wishlist", args=[wishlist.public_id])).status_code == 404
    assert len(cost.queries) <= WARM, str(cost)
