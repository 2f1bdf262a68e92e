"""What follows from what people do: who is poked, and what an owner's stream looks like with and without gifts."""

import asyncio
import itertools
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.cast import World, add_claims, make_world
from tests.surprise.observe import SCENARIOS, Scenario
from wishare.access.choices import CommentAudience, Visibility
from wishare.accounts.actions import update_profile
from wishare.comments.actions import comment_on
from wishare.comments.models import Comment
from wishare.connections import actions as connections
from wishare.core.pubsub import EVERYTHING, Poke, listening
from wishare.core.pubsub.board import Board, Subscription
from wishare.live import stream, tickets
from wishare.pages import account
from wishare.wishlists.actions import claims, items, lists

pytestmark = pytest.mark.django_db(transaction=True)
SECOND = 1_000_000_000


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def heard(world: World) -> Iterator[list[Poke]]:
    """All pokes from the time when the world was made."""
    told: list[Poke] = []
    with listening(EVERYTHING, told.append):
        yield told


Act = Callable[[World], object]
OWNERS: dict[str, tuple[Act, str, str]] = {
    "add": (lambda w: items.add_item(wishlist=w.christmas, name="Jam"), "item", ""),
    "edit": (lambda w: items.edit_item(item=w.scarf, name="Red scarf"), "item", "scarf"),
    "remove": (lambda w: items.delete_item(item=w.scarf), "item", "scarf"),
    "restore": (lambda w: items.restore_item(item=w.removed), "item", "removed"),
    "receive": (lambda w: items.receive_item(item=w.scarf), "item", "scarf"),
    "unreceive": (lambda w: items.unreceive_item(item=w.received), "item", "received"),
    "move": (lambda w: items.move_item(item=w.cups, direction="top"), "list", "christmas"),
    "edit list": (lambda w: lists.edit_wishlist(wishlist=w.christmas, name="Xmas"), "list", "christmas"),
    "delete list": (lambda w: lists.delete_wishlist(wishlist=w.christmas), "list", "christmas"),
    "share": (lambda w: lists.share_wishlist(wishlist=w.christmas), "list", "christmas"),
    "unshare": (lambda w: lists.unshare_wishlist(wishlist=w.christmas), "list", "christmas"),
}


@pytest.mark.parametrize("does", OWNERS)
def test_what_an_owner_does_is_told_on_the_lists_channel_and_to_friends(
    does: str, world: World, heard: list[Poke]
) -> None:
    act, what, about = OWNERS[does]
    made = act(world)
    about = getattr(world, about).public_id if about else made.public_id  # type: ignore[attr-defined]
    assert heard == [
        Poke(f"list_{world.christmas.public_id}", what, about),
        Poke(f"activity_{world.owner.public_id}", "activity"),
    ]


GIVERS: dict[str, Act] = {
    "choose": lambda w: claims.claim_item(item=w.book, giver=w.friend),
    "choose as a guest": lambda w: claims.claim_item_as_guest(item=w.book, name="Gus", share_token=w.share_token),
    "buy": lambda w: claims.purchase_claim(claim=w.friend_claim),
    "not bought": lambda w: claims.unpurchase_claim(claim=w.friend_claim),
    "undo": lambda w: claims.undo_claim(claim=w.friend_claim),
    "leave for good": lambda w: account.delete(w.friend),
}


@pytest.mark.parametrize("does", GIVERS)
def test_what_a_giver_does_is_told_on_the_givers_channel_alone(does: str, world: World, heard: list[Poke]) -> None:
    GIVERS[does](world)
    assert heard, "somebody is told"
    assert {(poke.channel, poke.what) for poke in heard} <= {
        (f"list_{row.public_id}_givers", "item") for row in (world.christmas, world.birthday)
    }


def test_nobody_hears_of_a_private_list_but_its_owner(world: World, heard: list[Poke]) -> None:
    items.edit_item(item=world.diary, name="Blue diary")
    lists.edit_wishlist(wishlist=world.private, name="Hidden")
    lists.create_wishlist(owner=world.owner, name="Not yet", visibility=Visibility.PRIVATE_LIST)
    assert {poke.channel for poke in heard} == {f"list_{world.private.public_id}"}


def test_friends_hear_of_a_list_that_becomes_private(world: World, heard: list[Poke]) -> None:
    lists.edit_wishlist(wishlist=world.christmas, visibility=Visibility.PRIVATE_LIST)
    assert Poke(f"activity_{world.owner.public_id}", "activity") in heard


