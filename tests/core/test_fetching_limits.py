"""What a fetch may cost: how often, how many at a time, and what those outside are told about it."""

import logging
import threading
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.core.cache import caches
from pytest_django import Settings

from tests.support.shops import PAGE, PUBLIC, Town, page, redirect, town
from wishare.core import ratelimit
from wishare.core.fetching import Fetched, FetchError, fetch, limits
from wishare.core.fetching.errors import REASONS

pytestmark = pytest.mark.once


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time stands still, so that no minute ends in the middle of a test."""
    now = [1_000_000.0]
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: now[0]))
    return now


def outcomes(place: Town, url: str, users: list[int]) -> list[str]:
    """What each of a row of people got: a page or a reason."""

    def one(user: int) -> str:
        try:
            return str(fetch(url, user=user, network=place.network).status)
        except FetchError as error:
            return error.reason

    return [one(user) for user in users]


def test_a_person_may_fetch_so_often_a_minute(place: Town, clock: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    """abuse-00"""
    monkeypatch.setattr(limits, "PER_HOST", 1000)
    got = outcomes(place, "http://pub.example/", [1] * 100 + [2])
    assert got == ["200"] * 30 + ["limited"] * 70 + ["200"]
    assert len(place.connected) == 31
    clock[0] += 60
    assert outcomes(place, "http://pub.example/", [1]) == ["200"]


def test_refused_addresses_count_too(place: Town) -> None:
    assert outcomes(place, "http://127.0.0.1/", [1] * 31) == ["refused"] * 30 + ["limited"]


def test_a_host_is_asked_so_often_a_minute_whoever_wants_it(place: Town, clock: list[float]) -> None:
    """abuse-01"""
    got = outcomes(place, "http://pub.example/", list(range(100)))
    assert got == ["200"] * 60 + ["limited"] * 40
    assert outcomes(place, "http://PUB.example.:80/other", [101]) == ["limited"]
    assert len(place.requests) == 60
    clock[0] += 60
    assert outcomes(place, "http://pub.example/", [1]) == ["200"]


def test_a_redirect_counts_for_the_host_that_it_leads_to(place: Town) -> None:
    place.addresses["dual.example"] = [PUBLIC]
    place.plain.pages = {"/go": redirect("https://pub.example/")}
    outcomes(place, "http://pub.example/", list(range(59)))
    assert outcomes(place, "http://dual.example/go", [70, 71]) == ["200", "limited"]


def test_a_host_has_two_connections_at_a_time(place: Town) -> None:
    """abuse-01"""
    together, lock, most = [0], threading.Lock(), [0]

    def slow(connection: object) -> None:
        with lock:
            together[0] += 1
            most[0] = max(most[0], together[0])
        time.sleep(0.3)
        with lock:
            together[0] -= 1
        connection.sendall(page())  # type: ignore[attr-defined]

    place.plain.otherwise = slow
    with ThreadPoolExecutor(12) as pool:
        got = list(pool.map(lambda user: outcomes(place, "http://pub.example/", [user])[0], range(12)))
    assert most == [2]
    assert set(got) == {"200", "limited"}
    assert outcomes(place, "http://pub.example/", [50]) == ["200"]  # every connection was given back


def test_a_connection_is_given_back_after_a_failure(place: Town) -> None:
    place.plain.otherwise = page(status="500 Oops")
    assert outcomes(place, "http://pub.example/", [1, 2, 3, 4]) == ["unreachable"] * 4


def test_limits_are_off_where_the_operator_says_so(place: Town, settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    assert set(outcomes(place, "http://pub.example/", [1] * 70)) == {"200"}


def test_a_cache_that_forgets_lets_everything_through(place: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(caches["default"]), "add", lambda *given, **named: True)
    assert set(outcomes(place, "http://pub.example/", [1] * 70)) == {"200"}


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://someone:hunter2@pub.example/secret-path?token=hunter2", "refused"),
        ("http://pub.example:hunter2/", "refused"),
        ("http://pub．example／hunter2@x/", "refused"),
        ("http://private.example/secret-path?token=hunter2", "refused"),
        ("https://sub.pub.example/secret-path?token=hunter2", "unreachable"),
        ("http://pub.example/secret-path?token=hunter2", "missing"),
    ],
)
def test_outside_is_one_word_and_the_log_has_no_secrets(
    url: str, reason: str, place: Town, caplog: pytest.LogCaptureFixture
) -> None:
    """abuse-06"""
    caplog.set_level(logging.DEBUG)
    place.addresses["sub.pub.example"] = [PUBLIC]
    place.plain.otherwise = page(status="404 Not Found")
    with pytest.raises(FetchError) as error:
        fetch(url, user=123456, network=place.network)
    assert str(error.value) == reason
    assert "10.0.0.5" not in "".join(traceback.format_exception(error.value))
    assert len(caplog.records) == 1
    for secret in ("hunter2", "secret-path", "someone", "123456"):
        assert secret not in caplog.text


def test_the_log_says_which_address_was_refused(place: Town, caplog: pytest.LogCaptureFixture) -> None:
    """abuse-06"""
    caplog.set_level(logging.INFO)
    with pytest.raises(FetchError, match=r"^refused$"):
        fetch("http://private.example/", network=place.network)
    assert "private.example is 10.0.0.5, port 80" in caplog.text


def test_we_say_who_we_are_and_do_not_read_robots_txt(place: Town, settings: Settings) -> None:
    """abuse-07: one page on a person's word, like any preview of a link; who refuses us by status is heard"""
    settings.PUBLIC_URL = "https://wishes.example.org"
    place.plain.pages = {"/robots.txt": page(b"User-agent: *\nDisallow: /", kind="text/plain")}
    assert fetch("http://pub.example/", network=place.network).body == PAGE
    assert place.plain.paths == ["/"]
    assert "compatible; WishareLinkPreview/1.0; +https://wishes.example.org)" in place.requests[0]


def test_every_reason_is_explained() -> None:
    errors = {reason: FetchError(reason) for reason in REASONS}
    assert {error.outcome for error in errors.values()} == {"blocked", "unreachable", "not_html", "no_data"}
    assert {reason for reason, error in errors.items() if error.worth_retrying} == {"limited", "timeout", "unreachable"}


def test_what_is_fetched_can_be_compared(place: Town) -> None:
    first, second = (fetch("http://pub.example/", network=place.network) for _ in range(2))
    assert first == second == Fetched("http://pub.example/", 200, "text/html", None, PAGE)
