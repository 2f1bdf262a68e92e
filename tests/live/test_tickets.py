"""What a ticket allows: what its holder may see now, asked anew for every ticket."""

import time

import pytest
from django.test import Client

from tests.support.cast import World, make_world
from tests.support.counting import counted
from wishare.access.choices import Visibility
from wishare.connections import actions as connections
from wishare.live import tickets
from wishare.live.channels import FRIENDS_AT_MOST, LISTS_AT_MOST
from wishare.wishlists.actions import lists
from wishare.wishlists.models import Wishlist

pytestmark = pytest.mark.django_db
ALL = ("christmas", "birthday", "private", "public", "deleted")


@pytest.fixture
def world() -> World:
    return make_world()


def channels(client: Client, *wishlists: Wishlist, news: bool = False) -> set[str]:
    """What a browser may hear that shows these lists, apart from what is about its person."""
    query = {"list": [row.public_id for row in wishlists], **({"news": ""} if news else {})}
    answer = client.get("/live/ticket", query)
    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    ticket = tickets.read(answer.json()["ticket"])
    assert ticket
    own = {f"metadata_extraction_{ticket.person}", f"notifications_{ticket.person}"}
    assert own <= set(ticket.channels)
    return set(ticket.channels) - own


def both(*wishlists: Wishlist) -> set[str]:
    return {f"list_{row.public_id}{end}" for row in wishlists for end in ("", "_givers")}


def test_an_owner_hears_of_their_lists_and_never_what_givers_hear(world: World) -> None:
    shown = [getattr(world, name) for name in ALL]
    heard = channels(world.client("owner"), *shown, news=True)
    assert {name for name in heard if "list" in name} == {f"list_{row.public_id}" for row in shown[:4]}
    assert not any("givers" in name for name in heard)


@pytest.mark.parametrize(
    ("name", "seen"),
    [
        ("friend", ("christmas", "birthday", "public")),
        ("pending", ("public",)),
        ("stranger", ("public",)),
        ("admin", ("public",)),
    ],
)
def test_who_may_give_hears_the_givers_too(name: str, seen: tuple[str, ...], world: World) -> None:
    heard = channels(world.client(name), *(getattr(world, row) for row in ALL))
    assert heard == both(*(getattr(world, row) for row in seen))


def test_a_ticket_is_for_who_asked(world: World) -> None:
    for name in ("owner", "friend"):
        ticket = tickets.read(world.client(name).get("/live/ticket").json()["ticket"])
        assert ticket
        assert ticket.person == getattr(world, name).public_id


def test_news_are_of_friends(world: World) -> None:
    friends = {f"activity_{person.public_id}" for person in (world.friend, world.other_friend)}
    assert channels(world.client("owner"), news=True) == friends
    assert channels(world.client("owner")) == set()
    assert channels(world.client("pending"), news=True) == set()


def test_the_next_ticket_knows_what_has_changed(world: World) -> None:
    client, shown = world.client("friend"), (world.christmas, world.birthday)
    assert channels(client, *shown) == both(*shown)
    lists.edit_wishlist(wishlist=world.birthday, visibility=Visibility.PRIVATE_LIST)
    assert channels(client, *shown) == both(world.christmas)
    connections.disconnect(connection=world.friendship)
    assert channels(client, *shown, news=True) == set()


def test_who_has_signed_out_gets_no_ticket(world: World) -> None:
    client = world.client("friend")
    client.logout()
    assert client.get("/live/ticket")["Location"].startswith("/account/login")


def test_a_ticket_ends(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = world.client("friend").get("/live/ticket").json()
    ticket = tickets.read(answer["ticket"])
    assert ticket
    assert answer["seconds"] == tickets.LIFE_SECONDS <= 120
    monkeypatch.setattr(time, "time", lambda: ticket.until - 0.5)
    assert tickets.read(answer["ticket"])
    monkeypatch.setattr(time, "time", lambda: float(ticket.until))
    assert tickets.read(answer["ticket"]) is None


def test_what_one_may_ask_for_is_bounded(world: World) -> None:
    unknown = [Wishlist(public_id="2" * 16)] * LISTS_AT_MOST
    assert channels(world.client("friend"), *unknown, world.christmas) == set()
    assert channels(world.client("friend"), *unknown[1:], world.christmas) == both(world.christmas)
    assert FRIENDS_AT_MOST <= 100, "a ticket is part of an address"


def test_a_ticket_costs_one_query_for_each_question(world: World) -> None:
    client = world.client("friend")
    for query, price in ({}, 1), ({"list": world.christmas.public_id}, 2), ({"list": "x", "news": ""}, 3):
        with counted() as cost:
            client.get("/live/ticket", query)
        assert len(cost.queries) == price, cost
