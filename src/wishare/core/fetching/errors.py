"""Why a fetch failed: in full for the log, as one word for everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal
from zlib import error as ZlibError  # noqa: N812 (an exception, and elsewhere written like one)

from h11 import ProtocolError

Outcome = Literal["blocked", "unreachable", "not_html", "no_data"]


@dataclass(frozen=True)
class _Meaning:
    outcome: Outcome
    retry: bool = False


#: What each reason means for the person who waits, and whether another try may end differently.
REASONS = {
    "refused": _Meaning("unreachable"),  # an address that we do not ask: not public, not HTTP, odd port, …
    "limited": _Meaning("unreachable", retry=True),  # too much at a time, for this person or this host
    "timeout": _Meaning("unreachable", retry=True),
    "unreachable": _Meaning("unreachable", retry=True),  # no such name, no connection, no valid certificate, 5xx
    "missing": _Meaning("unreachable"),  # 404 and its like
    "unreadable": _Meaning("unreachable"),  # an answer that breaks HTTP, or in an encoding we did not ask for
    "blocked": _Meaning("blocked"),  # the site does not want programs
    "not_html": _Meaning("not_html"),
    "not_image": _Meaning("not_html"),
    "too_large": _Meaning("no_data"),
    "empty": _Meaning("no_data"),  # a success without a page, such as 204
}


class FetchError(Exception):
    """A fetch that brought nothing. `str()` is the reason, one word of REASONS: the details are in the log only."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason

    @property
    def outcome(self) -> Outcome:
        """What a person is told."""
        return REASONS[self.reason].outcome

    @property
    def worth_retrying(self) -> bool:
        """Whether the same fetch may go well a little later."""
        return REASONS[self.reason].retry


class Failure(Exception):  # noqa: N818 (the error that callers see is FetchError)
    """Ends a fetch from inside: a reason of REASONS, and a detail that is for the log alone."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason, detail)
        self.reason, self.detail = reason, detail


@contextmanager
def as_failures() -> Iterator[None]:
    """What sockets, TLS, HTTP and decompression raise, as Failure."""
    try:
        yield
    except TimeoutError as error:
        raise Failure("timeout", repr(error)) from error
    except OSError as error:  # ssl.SSLError among them
        raise Failure("unreachable", repr(error)) from error
    except (ProtocolError, ZlibError) as error:
        raise Failure("unreadable", repr(error)[:300]) from error
