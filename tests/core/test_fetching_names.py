"""Names, addresses and certificates: who is asked, and that it is really them."""

import gc
import socket
import ssl
import threading
import time
import warnings
from collections.abc import Iterator
from ipaddress import AddressValueError
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tests.support.shops import NAMES, PUBLIC, Shop, Town, page, server_tls, town
from wishare.core.fetching import FetchError, fetch
from wishare.core.fetching.addresses import canonical_host, is_public
from wishare.core.fetching.network import connect, internet, resolve

pytestmark = pytest.mark.once

PUBLIC_ADDRESSES = ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"]
OTHER_ADDRESSES = [
    "0.0.0.0",
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.0.0.1",
    "127.255.255.255",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.1",
    "192.0.0.9",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.1",
    "203.0.113.1",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::8.8.8.8",
    "::ffff:8.8.8.8",
    "::ffff:10.0.0.5",
    "64:ff9b::8.8.8.8",
    "64:ff9b:1::a9fe:a9fe",
    "100::1",
    "2001::1",
    "2001:0:7f00:1::",
    "2001:10::1",
    "2001:20::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:808:808::",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%eth0",
    "2606:4700:4700::1111%eth0",
    "fec0::1",
    "ff02::1",
    "ff0e::1",
    "nonsense",
    "1",
    "127.1",
]


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


def reason(url: str, place: Town, **options: float) -> str:
    """Why it was not fetched."""
    with pytest.raises(FetchError) as error:
        fetch(url, network=place.network, **options)
    return error.value.reason


def test_public_addresses_are_told_from_all_others() -> None:
    assert [address for address in PUBLIC_ADDRESSES if not is_public(address)] == []
    assert [address for address in OTHER_ADDRESSES if is_public(address)] == []


@given(st.ip_addresses(v=6).map(lambda ip: ip.packed[4:]))
def test_no_ipv6_outside_of_what_is_handed_out_is_public(rest: bytes) -> None:
    for first in ("0000", "0064", "0100", "5f00", "fc00", "fe80", "fec0", "ff02"):
        assert not is_public(socket.inet_ntop(socket.AF_INET6, bytes.fromhex(f"{first}ff9b") + rest))


@pytest.mark.parametrize("spelling", ["127.1", "0177.0.0.1", "017700000001", "0x7f000001", "0x7f.0.0.1", "2130706433"])
def test_other_spellings_of_an_address_are_no_host(spelling: str) -> None:
    with pytest.raises(AddressValueError):
        canonical_host(spelling)


def test_international_names_are_the_ones_that_browsers_ask_for() -> None:
    assert canonical_host("Straße.example") == "xn--strae-oqa.example"
    assert canonical_host("日本。example") == "xn--wgv71a.example"


@pytest.mark.parametrize("host", ["pub.example%2f@x.example", "%6c.example", "a..example", "-a.example", "a b.example"])
def test_odd_hosts_are_refused(host: str, place: Town) -> None:
    assert reason(f"http://{host}/", place) == "refused"
    assert place.resolved == []


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://pub.exa\tmple/",
            "http://pub.example\n/",
            "http://pub.example/\x00",
            "http://pub.example\\.x.example/",
        ),
        *(f"http://{'a.' * 130}example/", f"http://pub.example/#{'a' * 5000}", f"http://pub.example/{'é' * 1000}"),
    ],
)
def test_what_parsers_may_read_in_different_ways_or_at_length_is_refused(url: str, place: Town) -> None:
    assert reason(f"{url}x", place) == "refused"
    assert place.resolved == []


@pytest.mark.parametrize("answers", [[PUBLIC, "10.0.0.5"], ["10.0.0.5", PUBLIC], [PUBLIC] * 9 + ["::1"], ["127.0.0.1"]])
def test_one_private_answer_is_enough_to_refuse(answers: list[str], place: Town) -> None:
    place.addresses["pub.example"] = answers
    assert reason("http://pub.example/", place) == "refused"
    assert place.connected == []


def test_a_name_is_resolved_once_and_that_answer_is_used(place: Town) -> None:
    place.later["pub.example"] = ["127.0.0.1"]
    fetch("http://pub.example/", network=place.network)
    assert place.resolved == ["pub.example"]
    assert place.connected == [(PUBLIC, 80)]


def test_a_second_fetch_checks_the_name_again(place: Town) -> None:
    """dns-rebind-3"""
    place.later["pub.example"] = ["169.254.169.254"]
    fetch("http://pub.example/", network=place.network)
    assert reason("http://pub.example/", place) == "refused"
    assert place.connected == [(PUBLIC, 80)]


def test_the_deadline_holds_for_a_resolver_that_hangs(place: Town) -> None:
    """dns-slow"""
    done = threading.Event()
    place.resolve = lambda name: [PUBLIC] if done.wait(60) else []  # type: ignore[method-assign]
    started = time.monotonic()
    assert reason("http://slowdns.example/", place, seconds=0.5) == "timeout"
    assert time.monotonic() - started < 2
    done.set()


