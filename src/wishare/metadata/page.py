"""A page, parsed within limits, and the parts of it that several sources ask for."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from lxml import etree

from wishare.metadata import currencies
from wishare.metadata.selectors import Index

LARGEST = 5_000_000  # bytes; a shop's page is 0.3 MB, and what tells about the product comes early
MOST_ATTRIBUTES = 1000  # of one tag
MOST_META = 500
TAGGED = ("base", "meta", "title", "link", "h1", "script", "img")

_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_TAG = re.compile(rb"[^<>\"']*+(?:\"[^\"]*+\"[^<>\"']*+|'[^']*+'[^<>\"']*+)*+")
_LOOKS_LIKE_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|script|span|h1|a|table|b|select|img)\b", re.IGNORECASE
)
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_ATTRIBUTE = re.compile(rb"[\s\"'/][^\s\"'<>/=]+")
_SPACES = re.compile(r"\s+")
# What PostgreSQL, JSON or a page cannot carry: controls and halves of surrogate pairs; and what is not seen but turns
# the text around it the other way: "gpj.exe" reads as a picture after U+202E.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"
    "\u200b\u202a-\u202e\u2060-\u2069]"
)
_READABLE = etree.XPath(".//text()[not(parent::script or parent::style or parent::noscript or parent::template)]")
# What pages call themselves, and what browsers therefore read.
_WIDER = {
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso8859-9": "cp1254",
    "shift_jis": "cp932",
}
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class Page:
    """One parsed page. Reading it changes nothing; what is costly is worked out once and on demand."""

    def __init__(self, html: bytes | str, url: str, charset: str | None = None) -> None:
        self.url = url
        self.source = to_utf8(html, charset)
        self.root = _parse(self.source)

    @cached_property
    def parts(self) -> SplitResult:
        """The address, taken apart; of what is none, nothing."""
        return taken_apart(self.url)

    @cached_property
    def host(self) -> str:
        """The name of the site, without www."""
        return (self.parts.hostname or "").removeprefix("www.")

    @cached_property
    def path(self) -> str:
        """The path of the address, without the slash at its end."""
        return self.parts.path.rstrip("/")

    @cached_property
    def tagged(self) -> dict[str, list[etree._Element]]:
        """The elements of the tags that several sources ask for, by one walk."""
        found: dict[str, list[etree._Element]] = {tag: [] for tag in TAGGED}
        for element in self.root.iter(*TAGGED):
            found[element.tag].append(element)
        return found

    @cached_property
    def base(self) -> str:
        """What relative addresses of the page are relative to."""
        base = next(iter(self.tagged["base"]), None)
        return absolute(base.get("href"), self.url) or self.url if base is not None else self.url

    @cached_property
    def meta(self) -> dict[str, list[str]]:
        """What the head says under a name or a property, in the order of the page; names in lower case."""
        found: dict[str, list[str]] = {}
        for element in self.tagged["meta"][:MOST_META]:
            name = element.get("property") or element.get("name")
            content = element.get("content") or element.get("value")
            if name and content and content.strip():
                found.setdefault(name.strip().lower(), []).append(content.strip())
        return found

    def first_meta(self, *names: str) -> str | None:
        """The first content under the first of the names that has one."""
        return next((content for name in names for content in self.meta.get(name, ())), None)

    @cached_property
    def title(self) -> str | None:
        """The text of <title>; a drawing's own title is another matter."""
        titles = (text_of(element) for element in self.tagged["title"] if not _in_drawing(element))
        return next((text for text in titles if text), None)

    @cached_property
    def market(self) -> str | None:
        """The currency of the country that the site is for: by its address, or by the languages that it lists."""
        return currencies.of_path(self.path) or currencies.of_site(self.host) or self._market_by_language()

    def _market_by_language(self) -> str | None:
        """The region of the one alternate that is this very page: <link hreflang="en-us" href="…">."""
        here = self.url.partition("?")[0]
        links = [link for link in self.tagged["link"] if link.get("hreflang")]
        regions = {
            link.get("hreflang", "").rpartition("-")[2]
            for link in links
            if (link.get("href") or "").partition("?")[0] == here
            and "-" in link.get("hreflang", "")
            and link.get("hreflang") != "x-default"
        }
        return currencies.of_region(regions.pop()) if len(regions) == 1 else None

    @cached_property
    def text(self) -> str:
        """What one reads on the page, from its beginning."""
        body = self.root.find("body")
        return text_of(self.root if body is None else body, 8000)

    @cached_property
    def headings(self) -> list[str]:
        """The texts of the first few h1."""
        found: list[str] = []
        for element in self.tagged["h1"]:
            if text := text_of(element, 500):
                found.append(text)
            if len(found) == 5:
                break
        return found

    @cached_property
    def index(self) -> Index:
        """The elements by id, class and test attributes, for the sources that know where to look."""
        return Index(self.root)

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page gives itself."""
        for element in self.tagged["link"]:
            if (element.get("rel") or "").lower() == "canonical":
                return absolute(element.get("href"), self.base)
        return absolute(self.first_meta("og:url"), self.base)


def to_utf8(html: bytes | str, charset: str | None = None) -> bytes:
    """The page as UTF-8 without NUL, cut to what we read. Valid UTF-8 is that, whatever headers and pages say."""
    if isinstance(html, str):
        html = html[:LARGEST].encode("utf-8", "replace")
    html = html[:LARGEST]
    if encoding := _other_encoding(html, charset):
        html = _decoded(html, encoding).encode("utf-8", "replace")
    if b"\0" in html:
        html = html.replace(b"\0", b"")
    return _without_long_tags(html)


def _other_encoding(html: bytes, charset: str | None) -> str | None:
    """What to decode from; None for UTF-8 without fault."""
    for mark, encoding in _BOMS:
        if html.startswith(mark):
            return encoding
    if wide := _wide(html[:400]):
        return wide
    try:
        html.decode()
    except UnicodeDecodeError as error:
        is_cut = len(html) == LARGEST and error.start > LARGEST - 4
        return None if is_cut else _named(html, charset)
    return None


def _wide(start: bytes) -> str | None:
    """UTF-16 without a mark: every other byte of markup is zero then."""
    if len(start) < 8 or start.count(0) < len(start) // 3:
        return None
    return "utf-16-le" if start[1::2].count(0) > start[::2].count(0) else "utf-16-be"


def _named(html: bytes, charset: str | None) -> str:
    """What header or page say it is; without that UTF-8 if only little is wrong with it, else Windows' Latin."""
    found = _CHARSET.search(html[:8192])
    for name in (charset, found.group(1).decode("ascii", "replace") if found else None):
        with suppress(LookupError, ValueError):
            known = codecs.lookup(name or "").name
            return _WIDER.get(known, known)
    readable = html[:100_000].decode("utf-8", "replace")
    foreign = sum(character > "\x7f" for character in readable)
    return "utf-8" if readable.count("\ufffd") * 2 < foreign else "cp1252"


