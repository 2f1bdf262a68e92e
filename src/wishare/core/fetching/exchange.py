"""One request and its answer, in HTTP/1.1 on a connection of its own, read no further than wanted."""

import socket
from collections.abc import Iterator

import h11
from django.conf import settings

from wishare.core.fetching.errors import Failure
from wishare.core.fetching.network import Deadline
from wishare.core.fetching.targets import Target

#: Bytes of a head, whole or a line: a megabyte of cookies is skipped, ten end the fetch.
LARGEST_HEAD = 1_250_000
MOST_HEADERS = 200
# A piece that ends the head may hold as many lines of the body.
_HEAD_PIECE = 4096
_MOST_HEAD_LINES = MOST_HEADERS + _HEAD_PIECE
_BODY_PIECE = 64 * 1024


def user_agent() -> str:
    """Says what we are, and where to complain if the operator said so."""
    home = f"; +{settings.PUBLIC_URL}" if settings.PUBLIC_URL else ""
    return f"Mozilla/5.0 (compatible; WishareLinkPreview/1.0{home})"


class Exchange:
    """Sends one GET. `most` bytes may come back in all; every wait ends at the deadline."""

    def __init__(self, connection: socket.socket, deadline: Deadline, most: int) -> None:
        self._connection, self._deadline, self._most = connection, deadline, most
        self._http = h11.Connection(h11.CLIENT, max_incomplete_event_size=LARGEST_HEAD)
        self._received = self._head_lines = 0
        self._answer: h11.Response | None = None

    def ask(self, target: Target, accept: str) -> None:
        """No cookie, no referrer, nothing about the person who wants to know."""
        headers = {
            "Host": target.authority,
            "User-Agent": user_agent(),
            "Accept": accept,
            "Accept-Encoding": "gzip",
            "Connection": "close",
        }
        request = h11.Request(method="GET", target=target.path, headers=list(headers.items()))
        self._connection.settimeout(self._deadline.left())
        self._connection.sendall((self._http.send(request) or b"") + (self._http.send(h11.EndOfMessage()) or b""))

    def answer(self) -> h11.Response:
        """The head of the answer; 1xx before it are skipped."""
        while not isinstance(event := self._event(), h11.Response):
            if not isinstance(event, h11.InformationalResponse):
                raise Failure("unreadable", f"{event!r} in place of an answer")
        if len(event.headers) > MOST_HEADERS:
            raise Failure("unreadable", f"{len(event.headers)} headers")
        self._answer = event
        return event

    def body(self) -> Iterator[bytes]:
        """The body in pieces, as it was sent."""
        while not isinstance(event := self._event(), h11.EndOfMessage):
            if not isinstance(event, h11.Data):
                raise Failure("unreadable", f"{event!r} in place of a body")
            yield event.data

    def _event(self) -> object:
        while (event := self._http.next_event()) is h11.NEED_DATA:
            self._http.receive_data(self._receive())
        return event

    def _receive(self) -> bytes:
        self._connection.settimeout(self._deadline.left())
        piece = self._connection.recv(_BODY_PIECE if self._answer else _HEAD_PIECE)
        self._received += len(piece)
        if self._received > self._most + LARGEST_HEAD:
            raise Failure("too_large", f"{self._received} bytes and no end")
        if not self._answer:
            self._head_lines += piece.count(b"\n")
            if self._head_lines > _MOST_HEAD_LINES:
                raise Failure("unreadable", "a head of too many lines")
        return piece