def test_a_thread_that_cannot_be_started_takes_no_place(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    """There are 32 places, and they are all free afterwards."""

    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    with monkeypatch.context() as patch:
        patch.setattr(threading.Thread, "start", refuse)
        assert [reason("http://pub.example/", place, seconds=0.5) for _ in range(40)] == ["timeout"] * 40
    fetch("http://pub.example/", network=place.network)


def test_unknown_names_and_empty_answers_are_unreachable(place: Town) -> None:
    place.addresses["empty.example"] = []
    assert reason("http://unknown.example/", place) == "unreachable"
    assert reason("http://empty.example/", place) == "unreachable"


def test_the_next_checked_address_is_tried(place: Town) -> None:
    """allow-v6fallback, with more broken addresses than are tried"""
    place.addresses["dual.example"] = [f"2606:4700:4700::{number}" for number in range(1, 9)] + [PUBLIC]
    place.dead = set(place.addresses["dual.example"]) - {PUBLIC}
    assert fetch("https://dual.example/", network=place.network).url == "https://dual.example/"
    assert place.connected == [("2606:4700:4700::1", 443), (PUBLIC, 443)]


def test_neither_proxies_nor_netrc_of_the_environment_are_used(
    place: Town, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """dns-proxy-env and dns-netrc"""
    (tmp_path / ".netrc").write_text("default login someone password secret\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("NETRC", str(tmp_path / ".netrc"))
    with Shop() as proxy:
        for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        fetch("http://pub.example/", network=place.network)
        fetch("https://pub.example/", network=place.network)
        assert proxy.requests == []
    assert place.connected == [(PUBLIC, 80), (PUBLIC, 443)]
    assert not any("authorization" in request.lower() for request in place.requests)


def test_tls_is_for_the_name_and_not_for_the_address(place: Town) -> None:
    """resp-31"""
    fetch("https://PUB.example./", network=place.network)
    assert place.secure.server_names == ["pub.example"]
    place.addresses["sub.pub.example"] = [PUBLIC]
    assert reason("https://sub.pub.example/", place) == "unreachable"
    assert place.secure.server_names == ["pub.example", "sub.pub.example"]
    assert len(place.requests) == 1


def test_a_certificate_of_an_unknown_authority_is_not_accepted(place: Town) -> None:
    place.tls = internet().tls
    assert reason("https://pub.example/", place) == "unreachable"
    assert place.requests == []


def test_old_tls_is_not_spoken(place: Town) -> None:
    """resp-32"""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        old = server_tls(*NAMES)
        old.minimum_version, old.maximum_version = ssl.TLSVersion.TLSv1, ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    with Shop(tls=old) as shop:
        place.secure = shop
        place.tls.set_ciphers("ALL:@SECLEVEL=0")  # only the version may stand in the way
        assert reason("https://pub.example/", place) == "unreachable"
        assert shop.requests == []
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)
            place.tls.minimum_version = ssl.TLSVersion.TLSv1
        fetch("https://pub.example/", network=place.network)  # and it does


def test_the_deadline_holds_for_a_handshake_that_hangs(place: Town) -> None:
    place.secure.before = lambda connection: time.sleep(3)
    started = time.monotonic()
    assert reason("https://pub.example/", place, seconds=0.5) == "timeout"
    assert time.monotonic() - started < 2


def test_private_addresses_are_reached_only_where_an_operator_allows_it(settings: Settings) -> None:
    with Shop({"/": page(b"<p>local")}) as shop:
        url = f"http://127.0.0.1:{shop.port}/"
        with pytest.raises(FetchError):
            fetch(url)
        settings.FETCH_ALLOW = [f"127.0.0.1:{shop.port + 1}", f"[::1]:{shop.port}"]
        with pytest.raises(FetchError):
            fetch(url)
        assert shop.requests == []
        settings.FETCH_ALLOW = [f"127.0.0.1:{shop.port}"]
        assert fetch(url).body == b"<p>local"


def test_an_allowed_port_is_not_open_on_other_addresses(place: Town, settings: Settings) -> None:
    settings.FETCH_ALLOW = ["127.0.0.1:8080"]
    assert reason("http://pub.example:8080/", place) == "refused"
    assert reason("http://127.0.0.1/", place) == "refused"
    assert place.connected == []


def test_real_names_are_looked_up_without_the_search_list(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, 0))]

    def look_up(name: str, *given: object, **named: object) -> list[object]:
        asked.append(name)
        return [*answer]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    assert resolve("pub.example") == [PUBLIC]
    assert asked == ["pub.example."]


def test_a_refused_connection_is_closed(place: Town) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(OSError, match="refused"):  # pytest makes an error of a socket that nobody closed
        connect("127.0.0.1", port, 1)
    gc.collect()
