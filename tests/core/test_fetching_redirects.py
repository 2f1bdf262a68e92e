"""Redirects and second looks: every hop is checked like the first, and nothing but a redirect is followed."""

import time
from collections.abc import Iterator

import pytest

from tests.support.shops import PAGE, PUBLIC, Town, page, redirect, town
from wishare.core.fetching import FetchError, fetch

pytestmark = pytest.mark.once

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\0" * 20


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


def reason(url: str, place: Town, accept: str = "html") -> str:
    with pytest.raises(FetchError) as error:
        fetch(url, network=place.network, accept=accept)
    return error.value.reason


def test_five_redirects_are_followed_and_no_more(place: Town) -> None:
    place.plain.pages = {f"/{number}": redirect(f"/{number + 1}") for number in range(6)}
    assert fetch("http://pub.example/1", network=place.network).url == "http://pub.example/6"
    assert len(place.connected) == 6
    assert reason("http://pub.example/0", place) == "unreachable"
    assert len(place.connected) == 12


def test_a_redirect_to_itself_ends(place: Town) -> None:
    place.plain.pages = {"/": redirect("/")}
    assert reason("http://pub.example/", place) == "unreachable"


def test_a_name_that_changes_between_two_hops_is_found_out(place: Town) -> None:
    """dns-rebind-2"""
    place.plain.pages = {"/": redirect("http://pub.example/")}
    place.later["pub.example"] = ["169.254.169.254"]
    assert reason("http://pub.example/", place) == "refused"
    assert place.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "location",
    [
        *("http://127.0.0.1/", "//169.254.169.254/", "http://[::1]/", "http://localhost/", "http://private.example/"),
        *("http://2130706433/", "http://pub.example:22/", "gopher://pub.example/", "http://u:p@pub.example/"),
        *(
            "http://pub.example\\@127.0.0.1/",
            "http://[::1",
            "http://" + "a" * 5000 + ".example/",
            "javascript:alert(1)",
        ),
    ],
)
def test_no_redirect_leads_to_where_an_address_could_not(location: str, place: Town) -> None:
    place.plain.pages = {"/": redirect(location)}
    assert reason("http://pub.example/", place) == "refused"
    assert place.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_every_request_is_a_get_that_tells_nothing(status: str, place: Town) -> None:
    """redir-method"""
    to = redirect("https://pub.example/b?x=1#part", status)
    place.plain.pages = {"/": to.replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=b; Domain=example\r\n\r\n", 1)}
    found = fetch("http://pub.example/", network=place.network)
    assert (found.url, found.status, found.body) == ("https://pub.example/b?x=1", 200, PAGE)
    assert [request.split("\r\n")[0] for request in place.requests] == ["GET / HTTP/1.1", "GET /b?x=1 HTTP/1.1"]
    for request in place.requests:
        names = [line.partition(":")[0].lower() for line in request.split("\r\n")[1:] if line]
        assert names == ["host", "user-agent", "accept", "accept-encoding", "connection"]


def test_there_is_no_way_down_from_https_to_http(place: Town) -> None:
    """redir-downgrade"""
    place.secure.pages = {"/a": redirect("http://pub.example/b")}
    assert reason("https://pub.example/a", place) == "refused"
    assert place.connected == [(PUBLIC, 443)]


@pytest.mark.parametrize("status", [300, 304, 305, 306])
def test_other_statuses_are_no_redirects(status: int, place: Town) -> None:
    place.plain.pages = {"/": redirect("/b", f"{status} Something")}
    assert reason("http://pub.example/", place) == "empty"
    assert len(place.connected) == 1


def test_one_deadline_is_for_all_hops(place: Town) -> None:
    place.plain.before = lambda connection: time.sleep(0.3)
    place.plain.pages = {f"/{number}": redirect(f"/{number + 1}") for number in range(1, 4)}
    with pytest.raises(FetchError, match="timeout"):
        fetch("http://pub.example/1", network=place.network, seconds=0.8)
    assert fetch("http://pub.example/3", network=place.network, seconds=0.8).body == PAGE


def test_nothing_that_a_page_or_a_header_names_is_fetched(place: Town) -> None:
    """so-og-image, so-canonical, so-oembed, resp-29"""
    body = b"""<link rel=canonical href=http://127.0.0.1/><meta property=og:image content=http://169.254.169.254/x.png>
    <link rel=alternate type=application/json+oembed href=http://10.0.0.1/><img src=http://127.0.0.1/>"""
    headers = (
        'Alt-Svc: h2="127.0.0.1:443"',
        "Link: <http://127.0.0.1/>; rel=preload",
        "Refresh: 0; url=http://127.0.0.1/",
    )
    place.plain.pages = {"/p": page(body, *headers, "Content-Location: http://127.0.0.1/")}
    assert fetch("http://pub.example/p", network=place.network).body == body
    assert place.connected == [(PUBLIC, 80)]


@pytest.mark.parametrize(
    "address",
    [
        *("http://169.254.169.254/x.png", "http://127.0.0.1/", "javascript:alert(1)", "data:image/png;base64,AAAA"),
        *("file:///etc/passwd", "", "//pub.example/x", "http://private.example/x.png"),
    ],
)
def test_pictures_that_a_page_names_pass_the_same_guard(address: str, place: Town) -> None:
    """so-og-image, so-js-url"""
    assert reason(address, place, accept="image") == "refused"
    assert place.connected == []


def test_a_picture_is_fetched_and_judged_by_its_content(place: Town) -> None:
    place.plain.pages = {
        "/png": page(PICTURE, kind="image/png"),
        "/vague": page(PICTURE, kind="binary/octet-stream"),
        "/lie": page(PAGE, kind="image/png"),
        "/svg": page(b"<svg/>", kind="image/svg+xml"),
    }
    assert fetch("http://pub.example/png", accept="image", network=place.network).content_type == "image/png"
    assert fetch("http://pub.example/vague", accept="image", network=place.network).body == PICTURE
    for path in ("/lie", "/svg", "/page"):
        assert reason(f"http://pub.example{path}", place, accept="image") == "not_image"
    assert reason("http://pub.example/png", place) == "not_html"
