"""How the process that asks and the one that parses speak: a length, then that many bytes."""

from __future__ import annotations

import socket
import struct
import time

_LENGTH = struct.Struct("!I")


class ClosedError(Exception):
    """The other side is gone."""


def send(connection: socket.socket, *parts: bytes) -> None:
    """All parts, each behind its length; the connection's own timeout is for all of it."""
    connection.sendall(b"".join(piece for part in parts for piece in (_LENGTH.pack(len(part)), part)))


def receive(connection: socket.socket, most: int, until: float | None = None) -> bytes:
    """One part, before a moment of the monotonic clock. Raises TimeoutError, ClosedError; ValueError beyond most."""
    (length,) = _LENGTH.unpack(_exactly(connection, _LENGTH.size, until))
    if length > most:
        raise ValueError(f"{length} bytes announced, {most} allowed")
    return _exactly(connection, length, until)


def _exactly(connection: socket.socket, length: int, until: float | None) -> bytes:
    parts: list[bytes] = []
    while length:
        if until is not None:
            connection.settimeout(max(0.001, until - time.monotonic()))
        part = connection.recv(min(length, 1 << 20))
        if not part:
            raise ClosedError
        parts.append(part)
        length -= len(part)
    return b"".join(parts)
