"""Answers of all sorts, from real servers: what is read, what is not, and when it ends."""

import ast
import gzip
import logging
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.cache import cache
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.shops import PAGE, Behaviour, Town, drip, head, page, redirect, silence, town
from wishare.core.fetching import Fetched, FetchError, fetch

pytestmark = pytest.mark.once
SOURCE = Path(__file__).resolve().parents[2] / "src" / "wishare"
BIG = b"x" * 1024 * 1024
CHUNKED = head("Transfer-Encoding: chunked")


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


@pytest.fixture(scope="module")
def shared() -> Iterator[Town]:
    """For properties, which fetch a hundred times."""
    with town() as there:
        yield there


def get(behaviour: Behaviour, place: Town, seconds: float = 5) -> Fetched:
    place.plain.otherwise = behaviour
    return fetch("http://pub.example/", network=place.network, seconds=seconds)


def reason(behaviour: Behaviour, place: Town, seconds: float = 5) -> str:
    with pytest.raises(FetchError) as error:
        get(behaviour, place, seconds)
    return error.value.reason


@pytest.mark.parametrize(
    "answer",
    [
        page(),
        b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        b"HTTP/1.1 200\r\nContent-Type: text/html\r\n\r\n" + PAGE,
        b"HTTP/1.1 200 OK\nContent-Type: text/html\n\n" + PAGE,
        b"HTTP/1.1 100 Continue\r\n\r\n" + page(),
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 3 + page(),
        CHUNKED + b"5;x=y\r\n" + PAGE[:5] + b"\r\n21\r\n" + PAGE[5:] + b"\r\n0\r\nT: 1\r\n\r\n",
        page(gzip.compress(PAGE), "Content-Encoding: gzip"),
        page(gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), "Content-Encoding: x-gzip"),
        page(zlib.compress(PAGE), "Content-Encoding: deflate"),
        page(PAGE, "Content-Encoding: identity"),
        page(PAGE, "Connection: keep-alive"),
        page(PAGE, *[f"X-{number}: y" for number in range(150)]),
        page(kind="TEXT/HTML ; Charset=UTF-8"),
    ],
)
def test_pages_arrive_in_any_of_these_ways(answer: bytes, place: Town) -> None:
    assert get(answer, place).body == PAGE


def drop_by_drop(answer: bytes) -> Behaviour:
    def send(connection: object) -> None:
        for byte in answer:
            connection.sendall(bytes([byte]))  # type: ignore[attr-defined]

    return send


def test_pieces_may_be_of_any_size(place: Town) -> None:
    assert get(drop_by_drop(page(gzip.compress(PAGE), "Content-Encoding: gzip")), place).body == PAGE


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n",
        b"nonsense",
        b"SSH-2.0-OpenSSH_9.2\r\n",
        b"220 mail.example ESMTP\r\n",
        b"\x16\x03\x01\0\x05hello",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nNo colon\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
        head("Content-Length: 10", "Content-Length: 11") + PAGE,
        head("Content-Length: 100") + PAGE,
        CHUNKED + b"zz\r\n" + PAGE,
        CHUNKED + b"-5\r\n" + PAGE,
        CHUNKED + b"5\r\n" + PAGE,
        CHUNKED + b"26\r\n" + PAGE,
        page(gzip.compress(PAGE)[:-9], "Content-Encoding: gzip"),
        page(b"no gzip", "Content-Encoding: gzip"),
        page(gzip.compress(PAGE), "Content-Encoding: br"),
        page(PAGE, *[f"X-{number}: y" for number in range(250)]),
        head(*["A: b"] * 200_000),
        head("A: " + "b" * 2_000_000),
        redirect(""),
        page(status="302 Found"),
    ],
)
def test_nonsense_ends_the_fetch(answer: bytes, place: Town) -> None:
    assert reason(answer, place) == "unreadable"


def test_a_head_of_many_lines_is_not_taken_apart(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    assert reason(head(*["A: b"] * 200_000), place) == "unreadable"
    assert "a head of too many lines" in caplog.text


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (page(b"%PDF", kind="application/pdf"), "not_html"),
        (page(b"{}", kind="application/json"), "not_html"),
        (page(b"just text", kind=None), "not_html"),
        (page(b"", kind="text/html"), "empty"),
        (head(status="204 No Content"), "empty"),
        (page(status="202 Accepted"), "empty"),
        (page(PAGE, "x-amzn-waf-action: challenge", status="202 Accepted"), "blocked"),
        (page(PAGE, "CF-Mitigated: challenge"), "blocked"),
        *[(page(status=f"{status} No"), "blocked") for status in (401, 403, 429, 451, 503, 999)],
        *[(page(status=f"{status} No"), "missing") for status in (400, 404, 410)],
        *[(page(status=f"{status} No"), "unreachable") for status in (500, 502, 504)],
    ],
)
def test_answers_without_a_page_say_why(answer: bytes, why: str, place: Town) -> None:
    assert reason(answer, place) == why


