"""Between the web server and Django: limits on bodies, and only what WSGI can express safely."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import quote

from wishare import environment

MAX_BODY = 12 * 1024 * 1024

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class IncompleteBodyError(OSError):
    """The rest of the body will not come: the client left, or it sends more than is allowed.

    An OSError, because that is what Django expects from a broken connection while it reads.
    """


class Body:
    """Passes a body on, counts it, and makes sure that half a form is never taken for a whole one."""

    def __init__(self, receive: Receive, limit: int) -> None:
        self._receive = receive
        self._left = limit
        self._finished = False
        self.too_large = False

    async def receive(self) -> Message:
        """The next part. Raises IncompleteBodyError instead of a part that ends the body too early."""
        message = await self._receive()
        if message["type"] == "http.disconnect":
            if not self._finished:
                raise IncompleteBodyError("the client closed the connection")
            return message
        self._left -= len(message.get("body", b""))
        self._finished = not message.get("more_body", False)
        if self._left < 0:
            self.too_large = True
            raise IncompleteBodyError("the request is too large")
        return message


class RequestGuard:
    """Answers 413 to bodies over a limit, declared or streamed, and hands on only what WSGI can express."""

    def __init__(self, app: Application, limit: int = MAX_BODY) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif declared_length(scope) > self._limit:
            await refuse(send)
        else:
            await self._pass_on(scope, receive, send)

    async def _pass_on(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = Body(receive, self._limit)
        started = refused = False

        async def send_unless_too_large(message: Message) -> None:
            nonlocal started, refused
            if body.too_large and not started:
                refused, started = True, True
                await refuse(send)
            elif not refused:
                started = True
                await send(message)

        await self._app(for_wsgi(scope), body.receive, send_unless_too_large)


def declared_length(scope: Scope) -> int:
    """The Content-Length, 0 without a readable one: then the streamed bytes are counted."""
    value = dict(scope["headers"]).get(b"content-length", b"")
    return int(value) if value.isdigit() else 0


def for_wsgi(scope: Scope) -> Scope:
    """The scope in a form that a WSGI environment can hold safely.

    WSGI cannot tell `X_Forwarded_For` from `X-Forwarded-For`, so a name with an underscore could forge a
    proxy's header; and its query string is ASCII.
    """
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    query = quote(scope["query_string"], safe="%!$&'()*+,;=:@/?[]~|{}^`<>\"\\").encode()
    return {**scope, "headers": headers, "query_string": query}


async def refuse(send: Send) -> None:
    """Send 413 and close: what is left of the body is not read."""
    text = b"This is more than 12 MB, which is the most that one request may carry.\n"
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(text)).encode()),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": text})


def thread_count() -> int:
    """How many requests Django handles at the same time. Raises ValueError for none at all."""
    count = environment.number("WISHARE_THREADS")
    if count < 1:
        raise ValueError(f"WISHARE_THREADS must be at least 1, not {count}")
    return count
