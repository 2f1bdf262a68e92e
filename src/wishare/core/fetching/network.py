"""A connection to the host of a target: one resolution, every answer checked, then the checked address and no other."""

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import BoundedSemaphore, Thread

import certifi
from django.conf import settings

from wishare.core.fetching.addresses import is_address, is_public
from wishare.core.fetching.errors import Failure
from wishare.core.fetching.targets import PORTS, Target

MOST_ATTEMPTS = 4
#: Seconds for an address while there is another one to try.
FIRST_ATTEMPT = 2.5
# getaddrinfo cannot be interrupted. A thread that hangs in it is left behind; there will not be many.
_RESOLVERS = BoundedSemaphore(32)


@dataclass(frozen=True)
class Network:
    """How names become addresses and addresses connections; TLS and HTTP on top are the same for every network."""

    resolve: Callable[[str], Sequence[str]]
    connect: Callable[[str, int, float], socket.socket]
    tls: ssl.SSLContext


class Deadline:
    """The moment at which a fetch is over, whatever it is doing."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds that are left, more than none. Raises Failure("timeout")."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise Failure("timeout", "the time was over")
        return left


@cache
def internet() -> Network:
    """The real one."""
    return Network(resolve, connect, client_tls())


def client_tls() -> ssl.SSLContext:
    """Certificates are checked against those of the system and of Mozilla: some systems come without any."""
    tls = ssl.create_default_context()
    tls.load_verify_locations(certifi.where())
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    return tls


def resolve(name: str) -> list[str]:
    """The addresses of a name. With the dot it is complete: the search list of resolv.conf does not apply."""
    return [str(answer[4][0]) for answer in socket.getaddrinfo(f"{name}.", None, type=socket.SOCK_STREAM)]


def connect(address: str, port: int, seconds: float) -> socket.socket:
    """A TCP connection to an address in numbers."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    connection = socket.socket(family, socket.SOCK_STREAM)
    try:
        connection.settimeout(seconds)
        connection.connect((address, port))
    except BaseException:
        connection.close()
        raise
    return connection


def open_connection(target: Target, network: Network, deadline: Deadline) -> socket.socket:
    """Connected to a checked address, with TLS for the target's name. Raises Failure or OSError."""
    connection = _first_that_answers(checked_addresses(target, network, deadline), target.port, network, deadline)
    if target.scheme == "http":
        return connection
    with connection:  # wrapping moves the connection into the new object; this closes it if that fails
        connection.settimeout(deadline.left())
        secured = network.tls.wrap_socket(connection, server_hostname=target.host, do_handshake_on_connect=False)
    try:
        secured.settimeout(deadline.left())
        secured.do_handshake()
    except BaseException:
        secured.close()
        raise
    return secured


def checked_addresses(target: Target, network: Network, deadline: Deadline) -> list[str]:
    """All addresses of a target, in the order to try them. Raises Failure if one of them is not public."""
    if target.port not in PORTS.values() and target.port not in {port for _, port in _allowed()}:
        raise Failure("refused", f"port {target.port}")
    addresses = [target.host] if is_address(target.host) else _resolved(target.host, network, deadline)
    for address in addresses:
        if not _permitted(address, target.port):
            raise Failure("refused", f"{target.host} is {address}, port {target.port}")
    return sorted(addresses, key=lambda address: _place_in_family(address, addresses))[:MOST_ATTEMPTS]


def _permitted(address: str, port: int) -> bool:
    return (is_public(address) and port in PORTS.values()) or (address, port) in _allowed()


def _allowed() -> set[tuple[str, int]]:
    """Addresses with ports that FETCH_ALLOW names: shops of tests and development. None unless an operator says so."""
    pairs = [pair.rpartition(":") for pair in settings.FETCH_ALLOW]
    return {(str(ipaddress.ip_address(address.strip("[]"))), int(port)) for address, _, port in pairs}


def _place_in_family(address: str, addresses: Sequence[str]) -> int:
    """Families take turns, so that a broken IPv6 with many addresses leaves IPv4 a chance."""
    return [other for other in addresses if (":" in other) == (":" in address)].index(address)


def _resolved(name: str, network: Network, deadline: Deadline) -> list[str]:
    """The answers of one resolution, without repetitions. Raises Failure when there are none in time."""
    if not _RESOLVERS.acquire(timeout=deadline.left()):
        raise Failure("timeout", "too many resolutions hang")
    answers: SimpleQueue[Sequence[str] | Exception] = SimpleQueue()
    try:
        Thread(target=_resolve_into, args=(answers, name, network), name="resolver", daemon=True).start()
    except RuntimeError as error:  # no further thread is to be had
        _RESOLVERS.release()
        raise Failure("timeout", f"{name} was not resolved: {error}") from None
    try:
        answer = answers.get(timeout=deadline.left())
    except Empty:
        raise Failure("timeout", f"{name} was not resolved in time") from None
    if isinstance(answer, Exception) or not answer:
        raise Failure("unreachable", f"{name} has no address: {answer!r}")
    return list(dict.fromkeys(answer))


def _resolve_into(answers: "SimpleQueue[Sequence[str] | Exception]", name: str, network: Network) -> None:
    try:
        answers.put(network.resolve(name))
    except (OSError, UnicodeError) as error:
        answers.put(error)
    finally:
        _RESOLVERS.release()


def _first_that_answers(addresses: list[str], port: int, network: Network, deadline: Deadline) -> socket.socket:
    for address in addresses[:-1]:
        try:
            return network.connect(address, port, min(FIRST_ATTEMPT, deadline.left()))
        except OSError:
            continue
    return network.connect(addresses[-1], port, deadline.left())