@pytest.mark.parametrize(
    ("charset", "understood"),
    [
        *(("UTF-8", "utf-8"), ('"utf8"', "utf-8"), ("ISO-8859-1", "cp1252"), ("ISO-8859-15", "iso8859-15")),
        *(("shift_jis", "shift_jis"), ("EUC-KR", "euc_kr"), ("gb2312", "gb2312"), ("windows-1251", "cp1251")),
        *(("utf-7", None), ("cp037", None), ("rot13", None), ("hex", None), ("idna", None), ("unicode_escape", None)),
        *(("", None), ("../../etc", None), ("x" * 100, None), ("é", None), ("\u0001", None)),
    ],
)
def test_only_character_sets_of_pages_are_believed(charset: str, understood: str | None) -> None:
    from wishare.core.fetching.bodies import media_type

    assert media_type(f"text/html; charset={charset}") == ("text/html", understood)


def test_a_content_type_without_end_costs_nothing() -> None:
    from wishare.core.fetching.bodies import media_type

    started = time.monotonic()
    assert media_type("text/html" + ";a" * 500_000) == ("text/html", None)
    assert time.monotonic() - started < 0.1


@pytest.mark.parametrize(
    "answer",
    [
        page(BIG * 5 + b"<p>"),
        drip(head(), BIG, 0),
        drip(head("Content-Length: 99999999999"), BIG, 0),
        drip(CHUNKED, b"100000\r\n" + BIG + b"\r\n", 0),
        page(gzip.compress(BIG * 6), "Content-Encoding: gzip"),
        page(zlib.compress(BIG * 6), "Content-Encoding: deflate"),
        drip(head("Content-Encoding: gzip"), gzip.compress(b"") * 10_000, 0),  # unpacks to nothing, for ever
        drip(CHUNKED, b"1;" + b"y" * 10_000 + b"\r\nx\r\n", 0),  # mostly wrapping
    ],
)
def test_there_is_an_end_to_size(answer: Behaviour, place: Town) -> None:
    assert reason(answer, place, 30) == "too_large"


def test_the_largest_page_still_fits(place: Town) -> None:
    body = b"<p>" + BIG * 5
    assert len(get(page(body[: len(BIG) * 5]), place).body) == len(BIG) * 5


def test_a_bomb_is_not_unpacked_to_see_how_large_it_is(place: Town) -> None:
    import tracemalloc

    bomb = gzip.compress(BIG * 200)
    tracemalloc.start()
    try:
        assert reason(page(bomb, "Content-Encoding: gzip"), place) == "too_large"
        assert tracemalloc.get_traced_memory()[1] < 20 * len(BIG)
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(
    "behaviour",
    [
        silence,
        drip(b"HTTP/1.1 200 OK\r\n", b"A", 0.05),
        drip(b"HTTP/1.1 200 OK\r\n", b"A: b\r\n", 0.05),
        drip(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.05),
        drip(head(), b"x", 0.05),
        drip(head("Content-Length: 1000000"), b"x", 0.05),
        drip(CHUNKED, b"1\r\nx\r\n", 0.05),
        drip(head("Content-Encoding: gzip"), gzip.compress(b""), 0.05),
        drip(CHUNKED + b"0\r\n", b"A: b\r\n", 0.05),
    ],
)
def test_the_deadline_holds_whatever_drips(behaviour: Behaviour, place: Town) -> None:
    started = time.monotonic()
    assert reason(behaviour, place, 0.4) == "timeout"
    assert time.monotonic() - started < 1.5


def test_the_path_is_sent_encoded_and_the_part_is_not(place: Town) -> None:
    found = fetch("  pub.example/café a?q=€%20&r=ü#part ", network=place.network)
    assert found.url == "https://pub.example/caf%C3%A9%20a?q=%E2%82%AC%20&r=%C3%BC"
    assert place.secure.paths == ["/caf%C3%A9%20a?q=%E2%82%AC%20&r=%C3%BC"]


@given(st.binary(max_size=200), st.sampled_from([b"", b"HTTP/1.1 200 OK\r\n", head(), CHUNKED]))
@settings(max_examples=150)
def test_whatever_a_server_says_it_is_a_page_or_an_error(shared: Town, said: bytes, begin: bytes) -> None:
    cache.clear()
    shared.plain.otherwise = begin + said
    try:
        found = fetch("http://pub.example/", network=shared.network, seconds=5)
    except FetchError:
        return
    assert found.status == 200


@given(st.text(max_size=60), st.sampled_from(["", "http://", "https://", "http://pub.example", "//", "http://["]))
@settings(max_examples=500)
def test_whatever_is_typed_leads_to_public_addresses_only(shared: Town, typed: str, begin: str) -> None:
    cache.clear()
    shared.plain.otherwise = page()
    try:
        fetch(begin + typed, network=shared.network, seconds=5)
    except FetchError as error:
        assert error.reason in {"refused", "unreachable"}  # noqa: PT017 (a page is as good)


def outbound(source: str) -> set[str]:
    """Modules that a file imports to reach other sites."""
    doors = {"http.client", "urllib.request", "urllib3", "requests", "httpx", "httpcore", "aiohttp", "h11", "ssl"}
    nodes = list(ast.walk(ast.parse(source)))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    names |= {
        f"{node.module}.{alias.name}" for node in nodes if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    return names & doors


def test_there_is_no_other_door() -> None:
    assert outbound("from urllib import request\nimport http.client, json") == {"urllib.request", "http.client"}
    users = {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if outbound(path.read_text())}
    assert users == {f"core/fetching/{name}.py" for name in ("__init__", "errors", "exchange", "network")}
