"""Bytes to text, whatever the page says about itself."""

from __future__ import annotations

import pytest

from wishare.metadata.extractor import examine, extract
from wishare.metadata.page import LARGEST, Page, absolute

pytestmark = pytest.mark.once

URL = "https://shop.example/produkt/1"


@pytest.mark.parametrize(
    ("encoding", "said", "charset"),
    [
        ("utf-8", "", None),
        ("utf-8", '<meta charset="iso-8859-1">', None),
        ("utf-8-sig", "", None),
        ("cp1252", "", None),
        ("cp1252", '<meta charset="iso-8859-1">', None),
        ("iso-8859-2", '<meta http-equiv="content-type" content="text/html; charset=iso-8859-2">', None),
        ("iso-8859-2", "", "iso-8859-2"),
        ("utf-16", "", None),
        ("utf-16-le", "", None),
        ("utf-16-be", "", None),
    ],
)
def test_accents_are_kept(encoding: str, said: str, charset: str | None) -> None:
    name = "Müller Ökonomie-Kännchen für 2"
    html = f"<html><head>{said}<title>{name}</title></head><body><h1>{name}</h1></body></html>".encode(encoding)
    assert examine(html, URL, charset).product["title"] == name


@pytest.mark.parametrize(
    ("encoding", "name"),
    [("shift_jis", "青いケトル"), ("euc-kr", "파란 주전자"), ("gb2312", "蓝色水壶"), ("windows-1251", "Синий чайник")],
)
def test_other_alphabets(encoding: str, name: str) -> None:
    html = f'<html><head><meta charset="{encoding}"><title>{name}</title></head></html>'.encode(encoding)
    assert extract(html, URL)["title"] == name


@pytest.mark.parametrize("charset", ["rot13", "base64", "utf-7", "no-such-thing", "\ud800"])
def test_a_charset_that_is_none(charset: str) -> None:
    assert "Kettle" in (examine(b"<html><title>Kettle \xff</title></html>", URL, charset).product["title"] or "")


def test_nothing_that_cannot_be_stored_is_told() -> None:
    html = b"<html><title>A\0 blue\x01 kettle \xed\xa0\x80 &#0; &#xD800; end</title></html>"
    title = extract(html, URL)["title"] or ""
    assert title.startswith("A blue kettle")
    assert not any(character < " " or "\ud800" <= character <= "\udfff" for character in title)
    title.encode()


def test_what_is_too_long_is_cut() -> None:
    html = b"<html><title>Kettle</title>" + b"x" * LARGEST + b"<h1>Never read</h1>"
    assert len(Page(html, URL).source) == LARGEST
    assert extract(html, URL)["title"] == "Kettle"


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "data:image/png;base64,AAAA", "file:///etc/passwd", "http://[", "", None, "x" * 5000],
)
def test_an_address_that_is_none(address: str | None) -> None:
    assert absolute(address, "https://shop.example/") is None


def test_a_picture_is_an_address_of_the_web() -> None:
    html = b'<html><title>Kettle</title><meta property="og:image" content="javascript:alert(1)"></html>'
    assert extract(html, URL)["image_url"] is None
