"""What came back: whether it is wanted, unpacked within limits, and in which character set."""

import codecs
import re
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from email.message import Message

from wishare.core.fetching.errors import Failure


@dataclass(frozen=True)
class Kind:
    """What is asked for. A server that names one of `vague` types, or none, is judged by what it sends."""

    accept: str
    types: frozenset[str]
    vague: frozenset[str]
    largest: int  # bytes, unpacked
    otherwise: str  # the reason when it is something else


KINDS = {
    "html": Kind(
        accept="text/html,application/xhtml+xml",
        types=frozenset({"text/html", "application/xhtml+xml"}),
        vague=frozenset({""}),
        largest=5 * 1024 * 1024,
        otherwise="not_html",
    ),
    "image": Kind(
        accept="image/webp,image/jpeg,image/png,image/gif",
        types=frozenset({"image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif"}),
        vague=frozenset({"", "application/octet-stream", "binary/octet-stream"}),
        largest=10 * 1024 * 1024,
        otherwise="not_image",
    ),
}
#: Characters of a Content-Type that are read; what parses it is slow with long ones.
LONGEST_TYPE = 500
_PICTURE = re.compile(rb"\xff\xd8\xff|\x89PNG\r\n|GIF8[79]a|RIFF....WEBP", re.DOTALL)
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
#: As browsers have it: the single-byte sets, the East Asian ones, UTF-8 and UTF-16. Not UTF-7, not EBCDIC.
_CHARSETS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|iso8859-\d+|cp(125\d|866|874|932|949)|koi8-[ru]|mac-(roman|cyrillic)|tis-620"
    r"|gb(k|2312|18030)|big5(hkscs)?|euc_(jp|kr)|shift_jis|iso2022_jp"
)
_NOTHING = {"", "identity", "none", "utf-8"}  # the last two are mistakes of servers that pack nothing


class Inflater:
    """Unpacks gzip and deflate without ever holding more than it may."""

    def __init__(self) -> None:
        self._stream = zlib.decompressobj(wbits=47)  # either of the two, told apart by their first bytes

    def unpack(self, data: bytes, most: int) -> bytes:
        """At most `most` bytes. Raises Failure("too_large"), and zlib.error for garbage."""
        unpacked = b""
        while data:
            if self._stream.eof:  # gzip may have several members, one after the other
                self._stream = zlib.decompressobj(wbits=31)
            unpacked += self._stream.decompress(data, most + 1 - len(unpacked))
            if len(unpacked) > most:
                raise Failure("too_large", "unpacks to too much")
            data = self._stream.unused_data
        return unpacked

    def finish(self) -> None:
        """Raises Failure when the end is missing."""
        if not self._stream.eof:
            raise Failure("unreadable", "packed data without an end")


def media_type(header: str) -> tuple[str, str | None]:
    """Type and character set of a Content-Type; None for a set that is not named or that pages do not use."""
    message = Message()
    message["Content-Type"] = header[:LONGEST_TYPE].encode("ascii", "replace").decode()
    given = message.get_param("charset", "")
    kind = header[:LONGEST_TYPE].partition(";")[0].strip().lower()
    return kind, _charset(given if isinstance(given, str) else "")


def _charset(label: str) -> str | None:
    try:
        name = codecs.lookup(label.strip()[:40]).name if label.isascii() else ""
    except (LookupError, ValueError):
        return None
    if name in {"ascii", "iso8859-1"}:
        return "cp1252"  # what browsers take both for
    return name if _CHARSETS.fullmatch(name) else None


def encoding(header: str) -> Inflater | None:
    """What unpacks a body with this Content-Encoding. Raises Failure for any but the one we asked for."""
    names = [name for part in header.split(",") if (name := part.strip().lower()) not in _NOTHING]
    if not names:
        return None
    if len(names) > 1 or names[0] not in {"gzip", "x-gzip", "deflate"}:
        raise Failure("unreadable", f"Content-Encoding {', '.join(names)[:100]!r}")
    return Inflater()


def read(pieces: Iterable[bytes], inflater: Inflater | None, most: int) -> bytes:
    """The whole body, unpacked. Raises Failure("too_large") before it holds more than `most` bytes."""
    body = bytearray()
    for piece in pieces:
        body += inflater.unpack(piece, most - len(body)) if inflater else piece
        if len(body) > most:
            raise Failure("too_large", f"more than {most} bytes")
    if inflater:
        inflater.finish()
    return bytes(body)


def require_type(kind: Kind, content_type: str) -> None:
    """Before a body is read. Raises Failure for a type that is not wanted."""
    if content_type not in kind.types | kind.vague:
        raise Failure(kind.otherwise, f"Content-Type {content_type[:100]!r}")


def require_content(kind: Kind, content_type: str, body: bytes, charset: str | None) -> None:
    """After it was read. Raises Failure for a body that is not what its type says, or is nothing."""
    if not body:
        raise Failure("empty", "an empty body")
    if kind is KINDS["image"]:
        fits = bool(_PICTURE.match(body))
    else:
        wide = body.startswith(_UTF_16_MARKS) or (charset or "").startswith("utf-16")
        fits = (wide or b"\0" not in body[:1024]) and (bool(content_type) or b"<" in body[:1024])
    if not fits:
        raise Failure(kind.otherwise, f"Content-Type {content_type!r}, but the body begins with {body[:8]!r}")
