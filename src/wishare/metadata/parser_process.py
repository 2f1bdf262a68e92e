"""The process that parses: `python -m wishare.metadata.parser_process LIMITS`, spoken to over its standard input.

It knows no secret, no database and no network; what a page makes of it is one page lost.
"""

from __future__ import annotations

import json
import resource
import socket
import sys
import time
from contextlib import suppress
from typing import Any

from wishare.metadata.extractor import Result, examine
from wishare.metadata.frames import ClosedError, receive, send
from wishare.metadata.page import LARGEST

LONGEST_ADDRESS = 100_000


def main(memory: int, seconds: int) -> None:
    """Answer page after page until the other side goes away."""
    limit(resource.RLIMIT_AS, memory)
    limit(resource.RLIMIT_CORE, 0)
    limit(resource.RLIMIT_FSIZE, 0)
    with socket.socket(fileno=0) as connection, suppress(ClosedError, OSError):
        send(connection, b"ready")
        while True:
            url = receive(connection, LONGEST_ADDRESS).decode("utf-8", "replace")
            charset = receive(connection, LONGEST_ADDRESS).decode("utf-8", "replace") or None
            html = receive(connection, LARGEST)
            allow_seconds(seconds)
            send(connection, json.dumps(answer(html, url, charset)).encode())


def answer(html: bytes, url: str, charset: str | None) -> dict[str, Any]:
    """The result as JSON can carry it, or why there is none; a page that took all memory is the last of its process."""
    try:
        return told(examine(html, url, charset))
    except MemoryError:
        return {"error": "memory"}
    except Exception as error:
        return {"error": f"{type(error).__name__}: {error}"[:500]}


def told(result: Result) -> dict[str, Any]:
    """Amounts as text: JSON's numbers are not exact."""
    price = result.product["price"]
    return {"status": result.status, "product": {**result.product, "price": None if price is None else str(price)}}


def limit(kind: int, most: int) -> None:
    """Lower the limit for this process; macOS does not know all of them."""
    with suppress(ValueError, OSError):
        resource.setrlimit(kind, (most, most))


def allow_seconds(seconds: int) -> None:
    """So much processor time from now on, then the kernel ends the process, whoever is still there to notice."""
    used = time.process_time()
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CPU, (int(used) + 1 + seconds, hardest))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:3]))
