"""A message on the next page, with a button that takes the step back where there is one."""

from typing import Any

from django.contrib import messages
from django.contrib.messages import context_processors
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest

from wishare.core.http import fetched_by_itself

_UNDO = "undo:"
#: What the Undo button of a message sends along.
UNDO_FIELD = "undo"


def flash(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Says that something worked. `undo` is the address a POST to which takes it back."""
    messages.success(request, text, extra_tags=_tags(undo))


def refuse(request: HttpRequest, reason: str) -> None:
    """Says why something did not work. Where that was a step back, the button stays."""
    messages.error(request, reason, extra_tags=_tags(request.path if UNDO_FIELD in request.POST else ""))


def undo_address(message: Message) -> str:
    """Where the Undo button of a message posts to; empty without one."""
    tags = message.extra_tags or ""
    return tags.removeprefix(_UNDO) if tags.startswith(_UNDO) else ""


def shown(request: HttpRequest) -> dict[str, Any]:
    """Context processor: messages, which are gone once they were shown. What an open page fetches for itself shows
    none: they are for the answer to what the person did."""
    return {"messages": ()} if fetched_by_itself(request) else context_processors.messages(request)


def _tags(undo: str) -> str:
    return f"{_UNDO}{undo}" if undo else ""
