"""The event stream itself: plain ASGI, one task for a client, no thread and no query.

The first two lines and a sign of life at a fixed pace are the same for everybody, whatever is said meanwhile.
"""

import asyncio
import json
import resource
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import parse_qsl

from wishare.core.pubsub import MISSED
from wishare.core.pubsub.board import BOARD, Board, Said, Subscription
from wishare.core.serving import Receive, Scope, Send
from wishare.live import tickets

BEAT_SECONDS = 15
#: A client that takes nothing for so long is let go.
SEND_SECONDS = 20
#: Browsers and devices of a person, and tabs where the browser cannot share a stream among them.
STREAMS_A_PERSON = 10
#: Open files that are left to everything else.
SPARE_FILES = 200
LONGEST_AGO = 600.0
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),  # nginx would wait until it has 4 kB
    (b"x-content-type-options", b"nosniff"),
]


async def stream(scope: Scope, receive: Receive, send: Send, *, board: Board = BOARD) -> None:
    """Answers one client, until it leaves, its ticket is over or the server stops."""
    query = dict(parse_qsl(scope["query_string"].decode("latin-1")))
    ticket = tickets.read(query.get("ticket", ""))
    if scope["method"] != "GET":
        await refuse(send, 405)
    elif ticket is None:
        await refuse(send, 403)
    elif board.count(ticket.person) >= STREAMS_A_PERSON:
        await refuse(send, 429)
    elif board.subscriptions >= streams_at_most():
        await refuse(send, 503)
    else:
        subscription = Subscription(ticket.person, ticket.channels)
        last = query.get("last") or dict(scope["headers"]).get(b"last-event-id", b"").decode("latin-1")
        board.add(subscription, last=last, ago=_seconds(query.get("ago", "")))
        try:
            await _serve(subscription, ticket.until - time.time(), board, receive, send)
        finally:
            board.remove(subscription)


async def refuse(send: Send, status: int) -> None:
    """An answer without a word: people do not see it."""
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body"})


def streams_at_most() -> int:
    """So many connections fit beside the other files of the process."""
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] - SPARE_FILES


async def _serve(subscription: Subscription, seconds: float, board: Board, receive: Receive, send: Send) -> None:
    leaving = asyncio.ensure_future(_left(receive, subscription))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
        await _tell(subscription, seconds, board, send)
    except TimeoutError:
        abort(send)
        await asyncio.sleep(0)  # uvicorn hears of it
    finally:
        leaving.cancel()


async def _left(receive: Receive, subscription: Subscription) -> None:
    """Waits for the client to close the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
    subscription.end()


async def _tell(subscription: Subscription, seconds: float, board: Board, send: Send) -> None:
    """What is said, and a sign of life every 15 seconds, until the ticket is over.

    Raises TimeoutError for a client that takes nothing.
    """
    loop = asyncio.get_running_loop()
    beat = loop.time()
    end = beat + seconds
    kind = "ready"
    while not subscription.closed and loop.time() < end:
        text = events(subscription.take(), board)
        if loop.time() >= beat:
            text += event(kind, board.position())
            kind, beat = "beat", beat + BEAT_SECONDS
        await _send(send, text)
        await subscription.changed(min(beat, end))
    text = "" if subscription.closed else events(subscription.take(), board) + event("over", board.position())
    await _send(send, text, more=False)


async def _send(send: Send, text: str, *, more: bool = True) -> None:
    if text or not more:
        async with asyncio.timeout(SEND_SECONDS):
            await send({"type": "http.response.body", "body": text.encode(), "more_body": more})


def events(said: Iterable[Said], board: Board) -> str:
    """As the client reads them."""
    return "".join(
        event("resync" if poke == MISSED else "poke", board.position(at), [] if poke == MISSED else poke)
        for at, poke in said
    )


def event(kind: str, position: str, data: Any = ()) -> str:
    return f"event: {kind}\nid: {position}\ndata: {json.dumps(data)}\n\n"


def abort(send: Send) -> None:
    """Drops the connection with what it was not willing to take; closing it would wait for that.

    ASGI has no word for this, so it is asked of uvicorn.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is not None:
        transport.abort()


def _seconds(text: str) -> float:
    """Milliseconds as a browser counts them."""
    return min(int(text) / 1000, LONGEST_AGO) if text.isdecimal() and len(text) < 10 else 0.0
