"""The server of the command `serve`: what it starts, and when."""

import asyncio
import socket
import threading

import pytest
import uvicorn

from wishare.core.jobs.threads import Crew
from wishare.core.management.commands.serve import Server

pytestmark = pytest.mark.once


def serve(server: Server) -> list[str]:
    """Lets it serve until it ends; returns the names of the threads that were started."""
    before = set(threading.enumerate())
    with socket.create_server(("127.0.0.1", 0)) as listener:
        asyncio.run(server._serve([listener]))
    return [thread.name for thread in set(threading.enumerate()) - before if isinstance(thread, threading.Thread)]


def a_server(app: object) -> Server:
    server = Server(uvicorn.Config(app, lifespan="on", log_config=None))
    server.announcement, server.crew = "ready", Crew(schedule=True)
    return server


def test_no_job_is_begun_by_a_server_that_was_told_to_stop(capsys: pytest.CaptureFixture[str]) -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        await receive()  # type: ignore[operator]
        server.should_exit = True
        await send({"type": "lifespan.startup.complete"})  # type: ignore[operator]
        await receive()  # type: ignore[operator]
        await send({"type": "lifespan.shutdown.complete"})  # type: ignore[operator]

    server = a_server(app)
    assert "schedule" not in serve(server)
    assert "ready" not in capsys.readouterr().out


def test_a_crew_that_was_not_started_can_be_stopped() -> None:
    Crew(queues=["default"], workers=1, schedule=True).stop(1)
