"""The event stream of a server that really runs: many clients, slow ones, several processes, and its end."""

import asyncio
import re
import resource
import signal
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.browser.serving import Server, serve
from tests.live.reading import SECRET, Client, connect, reading, ticket, ticket_until

pytestmark = pytest.mark.once
CLIENTS = 2_000
MEGABYTES = 200


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """All in one process, as a new installation."""
    with serve(WISHARE_SECRET_KEY=SECRET) as server:
        yield server


def poke_from_elsewhere(server: Server, channel: str, what: str = "item", about: str = "") -> None:
    """What a worker of its own would write."""
    with closing(sqlite3.connect(server.directory / "data" / "wishare.sqlite3", timeout=10)) as database, database:
        database.execute(
            "INSERT INTO pubsub_sentpoke (sender, channel, what, about, sent_at) VALUES (?, ?, ?, ?, datetime('now'))",
            ["test", channel, what, about],
        )


def memory(server: Server) -> int:
    """Resident megabytes."""
    status = Path(f"/proc/{server.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+)", status)
    assert found
    return int(found[1]) // 1024


async def many(server: Server, number: int) -> list[Client]:
    """Clients of as many people, a hundred connecting at a time."""
    clients: list[Client] = []
    while len(clients) < number:
        people = range(len(clients), len(clients) + 100)
        made = [connect(server.origin, ticket=ticket(f"person{one}", "list_a", f"list_{one}")) for one in people]
        clients += await asyncio.gather(*made)
    return clients


def test_two_thousand_clients_at_once(server: Server) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < CLIENTS + 500:
        pytest.skip(f"this machine allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, CLIENTS + 500), hard))
    try:
        asyncio.run(_two_thousand(server))
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def _two_thousand(server: Server) -> None:
    before, began = memory(server), time.monotonic()
    clients = await many(server, CLIENTS)
    print(f"{CLIENTS} clients in {time.monotonic() - began:.1f} s: {before} MB and {memory(server)} MB")
    try:
        assert {client.status for client in clients} == {200}
        assert {(await client.event()).kind for client in clients} == {"ready"}
        assert memory(server) < MEGABYTES
        await _tell(server, clients)
    finally:
        for client in clients:
            client.writer.close()
        await asyncio.sleep(0.5)
    async with reading(server.origin, ticket=ticket("another")) as client:
        assert (await client.event()).kind == "ready"


async def _tell(server: Server, clients: list[Client]) -> None:
    """One of them, and all of them."""
    began = time.monotonic()
    poke_from_elsewhere(server, "list_7", about="seven")
    assert await clients[7].poke() == ["list_7", "item", "seven"]
    one, began = time.monotonic() - began, time.monotonic()
    poke_from_elsewhere(server, "list_a")
    told = await asyncio.gather(*(client.poke() for client in clients))
    print(f"one of them {one * 1000:.0f} ms, all of them {(time.monotonic() - began) * 1000:.0f} ms")
    assert {tuple(data) for data in told} == {("list_a", "item", "")}


def test_who_was_away_hears_what_they_missed(server: Server) -> None:
    asyncio.run(_away(server))


async def _away(server: Server) -> None:
    async with reading(server.origin, ticket=ticket("anna", "list_b")) as client:
        ready = await client.event()
        poke_from_elsewhere(server, "list_b", about="one")
        one = await client.event()
    async with reading(server.origin, ticket=ticket("anton", "list_c")) as other:  # keeps the server looking
        await other.event()
        for channel, about in (("list_b", "two"), ("list_c", "other"), ("list_b", "three")):
            poke_from_elsewhere(server, channel, about=about)
        assert (await other.event()).data[2] == "other"
        await asyncio.sleep(0.5)
        async with reading(server.origin, ticket=ticket("anna", "list_b"), last=one.id) as client:
            told = [await client.event() for _ in range(3)]
    assert [event.data[2] for event in told[:2]] == ["two", "three"]
    assert told[2].kind == "ready"
    ats = [event.at for event in (ready, one, *told)]
    assert ats == sorted(set(ats)), "positions increase"


@pytest.mark.parametrize("last", ["0-1", "another-99999999999999999", "nonsense", "-", "x" * 3000])
def test_who_comes_back_to_another_process_looks_at_everything(server: Server, last: str) -> None:
    async def come_back() -> None:
        async with reading(server.origin, ticket=ticket("berta", "list_b"), last=last) as client:
            assert [(await client.event()).kind for _ in range(2)] == ["resync", "ready"]

    asyncio.run(come_back())


def test_a_page_hears_what_was_said_while_it_was_on_its_way(server: Server) -> None:
    async def open_a_page() -> None:
        async with reading(server.origin, ticket=ticket("carl", "list_d")) as other:
            await other.event()
            await asyncio.sleep(1)  # of a time when it did not run yet, a server cannot tell
            poke_from_elsewhere(server, "list_d", about="early")
            await other.event()
        async with reading(server.origin, ticket=ticket("dora", "list_d"), ago=900) as client:
            assert (await client.event()).data == ["list_d", "item", "early"]
        async with reading(server.origin, ticket=ticket("dora", "list_d"), ago=0) as client:
            assert (await client.event()).kind == "ready"

    asyncio.run(open_a_page())


def test_a_ticket_that_is_over_ends_the_stream(server: Server) -> None:
    async def stay() -> None:
        async with reading(server.origin, ticket=ticket_until(time.time() + 2.5, "list_e")) as client:
            assert (await client.event()).kind == "ready"
            assert (await client.event()).kind == "over"
            assert await client.ended()

    asyncio.run(stay())


def test_tickets_that_are_none_are_refused(server: Server) -> None:
    async def status(text: str) -> int:
        async with reading(server.origin, ticket=text) as client:
            return client.status

    good = ticket("eva", "list_f")
    for text in ("", "nonsense", good[:-1] + ("A" if good[-1] != "A" else "B"), ticket_until(time.time() - 1)):
        assert asyncio.run(status(text)) == 403
    assert asyncio.run(status(good)) == 200


def test_nobody_has_more_than_ten_streams_and_those_that_end_count_no_more(server: Server) -> None:
    async def open_eleven() -> None:
        clients = [await connect(server.origin, ticket=ticket("frida")) for _ in range(11)]
        assert [client.status for client in clients] == [200] * 10 + [429]
        for client in clients:
            client.writer.close()
        await asyncio.sleep(0.3)
        async with reading(server.origin, ticket=ticket("frida")) as client:
            assert client.status == 200

    asyncio.run(open_eleven())


def test_the_stream_can_only_be_read(server: Server) -> None:
    request = Request(f"{server.origin}/live/stream?ticket={ticket()}", method="POST", data=b"x")
    with pytest.raises(HTTPError, match="405"):
        urlopen(request, timeout=5)


def test_a_server_that_is_told_to_stop_lets_its_clients_go_at_once() -> None:
    with serve(WISHARE_SECRET_KEY=SECRET) as server:
        asyncio.run(_stop(server))
        assert "Traceback" not in server.log.read_text()
        assert "graceful" not in server.log.read_text()


async def _stop(server: Server) -> None:
    clients = [await connect(server.origin, ticket=ticket(f"person{one}")) for one in range(20)]
    for client in clients:
        await client.event()
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    assert all(await asyncio.gather(*(client.ended() for client in clients)))
    await asyncio.to_thread(server.process.wait, 10)
    assert time.monotonic() - began < 3
    for client in clients:
        client.writer.close()
