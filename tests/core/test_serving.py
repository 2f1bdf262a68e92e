"""What stands between server and Django: body limits, broken-off requests, forged header names."""

import asyncio
from typing import Any

import pytest

from wishare.core.serving import IncompleteBodyError, Message, Receive, RequestGuard, Scope, Send

pytestmark = pytest.mark.once


async def read_everything(scope: Scope, receive: Receive, send: Send) -> None:
    """An application that reads the body and answers with its size, or with a 400 when it breaks off."""
    size, more = 0, True
    status = 200
    try:
        while more:
            message = await receive()
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
    except IncompleteBodyError:
        status = 400
    await send({"type": "http.response.start", "status": status, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def request(
    parts: list[bytes], headers: list[tuple[bytes, bytes]] | None = None, *, cut: bool = False
) -> tuple[int, bytes]:
    """Send a body in parts to an application with a limit of 10 bytes; `cut`: the client leaves early."""
    messages: list[Message] = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages.append({"type": "http.disconnect"} if cut else {"type": "http.request", "body": b""})
    waiting = iter(messages)
    sent: list[Message] = []

    async def receive() -> Message:
        return next(waiting)

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "headers": headers or [], "query_string": b""}
    asyncio.run(RequestGuard(read_everything, limit=10)(scope, receive, send))
    starts = [message["status"] for message in sent if message["type"] == "http.response.start"]
    assert len(starts) == 1
    return starts[0], b"".join(message.get("body", b"") for message in sent)


def test_a_body_up_to_the_limit_arrives() -> None:
    assert request([b"12345", b"67890"], [(b"content-length", b"10")]) == (200, b"10")


def test_a_declared_size_over_the_limit_is_refused_before_anything_is_read() -> None:
    status, body = request([], [(b"content-length", b"11")], cut=True)
    assert status == 413
    assert b"12 MB" in body


@pytest.mark.parametrize("headers", [[], [(b"content-length", b"x")], [(b"transfer-encoding", b"chunked")]])
def test_a_streamed_body_over_the_limit_is_refused_once(headers: list[tuple[bytes, bytes]]) -> None:
    status, body = request([b"12345"] * 3, headers)
    assert status == 413
    assert b"12 MB" in body


def test_half_a_body_is_never_taken_for_a_whole_one() -> None:
    assert request([b"12345"], cut=True) == (400, b"5")


def seen(headers: list[tuple[bytes, bytes]], query: bytes) -> Scope:
    """The scope that the application gets."""
    scopes: list[Scope] = []

    async def application(scope: Scope, receive: Receive, send: Send) -> None:
        scopes.append(scope)

    async def unused(*_: Any) -> Any:
        raise AssertionError

    scope: Scope = {"type": "http", "headers": headers, "query_string": query}
    asyncio.run(RequestGuard(application)(scope, unused, unused))
    return scopes[0]


def test_a_header_name_with_an_underscore_cannot_pose_as_the_proxys() -> None:
    genuine = (b"x-forwarded-for", b"198.51.100.7")
    assert seen([(b"x_forwarded_for", b"192.0.2.1"), genuine], b"")["headers"] == [genuine]


def test_a_query_string_is_ascii_and_otherwise_unchanged() -> None:
    assert seen([], b"a=1&b=%20x+y&c[]=(~)")["query_string"] == b"a=1&b=%20x+y&c[]=(~)"
    assert seen([], b"q=\xc3\xa9\xff")["query_string"] == b"q=%C3%A9%FF"
