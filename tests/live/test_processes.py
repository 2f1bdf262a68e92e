"""The stream in a process of its own, and what other processes say: over the database and Redis."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.browser.serving import Server, serve
from tests.caching.redises import redis_on
from tests.live.reading import SECRET, Client, reading, ticket
from tests.support import servers
from wishare import environment
from wishare.core.pubsub import MISSED


def say(options: Mapping[str, str], about: str) -> None:
    """By a process that serves nobody: a command, or a worker."""
    program = f"from wishare.core.pubsub import poke; poke('list_a', 'item', {about!r})"
    command = [sys.executable, "-m", "wishare", "shell", "--no-imports", "-c", program]
    names = {setting.name for setting in environment.SETTINGS}
    kept = {name: value for name, value in os.environ.items() if name not in names}
    own = {"PYTHONPATH": str(environment.ROOT / "src"), "DJANGO_SETTINGS_MODULE": "wishare.settings"}
    subprocess.run(command, env={**kept, **own, **options}, check=True, timeout=60)


@contextmanager
def apart(**options: str) -> Iterator[tuple[Server, dict[str, str]]]:
    """A web process that prepares the database, and the stream apart from it."""
    with serve(ROLE="web", WISHARE_SECRET_KEY=SECRET, **options) as web:
        options = {"WISHARE_DATA_DIR": str(web.directory / "data"), "WISHARE_SECRET_KEY": SECRET, **options}
        with serve(ROLE="stream", **options) as streams:
            yield streams, options


async def hears(client: Client, options: Mapping[str, str], about: str) -> None:
    await asyncio.to_thread(say, options, about)
    assert (await client.event(20)).data == ["list_a", "item", about]


@pytest.mark.once
def test_the_stream_apart_hears_other_processes_through_the_database() -> None:
    async def listen(streams: Server, options: Mapping[str, str]) -> None:
        async with reading(streams.origin, ticket=ticket("anna", "list_a")) as client:
            assert (await client.event()).kind == "ready"
            await hears(client, options, "one")
            await hears(client, options, "two")

    with apart() as (streams, options):
        asyncio.run(listen(streams, options))


@pytest.mark.redis
@pytest.mark.once
def test_the_stream_apart_hears_over_a_redis_that_is_killed_and_started_again(tmp_path: Path) -> None:
    port = servers.free_port()

    async def listen(streams: Server, options: Mapping[str, str], stack: ExitStack) -> None:
        async with reading(streams.origin, ticket=ticket("anna", "list_a")) as client:
            assert (await client.event()).kind == "ready"
            await hears(client, options, "one")
            stack.close()
            await asyncio.to_thread(say, options, "lost")
            with redis_on(port, tmp_path):
                assert (await client.event(20)).kind == MISSED.what
                await hears(client, options, "two")

    with ExitStack() as stack:
        stack.enter_context(redis_on(port, tmp_path))
        with apart(REDIS_URL=f"redis://127.0.0.1:{port}/0") as (streams, options):
            asyncio.run(listen(streams, options, stack))


@pytest.mark.once
def test_the_stream_apart_has_no_pages() -> None:
    async def status(streams: Server) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", int(streams.origin.rpartition(":")[2]))
        writer.write(b"GET /dashboard HTTP/1.1\r\nHost: localhost\r\n\r\n")
        answer = await reader.readuntil(b"\r\n")
        writer.close()
        return answer

    with serve(ROLE="stream", WISHARE_SECRET_KEY=SECRET) as streams:
        assert asyncio.run(status(streams)).startswith(b"HTTP/1.1 404")
        assert "Ready for streams" in streams.log.read_text()
