"""Other sites, for the tests: real servers on this machine, in TCP and TLS, that answer whatever they are told to.

A `Town` is the internet around them: which name has which addresses, and which shop stands at an address. It writes
down every name that is looked up and every connection that is tried.
"""

import contextlib
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from threading import Thread
from types import TracebackType

import trustme

from wishare.core.fetching.network import Network, client_tls

Behaviour = bytes | Callable[[socket.socket], None]
PUBLIC = "93.184.216.34"
NAMES = ("pub.example", "dual.example", "xn--bcher-kva.example", "8.8.8.8", "2606:4700:4700::1111")
PAGE = b"<!doctype html><title>A teapot</title>"


def page(body: bytes = PAGE, *headers: str, status: str = "200 OK", kind: str | None = "text/html") -> bytes:
    """An answer as it goes over the line, with its length and further header lines."""
    types = [f"Content-Type: {kind}"] if kind else []
    lines = [f"HTTP/1.1 {status}", *types, f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def head(*headers: str, status: str = "200 OK", kind: str = "text/html") -> bytes:
    """An answer without a length and without a body."""
    return "\r\n".join([f"HTTP/1.1 {status}", f"Content-Type: {kind}", *headers, "", ""]).encode()


def redirect(location: str, status: str = "302 Found") -> bytes:
    return page(b"", f"Location: {location}", status=status)


def drip(begin: bytes, drop: bytes, pause: float) -> Behaviour:
    """Says something, and then a drop at a time for ever."""

    def pour(connection: socket.socket) -> None:
        connection.sendall(begin)
        while True:
            connection.sendall(drop)
            time.sleep(pause)

    return pour


def slowly(answer: Behaviour, seconds: float = 0.5) -> Behaviour:
    """The same answer, after a while."""
    assert isinstance(answer, bytes)

    def wait(connection: socket.socket) -> None:
        time.sleep(seconds)
        connection.sendall(answer)

    return wait


def silence(connection: socket.socket) -> None:
    """Says nothing until the other side goes."""
    while connection.recv(1024):
        pass


class Shop:
    """A server that answers a path with a behaviour, one request a connection."""

    def __init__(self, pages: dict[str, Behaviour] | None = None, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Behaviour] = pages or {}
        self.otherwise: Behaviour = page()
        self.requests: list[str] = []
        self.server_names: list[str | None] = []
        self.before: Callable[[socket.socket], None] = lambda connection: None
        self._tls = tls
        if tls:
            tls.sni_callback = lambda connection, name, context: self.server_names.append(name)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: list[socket.socket] = []
        Thread(target=self._accept, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self._listener.getsockname()[1])

    @property
    def paths(self) -> list[str]:
        """What was asked for, in order."""
        return [request.split(" ")[1] for request in self.requests]

    def __enter__(self) -> "Shop":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for connection in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._open.append(connection)
            Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            self.before(connection)
            if self._tls is None:
                self._answer(connection)
                return
            with self._tls.wrap_socket(connection, server_side=True) as secured:
                self._answer(secured)

    def _answer(self, connection: socket.socket) -> None:
        request = b""
        while b"\r\n\r\n" not in request:
            if not (piece := connection.recv(4096)):
                return
            request += piece
        self.requests.append(request.decode("latin-1"))
        behaviour = self.pages.get(self.paths[-1], self.otherwise)
        if isinstance(behaviour, bytes):
            connection.sendall(behaviour)
        else:
            behaviour(connection)


@cache
def authority() -> trustme.CA:
    """Who signs the certificates of all shops."""
    return trustme.CA()


@cache
def certificate(*names: str) -> trustme.LeafCert:
    return authority().issue_cert(*names)


def server_tls(*names: str) -> ssl.SSLContext:
    """What a shop with a certificate for these names needs."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate(*names).configure_cert(context)
    return context


class Town:
    """Names, addresses and shops. Use `network` to fetch there."""

    def __init__(self, plain: Shop, secure: Shop) -> None:
        self.plain, self.secure = plain, secure
        self.addresses: dict[str, Sequence[str]] = {
            "pub.example": [PUBLIC],
            "xn--bcher-kva.example": [PUBLIC],
            "private.example": ["10.0.0.5"],
        }
        self.later: dict[str, Sequence[str]] = {}  # what a name becomes when it was looked up once
        self.resolved: list[str] = []
        self.connected: list[tuple[str, int]] = []
        self.dead: set[str] = set()
        self.tls = client_tls()
        authority().configure_trust(self.tls)

    @property
    def network(self) -> Network:
        return Network(self.resolve, self.connect, self.tls)

    @property
    def requests(self) -> list[str]:
        return [*self.plain.requests, *self.secure.requests]

    def resolve(self, name: str) -> Sequence[str]:
        self.resolved.append(name)
        if name not in self.addresses:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        if name in self.later:
            answer, self.addresses[name] = self.addresses[name], self.later[name]
            return answer
        return self.addresses[name]

    def connect(self, address: str, port: int, seconds: float) -> socket.socket:
        """Whatever the address, the shop of its port; the log tells which address it was."""
        self.connected.append((address, port))
        if address in self.dead:
            raise OSError("Network is unreachable")
        shop = {80: self.plain, 443: self.secure}[port]
        return socket.create_connection(("127.0.0.1", shop.port), timeout=seconds)


@contextlib.contextmanager
def town() -> Iterator[Town]:
    """A town with a shop for http and one for https, with certificates for the usual names."""
    with Shop() as plain, Shop(tls=server_tls(*NAMES)) as secure:
        yield Town(plain, secure)
