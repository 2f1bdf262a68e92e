"""The only door to other sites. What a person or a page names is fetched here or not at all.

`docs/operations.md`, «Fetching other sites», says what is refused and where the limits are.
"""

import logging
from contextlib import closing
from dataclasses import dataclass
from typing import Literal

import h11

from wishare.core.fetching import bodies, limits
from wishare.core.fetching.bodies import KINDS, Kind
from wishare.core.fetching.errors import Failure, FetchError, Outcome, as_failures
from wishare.core.fetching.exchange import Exchange
from wishare.core.fetching.network import Deadline, Network, internet, open_connection
from wishare.core.fetching.statuses import REDIRECTS, require_page
from wishare.core.fetching.targets import Target, redirected, typed

__all__ = ["FetchError", "Fetched", "Outcome", "fetch"]

logger = logging.getLogger(__name__)

#: Seconds for all of it: names, connections, redirects, body.
TOTAL_SECONDS = 10.0
MOST_REDIRECTS = 5


@dataclass(frozen=True)
class Fetched:
    """A page or a picture. `url` is where it was found in the end; `charset` what the server named, if that is sane."""

    url: str
    status: int
    content_type: str
    charset: str | None
    body: bytes


@dataclass(frozen=True)
class _Hop:
    """What one host of a chain answered: the result, or where to go on."""

    fetched: Fetched | None = None
    location: str = ""


def fetch(
    url: str,
    *,
    accept: Literal["html", "image"] = "html",
    user: int | str | None = None,
    network: Network | None = None,
    seconds: float = TOTAL_SECONDS,
) -> Fetched:
    """Gets one page or picture from a public site. Blocks for `seconds` at most: not for use in a request.

    `user` is the key of the account on whose behalf, for its limit. Raises FetchError, which says nothing about
    addresses; the log does.
    """
    asked: list[str] = []
    try:
        if user is not None:
            limits.count("person", user, limits.PER_USER)
        return _follow(typed(url), KINDS[accept], network or internet(), Deadline(seconds), asked)
    except Failure as failure:
        level = logging.WARNING if failure.reason == "refused" else logging.INFO
        logger.log(level, "not fetched: %s, %s; asked: %s", failure.reason, failure.detail, " → ".join(asked) or "none")
        raise FetchError(failure.reason) from None


def _follow(target: Target, kind: Kind, network: Network, deadline: Deadline, asked: list[str]) -> Fetched:
    """From redirect to redirect, each checked like the first. Adds the hosts to `asked`: paths may hold secrets."""
    for _ in range(MOST_REDIRECTS + 1):
        asked.append(target.host)
        limits.count("host", target.host, limits.PER_HOST)
        with limits.connection_to(target.host, deadline.left() + 5), as_failures():
            hop = _ask(target, kind, network, deadline)
        if hop.fetched:
            return hop.fetched
        target = redirected(hop.location, target)
    raise Failure("unreachable", "too many redirects")


def _ask(target: Target, kind: Kind, network: Network, deadline: Deadline) -> _Hop:
    """One host, one connection, one answer."""
    with closing(open_connection(target, network, deadline)) as connection:
        exchange = Exchange(connection, deadline, kind.largest)
        exchange.ask(target, kind.accept)
        answer = exchange.answer()
        if answer.status_code in REDIRECTS:
            return _Hop(location=_first(answer, b"location"))
        require_page(answer.status_code, {name.decode() for name, _ in answer.headers})
        return _Hop(fetched=_read(exchange, answer, target, kind))


def _read(exchange: Exchange, answer: h11.Response, target: Target, kind: Kind) -> Fetched:
    content_type, charset = bodies.media_type(_first(answer, b"content-type"))
    bodies.require_type(kind, content_type)
    inflater = bodies.encoding(", ".join(_values(answer, b"content-encoding")))
    body = bodies.read(exchange.body(), inflater, kind.largest)
    bodies.require_content(kind, content_type, body, charset)
    return Fetched(target.url, answer.status_code, content_type, charset, body)


def _values(answer: h11.Response, name: bytes) -> list[str]:
    """All values of a header. Bytes that are not UTF-8 survive, for addresses that nobody encoded."""
    return [value.decode(errors="surrogateescape") for key, value in answer.headers if key == name]


def _first(answer: h11.Response, name: bytes) -> str:
    return next(iter(_values(answer, name)), "")
