"""The event stream as a client reads it, over a real connection."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.core import signing
from django.test import override_settings

from wishare.live import tickets

#: Of the servers that tests start.
SECRET = "a secret that the server and this test know"
_CHUNK = re.compile(rb"[0-9a-f]+\r\n")


def ticket(person: str = "somebody", *channels: str) -> str:
    """As the server would issue it."""
    with override_settings(SECRET_KEY=SECRET):
        return tickets.issue(person, channels)


def ticket_until(until: float, *channels: str) -> str:
    with override_settings(SECRET_KEY=SECRET):
        return signing.dumps(["somebody", int(until), *channels], salt=tickets.SALT, compress=True)


@dataclass(frozen=True)
class Event:
    kind: str
    id: str
    data: list[str]

    @property
    def at(self) -> int:
        return int(self.id.partition("-")[2])


class Client:
    """One open stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, status: int) -> None:
        self._reader, self.writer, self.status = reader, writer, status

    async def event(self, seconds: float = 10) -> Event:
        """The next one. Raises IncompleteReadError at the end of the stream."""
        text = await asyncio.wait_for(self._reader.readuntil(b"\n\n"), seconds)
        lines = dict(line.split(": ", 1) for line in _CHUNK.sub(b"", text).decode().strip().split("\n"))
        return Event(lines["event"], lines["id"], json.loads(lines["data"]))

    async def poke(self, seconds: float = 20) -> list[str]:
        """The next one that is no sign of life: on a busy machine fifteen seconds pass."""
        while (event := await self.event(seconds)).kind == "beat":
            pass
        return event.data

    async def ended(self, seconds: float = 10) -> bool:
        """Whether the server ends the stream or the connection in time; what it still has to say is not looked at."""
        rest = b""
        try:
            async with asyncio.timeout(seconds):
                while not rest.endswith(b"0\r\n\r\n") and (part := await self._reader.read(2**16)):
                    rest = rest[-8:] + part
        except ConnectionError:
            return True
        except TimeoutError:
            return False
        return True


@asynccontextmanager
async def reading(origin: str, **query: object) -> AsyncIterator[Client]:
    """A stream that is asked for; its headers have been read."""
    client = await connect(origin, **query)
    try:
        yield client
    finally:
        client.writer.close()


async def connect(origin: str, **query: object) -> Client:
    parts = urlsplit(origin)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port, limit=2**16)
    writer.write(f"GET /live/stream?{urlencode(query)} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
    head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), 20)
    return Client(reader, writer, int(head.split()[1]))
