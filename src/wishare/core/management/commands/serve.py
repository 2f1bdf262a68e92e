"""Prepares the database, catalogs and static files where they changed, and does what ROLE says: all, in one process."""

import asyncio
import errno
import ipaddress
import os
import resource
import socket
from argparse import ArgumentParser
from importlib import import_module
from typing import Any

import uvicorn
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import BaseCommand, CommandError, call_command
from django.db import OperationalError

from wishare.core import preparation
from wishare.core.jobs.threads import Crew
from wishare.core.pubsub.board import BOARD
from wishare.core.serving import thread_count

SHUTDOWN_SECONDS = 5
FILES = 65_536


class Command(BaseCommand):
    help = "Prepare what changed, then serve."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--demo", action="store_true")

    def handle(self, *args: Any, host: str, port: int, demo: bool, **options: Any) -> None:
        """Take the port first, so that a busy one is said at once."""
        if settings.ROLE in {"worker", "schedule"}:
            call_command(settings.ROLE)
            return
        try:
            thread_count()
        except ValueError as error:
            raise CommandError(str(error), returncode=2) from error
        allow_many_files()
        with listen(host, port) as listener:
            if settings.ROLE == "stream":
                run(listener, "Ready for streams. Stop with Ctrl-C.")
                return
            hosts = reachable_hosts(host)
            settings.LOCAL_URL = f"http://{(hosts or ['127.0.0.1'])[0]}:{listener.getsockname()[1]}"
            settings.ALLOWED_HOSTS += [name for name in hosts if name not in settings.ALLOWED_HOSTS]
            try:
                preparation.prepare(self.stdout, demo=demo)
            except (OperationalError, ImproperlyConfigured) as error:
                raise CommandError(f"The database cannot be used: {error}") from error
            run(listener, banner(hosts, listener.getsockname()[1], demo=demo))


def allow_many_files() -> None:
    """Every open page is a connection: the soft limit is often 1,024, and may be raised to the hard one."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def listen(host: str, port: int) -> socket.socket:
    """A listening socket. Raises CommandError in words for a person."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        number = getattr(error, "errno", None)
        reason = os.strerror(number) if number and number > 0 else str(error).rstrip(".")
        hint = ". Choose another one with --port" if number == errno.EADDRINUSE else ""
        raise CommandError(f"Cannot listen on {host} port {port}: {reason}{hint}") from error


def reachable_hosts(host: str) -> list[str]:
    """Names that requests may address besides localhost.

    Only names and addresses that are this machine's own: a name that an attacker points here stays refused.
    """
    if settings.PUBLIC_URL or host in {"127.0.0.1", "::1", "localhost"}:
        return []
    if host not in {"0.0.0.0", "::"}:  # noqa: S104 - compared, not bound
        return [in_url(host)]
    name = socket.gethostname().lower()
    return list(dict.fromkeys([*own_addresses(), name, f"{name}.local"]))


def own_addresses() -> list[str]:
    """The address that other machines in the network reach this one at, where there is one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # chooses a route; a datagram socket sends nothing here
        except OSError:
            return []
        return [probe.getsockname()[0]]


def in_url(host: str) -> str:
    """A host as it stands in an address: IPv6 in brackets."""
    try:
        return f"[{host}]" if ipaddress.ip_address(host).version == 6 else host
    except ValueError:
        return host


def banner(hosts: list[str], port: int, *, demo: bool) -> str:
    """What to open in a browser, and as whom."""
    lines = [settings.PUBLIC_URL or f"http://{name}:{port}/" for name in hosts or ["127.0.0.1"]]
    text = "\n  Wishare is ready:  " + "\n                     ".join(lines)
    if hosts:
        text += "\n  For another name or https, set WISHARE_PUBLIC_URL to the address that people use."
    if demo:
        text += "\n\n" + import_module("wishare.pages.demo").sign_in_hint()
    return f"{text}\n\n  Stop with Ctrl-C.\n"


class Server(uvicorn.Server):
    """Announces itself when it answers, not before; jobs start after that and end with it."""

    announcement = ""
    crew = Crew()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.should_exit:  # it was told to stop meanwhile, or could not start
            return
        print(self.announcement, flush=True)
        await asyncio.to_thread(self.crew.start)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """In here, because a signal ends the process before `run` returns. Streams would be waited for."""
        BOARD.close()
        await super().shutdown(sockets)
        await asyncio.to_thread(self.crew.stop, SHUTDOWN_SECONDS)


def run(listener: socket.socket, announcement: str) -> None:
    """Serve until told to stop.

    Forwarded headers are left to Django and allauth: they count the proxies, uvicorn would believe the client.
    """
    config = uvicorn.Config(
        "wishare.live.asgi:application" if settings.ROLE == "stream" else "wishare.asgi:application",
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )
    server = Server(config)
    server.announcement = announcement
    if settings.ROLE == "all":
        server.crew = Crew(queues=settings.QUEUES, workers=settings.WORKER_THREADS, schedule=True)
    server.run(sockets=[listener])
