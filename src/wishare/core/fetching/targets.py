"""An address as a person typed it or a server redirected to it, taken apart and checked before anything is opened."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from wishare.core.fetching.addresses import canonical_host
from wishare.core.fetching.errors import Failure

LONGEST_URL = 4096
PORTS = {"http": 80, "https": 443}
# Parsers disagree about these. None of them belongs into an address.
_CONFUSING = re.compile(r"[\x00-\x1f\x7f\\]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_PLAIN = "%/:=&?~#+!$,;'@()*[]"


@dataclass(frozen=True)
class Target:
    """What to ask, and whom. `host` is canonical, `path` holds the query and is pure ASCII."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header says them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.authority}{self.path}"


def typed(url: str) -> Target:
    """The target of an address that a person gave; `https://` may be missing. Raises Failure("refused")."""
    url = url.strip()
    return _target(url if _SCHEME.match(url) else f"https://{url}")


def redirected(location: str, current: Target) -> Target:
    """The target of a Location header. Raises Failure, also for the step down from https to http."""
    if not location.strip():
        raise Failure("unreadable", "a redirect to nowhere")
    try:
        joined = urljoin(current.url, location.strip())
    except ValueError:
        raise Failure("refused", "a redirect that cannot be read") from None
    target = _target(joined)
    if current.scheme == "https" and target.scheme == "http":
        raise Failure("refused", f"a redirect from https to http, {target.host}")
    return target


def _target(url: str) -> Target:
    if len(url) > LONGEST_URL or _CONFUSING.search(url):
        raise Failure("refused", "an address that is too long or has characters that do not belong there")
    try:
        parts = urlsplit(url)
        host, port, path = _written_host(parts), parts.port, _encoded_path(parts)
    except ValueError as error:  # without its text, which may quote a password
        raise Failure("refused", f"an address that cannot be read ({type(error).__name__})") from None
    try:
        target = Target(parts.scheme, canonical_host(host), PORTS[parts.scheme] if port is None else port, path)
    except ValueError as error:
        raise Failure("refused", f"a host that cannot be public: {error}") from None
    if len(target.url) > LONGEST_URL:
        raise Failure("refused", "an address that is too long when encoded")
    return target


def _written_host(parts: SplitResult) -> str:
    """The host as it was written. Raises Failure for another scheme, for credentials and for none."""
    if parts.scheme not in PORTS:
        raise Failure("refused", "neither http nor https")
    if "@" in parts.netloc:
        raise Failure("refused", "credentials in the address")
    if not parts.hostname:
        raise Failure("refused", "no host")
    return parts.hostname


def _encoded_path(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe=_PLAIN, errors="surrogateescape")
    query = quote(parts.query, safe=_PLAIN, errors="surrogateescape")
    return f"{path}?{query}" if query else path
