"""Which hosts are on the public internet, by address and by name. What is not known to be public is not."""

import ipaddress
import re

import idna

_NEVER = [
    ipaddress.ip_network(network)
    for network in (
        "168.63.129.16/32",  # Azure's wire server, a public address with secrets
        "192.0.0.0/24",  # IETF protocol assignments; Oracle's metadata at .192
        "192.88.99.0/24",  # 6to4 relays
        "2001::/23",  # IETF protocol assignments: Teredo, ORCHID, benchmarking
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "3fff::/20",  # documentation
    )
]
#: All of IPv6 that is handed out. Outside are loopback, private, link-local, multicast, mapped IPv4 and NAT64.
_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
#: Names that networks use for themselves.
_PRIVATE_ENDINGS = frozenset(
    {"arpa", "corp", "home", "internal", "intranet", "invalid", "lan", "local", "localdomain", "localhost"}
    | {"onion", "private"}
)
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
LONGEST_NAME = 253


def is_public(address: str) -> bool:
    """Whether an address in numbers is one of the public internet's. False as well for what is no address."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if not ip.is_global or ip.is_multicast or ip.is_reserved:
        return False
    if any(ip in network for network in _NEVER):
        return False
    return ip.version == 4 or (ip in _GLOBAL_UNICAST and ip.scope_id is None)


def canonical_host(written: str) -> str:
    """A host the way DNS and certificates spell it: lower-case ASCII without the last dot, or an address.

    Raises ValueError for a name that cannot be public, and for numbers that are not four plain decimals: some programs
    read `0177.1` and `2130706433` as 127.0.0.1.
    """
    if ":" in written:
        return str(ipaddress.IPv6Address(written))
    if len(written) > LONGEST_NAME:
        raise ValueError("a host name that is too long")
    name = written.lower() if written.isascii() else idna.encode(written, uts46=True, std3_rules=True).decode()
    name = name.removesuffix(".")
    labels = name.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return str(ipaddress.IPv4Address(name))
    if len(labels) < 2 or labels[-1] in _PRIVATE_ENDINGS:
        raise ValueError("a name of a private network")
    if not all(_LABEL.fullmatch(label) for label in labels):
        raise ValueError("not a host name")
    return name


def is_address(host: str) -> bool:
    """Whether a canonical host is an address and no name."""
    return ":" in host or host.rpartition(".")[2].isdecimal()
