"""Mail of an installation without a mail server: shown on the console and kept, to be read on a page."""

import os
import re
import secrets
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage as ParsedMessage
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage

KEPT = 200
SHOWN_LINES = 20
SHOWN_HEADERS = ("From", "Message-ID", "List-Unsubscribe", "List-Unsubscribe-Post")
_TIME = "%Y%m%dT%H%M%S%f"
_ID = re.compile(r"\d{8}T\d{12}-[0-9a-f]{8}")


@dataclass(frozen=True)
class Summary:
    """One line of the outbox."""

    id: str
    to: str
    subject: str
    sent_at: datetime


@dataclass(frozen=True)
class Mail:
    """A whole mail; `html` is empty when it has no such part, and `headers` are those worth a look."""

    summary: Summary
    text: str
    html: str
    headers: dict[str, str]


class EmailBackend(BaseEmailBackend):
    """Django's e-mail backend that prints each mail and keeps it in `settings.OUTBOX_DIR`."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Returns how many were kept."""
        for message in email_messages:
            _keep(message.message().as_bytes())
            _print(message)
        _drop_oldest()
        return len(email_messages)


def messages() -> list[Summary]:
    """What was sent, newest first."""
    return [_summary(path.stem, _parse(path)) for path in reversed(_files())]


def read(id: str) -> Mail | None:
    """One mail; None for anything that is not the id of one that is kept."""
    if not _ID.fullmatch(id):
        return None
    try:
        parsed = _parse(_directory() / f"{id}.eml")
    except FileNotFoundError:
        return None
    headers = {name: str(parsed[name]) for name in SHOWN_HEADERS if name in parsed}
    return Mail(_summary(id, parsed), _part(parsed, "plain"), _part(parsed, "html"), headers)


def _directory() -> Path:
    if settings.OUTBOX_DIR is None:
        raise ImproperlyConfigured("EMAIL_URL is set: mail is sent, no outbox is kept")
    path = Path(settings.OUTBOX_DIR)
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _files() -> list[Path]:
    """All that are kept, oldest first: names begin with the time."""
    return sorted(path for path in _directory().glob("*.eml") if _ID.fullmatch(path.stem))


def _keep(content: bytes) -> None:
    """Store a mail under its final name in one step, so that nobody reads half of it."""
    name = f"{datetime.now(UTC).strftime(_TIME)}-{secrets.token_hex(4)}"
    part = _directory() / f".{name}.part"
    with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    part.rename(part.with_name(f"{name}.eml"))


def _drop_oldest() -> None:
    for path in _files()[:-KEPT]:
        path.unlink(missing_ok=True)


def _print(message: EmailMessage) -> None:
    lines = str(message.body).strip().splitlines()
    more = [f"… {len(lines) - SHOWN_LINES} more lines"] if len(lines) > SHOWN_LINES else []
    head = ["", f"─── mail to {', '.join(message.recipients())}: {message.subject}", ""]
    sys.stdout.write("\n".join([*head, *lines[:SHOWN_LINES], *more, "───", ""]))
    sys.stdout.flush()


def _parse(path: Path) -> ParsedMessage:
    return message_from_bytes(path.read_bytes(), policy=policy.default)


def _summary(id: str, parsed: ParsedMessage) -> Summary:
    sent_at = datetime.strptime(id.split("-", maxsplit=1)[0], _TIME).replace(tzinfo=UTC)
    return Summary(id, str(parsed["To"] or ""), str(parsed["Subject"] or ""), sent_at)


def _part(parsed: ParsedMessage, kind: str) -> str:
    part = parsed.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""
