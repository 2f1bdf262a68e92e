"""Clients in all their ways, against a small server in this process: slow ones, and the pace of signs of life."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import pairwise

import pytest
import uvicorn
from django.test import override_settings

from tests.live.reading import SECRET, Client, reading, ticket
from wishare.core.pubsub import EVERYTHING, MISSED, Poke
from wishare.core.pubsub.board import KEPT_AT_MOST, WAITING_AT_MOST, Board, Subscription
from wishare.live import stream

pytestmark = pytest.mark.once
LONG = "x" * 10_000


@asynccontextmanager
async def serving(board: Board, connections: list[set[object]] | None = None) -> AsyncIterator[str]:
    """The stream alone on a port of its own; `connections` gets the set of those that are open."""
    with socket.create_server(("127.0.0.1", 0)) as listener, override_settings(SECRET_KEY=SECRET):
        app = partial(stream.stream, board=board)
        server = uvicorn.Server(
            uvicorn.Config(app, interface="asgi3", lifespan="off", log_config=None, proxy_headers=False)
        )
        server.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
        task = asyncio.create_task(server.serve([listener]))
        while not server.started:
            await asyncio.sleep(0.01)
        board.open()
        if connections is not None:
            connections.append(server.server_state.connections)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        board.close()
        server.should_exit = True
        await task


async def eventually(holds: object) -> None:
    for _ in range(500):
        if holds():  # type: ignore[operator]
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it did not happen in five seconds")


def test_a_client_that_reads_nothing_is_let_go(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(stream, "SEND_SECONDS", 0.3)

    async def run() -> None:
        board, connections = Board(), list[set[object]]()
        async with serving(board, connections) as origin, reading(origin, ticket=ticket("slow", "plum")) as client:
            await eventually(lambda: board.subscriptions == 1)
            client.writer.transport.pause_reading()  # type: ignore[attr-defined]
            began = time.monotonic()
            while board.subscriptions and time.monotonic() - began < 10:
                board.say(Poke("plum", "item", LONG + str(time.monotonic())))
                await asyncio.sleep(0)
            assert board.subscriptions == 0
            await eventually(lambda: not connections[0])
            client.writer.transport.resume_reading()  # type: ignore[attr-defined]
            assert await client.ended(), "the connection is gone, with what waited in it"

    asyncio.run(run())
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


def test_a_client_that_is_behind_is_told_to_look_at_everything() -> None:
    board, slow = Board(), Subscription("slow", ("plum",))
    board.add(slow)
    for number in range(WAITING_AT_MOST):
        board.say(Poke("plum", "item", str(number)))
    assert len(slow.take()) == WAITING_AT_MOST
    for number in range(10 * WAITING_AT_MOST):
        board.say(Poke("plum", "item", str(number)))
    assert len(slow.waiting) <= WAITING_AT_MOST
    assert slow.take()[0].poke == MISSED


def test_the_same_poke_waits_once_and_goes_on_from_the_last() -> None:
    board, client = Board(), Subscription("anna", ("plum",))
    board.add(client)
    for _ in range(3):
        board.say(Poke("plum", "item", "abc"))
        board.say(Poke("plum", "item", "def"))
    told = client.take()
    assert [said.poke.about for said in told] == ["abc", "def"]
    assert told[-1].at == board._said[-1].at
    assert client.take() == []


def test_what_is_for_everybody_reaches_everybody_once() -> None:
    board = Board()
    clients = [Subscription(name, ("plum", "cake")) for name in ("anna", "bert")]
    for client in clients:
        board.add(client)
    board.say(MISSED)
    assert [[said.poke for said in client.take()] for client in clients] == [[MISSED]] * 2


def test_what_is_kept_is_bounded_and_who_missed_more_is_told_so() -> None:
    now = 0
    board = Board(clock=lambda: now)
    for number in range(KEPT_AT_MOST + 10):
        now += 1
        board.say(Poke("plum", "item", str(number)))
    known, forgotten = Subscription("anna", ("plum",)), Subscription("bert", ("plum",))
    board.add(known, last=f"{board.name}-{now - 3}")
    assert [said.poke.about for said in known.take()] == [str(KEPT_AT_MOST + number) for number in (7, 8, 9)]
    board.add(forgotten, last=f"{board.name}-5")
    assert [said.poke for said in forgotten.take()] == [MISSED]


def test_nobody_stays_on_the_board_who_has_left() -> None:
    board, attended = Board(), list[bool]()
    board._attend = attended.append
    clients = [Subscription("anna", ("plum", EVERYTHING)), Subscription("anna", ("plum",))]
    for client in clients:
        board.add(client)
    assert board.count("anna") == 2
    for client in clients:
        board.remove(client)
    assert (board.subscriptions, board.count("anna"), attended) == (0, 0, [True, False])
    assert not board._by_channel
    assert not board._by_person


def test_signs_of_life_keep_their_pace_whatever_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "BEAT_SECONDS", 0.4)

    async def beats(client: Client, number: int) -> list[float]:
        moments = list[float]()
        while len(moments) < number:
            if (await client.event()).kind != "poke":
                moments.append(time.monotonic())
        return moments

    async def run() -> list[float]:
        board = Board()
        async with serving(board) as origin, reading(origin, ticket=ticket("anna", "plum")) as client:
            reader = asyncio.create_task(beats(client, 4))
            for number in range(9):
                board.say(Poke("plum", "item", str(number)))
                await asyncio.sleep(0.13)
            moments = await reader
        return [later - earlier for earlier, later in pairwise(moments)]

    assert asyncio.run(run()) == pytest.approx([0.4] * 3, abs=0.15)


def test_a_poke_is_there_in_a_moment() -> None:
    async def run() -> list[float]:
        board, spent = Board(), []
        async with serving(board) as origin, reading(origin, ticket=ticket("anna", "plum")) as client:
            await client.event()
            for number in range(50):
                began = time.monotonic()
                await asyncio.to_thread(board.hear, Poke("plum", "item", str(number)))
                assert (await client.event()).data[2] == str(number)
                spent.append(time.monotonic() - began)
        return sorted(spent)

    spent = asyncio.run(run())
    print(f"poke to client: median {spent[25] * 1000:.1f} ms, slowest {spent[-1] * 1000:.1f} ms")
    assert spent[25] < 0.1