def test_friends_hear_of_profiles_new_lists_and_friends(world: World, heard: list[Poke]) -> None:
    news = Poke(f"activity_{world.owner.public_id}", "activity")
    update_profile(user=world.owner, bio="I like pears.")
    lists.create_wishlist(owner=world.owner, name="Easter")
    connections.answer_request(connection=world.request, accept=True)
    told = [poke for poke in heard if poke.what == "activity"]
    assert told == [news, news, Poke(f"activity_{world.pending.public_id}", "activity"), news]


@pytest.mark.parametrize(("audience", "end"), [(CommentAudience.EVERYONE, ""), (CommentAudience.GIVERS, "_givers")])
def test_words_among_givers_go_the_way_of_gifts(
    audience: CommentAudience, end: str, world: World, heard: list[Poke]
) -> None:
    said_by_friend(world, audience)
    assert [poke for poke in heard if poke.what == "comment"] == [
        Poke(f"list_{world.christmas.public_id}{end}", "comment", Comment.objects.get(text="Red?").public_id)
    ]


def said_by_friend(world: World, audience: CommentAudience) -> None:
    comment_on(author=world.friend, wishlist=world.christmas, item=world.scarf, audience=audience, text="Red?")


# --- the surprise ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("scenario", [*SCENARIOS.values(), add_claims], ids=lambda scenario: scenario.__name__)
def test_the_owners_stream_is_the_same_byte_for_byte_with_gifts(scenario: Scenario) -> None:
    world = make_world(claims=False)
    ticket = ticket_of(world, "owner")
    without = recorded(ticket, owners_day(world), gifts=[])
    gifts = said(lambda: scenario(world)) + said(lambda: said_by_friend(world, CommentAudience.GIVERS))
    assert ticket_of(world, "owner") == ticket
    assert without.count(b"event: poke") == 2 * len(OWNERS_DAY), "as it happens, and to who comes back"
    assert recorded(ticket, owners_day(world), gifts) == without
    giver = ticket_of(world, "friend")
    assert recorded(giver, owners_day(world), gifts) != recorded(giver, owners_day(world), gifts=[])


OWNERS_DAY = ("edit", "edit list", "restore")


def owners_day(world: World) -> list[list[Poke]]:
    """What is said at each step of what the owner does."""
    return [said(lambda step=step: OWNERS[step][0](world)) for step in OWNERS_DAY]


def said(act: Callable[[], object]) -> list[Poke]:
    told: list[Poke] = []
    with listening(EVERYTHING, told.append):
        act()
    assert told
    return told


def ticket_of(world: World, name: str) -> tuple[str, ...]:
    """The channels of a ticket; when it ends does not matter here."""
    query = {"list": [world.christmas.public_id, world.birthday.public_id, world.public.public_id], "news": ""}
    ticket = tickets.read(world.client(name).get("/live/ticket", query).json()["ticket"])
    assert ticket
    return ticket.channels


def recorded(channels: tuple[str, ...], steps: list[list[Poke]], gifts: list[Poke]) -> bytes:
    """What is sent to who listens, and to who comes back after it all; gifts are given after each step."""
    return asyncio.run(_recorded(channels, steps, gifts))


async def _recorded(channels: tuple[str, ...], steps: list[list[Poke]], gifts: list[Poke]) -> bytes:
    clock = itertools.count(SECOND, SECOND // 4)
    now = next(clock)
    board = Board(clock=lambda: now)
    board.name = "board"
    sent: list[bytes] = []

    async def receive() -> Any:
        await asyncio.Event().wait()

    async def send(message: Any) -> None:
        sent.append(message.get("body", b""))

    async def listen(last: str, moments: list[list[Poke]]) -> None:
        nonlocal now
        board.add(subscription := Subscription("clara", channels), last=last)
        task = asyncio.create_task(stream._serve(subscription, 60, board, receive, send))
        for moment in moments:
            await asyncio.sleep(0.005)
            now = next(clock)
            for poke in moment:
                board.say(poke)
        await asyncio.sleep(0.005)
        subscription.end()
        await task
        board.remove(subscription)

    await listen("", [moment for step in steps for moment in (step, gifts)])
    await listen(f"board-{SECOND}", [])
    return b"".join(sent)
