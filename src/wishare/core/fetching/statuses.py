"""What a status says when there is no page: that programs are not welcome, that it is gone, that it went wrong."""

from wishare.core.fetching.errors import Failure

REDIRECTS = frozenset({301, 302, 303, 307, 308})
#: 498 and 999 are what some sites invented for this. A shop's 503 is nearly always its wall.
_WALLS = frozenset({401, 403, 407, 429, 451, 498, 503, 999})
#: Headers of services that send a riddle instead of a page, whatever the status.
_RIDDLES = frozenset({"cf-mitigated", "x-amzn-waf-action"})


def require_page(status: int, headers: set[str]) -> None:
    """Passes 200 only. Nothing that a server says about trying later is obeyed here; jobs have their own pace."""
    if status in _WALLS or headers & _RIDDLES:
        raise Failure("blocked", f"status {status}")
    if status >= 500:
        raise Failure("unreachable", f"status {status}")
    if status >= 400:
        raise Failure("missing", f"status {status}")
    if status != 200:
        raise Failure("empty", f"status {status}")