def _decoded(html: bytes, encoding: str) -> str:
    try:
        return html.decode(encoding, "replace")
    except (LookupError, ValueError):  # a codec that is not for text: base64, rot13
        return html.decode("cp1252", "replace")


def _without_long_tags(html: bytes) -> bytes:
    """Empty the tags whose attributes would take libxml2 minutes: it compares each with all before it."""
    window = MOST_ATTRIBUTES
    starts = set(_long_gaps(html, window))
    for start in sorted(starts, reverse=True):
        tag = _TAG.match(html, start)
        if tag and len(tag.group()) > 2 * window and len(_ATTRIBUTE.findall(_QUOTED.sub(b'""', tag.group()))) > window:
            html = html[:start] + b"i" + html[tag.end() :]
    return html


def _long_gaps(html: bytes, window: int) -> Iterator[int]:
    """Where something begins that goes on for long without another «<»; no byte is looked at twice."""
    at = html.find(b"<")
    while at >= 0:
        following = html.find(b"<", at + 1)
        while 0 <= following < at + window:  # hop from tag to tag, a window at a time
            at = html.rfind(b"<", at + 1, at + window)
            following = html.find(b"<", at + 1)
        if following < 0 or following - at > 2 * window:
            yield at + 1
        at = following


def _parse(source: bytes) -> etree._Element:
    """The tree; a page of nothing gives an empty one. No entity is fetched, and huge trees are cut."""
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=False, collect_ids=False
    )
    try:
        root = etree.fromstring(source, parser)
    except etree.XMLSyntaxError as error:
        if "allocation" in str(error):
            raise MemoryError from error
        root = None
    return root if root is not None else etree.Element("html")


def looks_like_html(html: bytes) -> bool:
    """Is there any markup near the beginning?"""
    return _LOOKS_LIKE_HTML.search(html[:20_000].replace(b"\0", b"")) is not None


def text_of(element: etree._Element, limit: int = 5000) -> str:
    """What one reads in an element: without scripts, in one line, no longer than the limit."""
    if len(element) == 0:
        return clean((element.text or "")[:limit])
    parts: list[str] = []
    length = 0
    for part in xpath(_READABLE, element):
        parts.append(part)
        length += len(part)
        if length > limit:
            break
    return clean(" ".join(parts))[:limit]


def xpath(expression: etree.XPath, element: etree._Element) -> list[Any]:
    """What an expression finds; those of this package all find lists."""
    found: Any = expression(element)
    return list(found)


def clean(text: str) -> str:
    """One line, without what cannot be stored."""
    return " ".join((text if text.isprintable() else _UNPRINTABLE.sub("", text)).split())


def absolute(address: str | None, base: str) -> str | None:
    """The address as http or https, complete; None for anything else."""
    if not address or len(address) > 4000:
        return None
    try:
        joined = urljoin(base, _SPACES.sub("%20", clean(address)).replace("&amp;", "&"))
        parts = urlsplit(joined)
    except ValueError:
        return None
    return joined if parts.scheme in {"http", "https"} and parts.hostname else None


def taken_apart(address: str) -> SplitResult:
    """The parts of an address; of what is none, empty ones."""
    try:
        return urlsplit(address)
    except ValueError:
        return urlsplit("")


def _in_drawing(element: etree._Element) -> bool:
    return any(parent.tag == "svg" for parent in element.iterancestors())
