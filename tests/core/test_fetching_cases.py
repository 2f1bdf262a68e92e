"""The attacks and oddities of `fetch_cases.json`, one test a case, against real servers behind a stub of names.

The file is not part of the project; METADATA_CASES says where it is. What it names by `behaviour` is written out here.
"""

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.core.fetching_behaviours import BEHAVIOURS, PUB_P
from tests.support.shops import PAGE, PUBLIC, Town, page, town
from wishare.core.fetching import Fetched, FetchError, fetch

ROOT = Path(__file__).resolve().parents[2]
FILE = Path(os.environ.get("METADATA_CASES", ROOT.parent / "shared" / "metadata-cases")) / "fetch_cases.json"
CASES = {case["id"]: case for case in json.loads(FILE.read_text())["cases"]} if FILE.exists() else {}
#: What other parts answer for: tests/metadata/test_fetched_pages.py tells these, by their ids.
ELSEWHERE = {"so-xss", "abuse-02"}
#: What takes more than one look: test_fetching_names.py, _redirects.py and _limits.py tell these, by their ids.
TOLD_APART = {
    *("dns-rebind-2", "dns-rebind-3", "dns-slow", "dns-proxy-env", "dns-netrc", "redir-method", "redir-downgrade"),
    *("so-og-image", "so-canonical", "so-oembed", "so-js-url", "resp-29", "resp-31", "resp-32"),
    *("abuse-00", "abuse-01", "abuse-06", "abuse-07", "allow-v6fallback"),
}
HERE = [
    case
    for case in CASES.values()
    if case["category"] != "parser" and case["id"] not in ELSEWHERE and case["id"] not in TOLD_APART
]

pytestmark = pytest.mark.once


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


def attempt(case: dict[str, Any], place: Town) -> Fetched | FetchError:
    """The page, or why there is none."""
    try:
        return fetch(case["target"], network=place.network, seconds=2)
    except FetchError as error:
        return error


def blocked(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    assert isinstance(result, FetchError)
    assert result.reason == "refused"
    asked_first = [(PUBLIC, 80)] if case["category"] == "redirect" else []
    assert place.connected == asked_first
    if case["category"] in {"url", "literal", "name"}:
        assert place.resolved == []


def allowed(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    assert isinstance(result, Fetched), result
    assert result.body == PAGE
    assert len(place.requests) == (2 if case["category"] == "redirect" else 1)
    assert not any("#" in request for request in place.requests)


def failing(*reasons: str, asked: int = 1) -> Callable[[Fetched | FetchError, Town, dict[str, Any]], None]:
    def check(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
        assert isinstance(result, FetchError), result
        assert result.reason in reasons
        assert len(place.requests) == asked

    return check


def encoded(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    allowed(result, place, case)
    assert place.plain.paths == ["/a", "/%C3%A9"]


def one_page(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    assert isinstance(result, Fetched), result
    assert len(place.requests) == len(place.connected) == 1
    assert not any("\r\ncookie:" in request.lower() for request in place.requests)


def ten_bytes(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    assert isinstance(result, Fetched), result
    assert len(result.body) == 10


def plain_charset(result: Fetched | FetchError, place: Town, case: dict[str, Any]) -> None:
    assert isinstance(result, Fetched), result
    assert result.charset is None


EXPECT = {
    "block_no_connect": blocked,
    "allow": allowed,
    "allow_encoded": encoded,
    "error": failing("unreadable"),
    "error_bounded": failing("unreadable", "too_large"),
    "stop_at_cap": failing("too_large"),
    "refuse_or_cap": failing("unreadable"),
    "fail_within_total_deadline": failing("timeout"),
    "read_10": ten_bytes,
    "refuse_before_body": failing("not_html"),
    "sniff_or_refuse": one_page,
    "decode_as_utf8_or_fail": plain_charset,
    "fallback": plain_charset,
    "blocked_status": failing("blocked"),
    "blocked_status_no_retry": failing("blocked"),
    "ignored": one_page,
    "not_followed_or_rechecked": one_page,
}
#: Where the same expectation has several behaviours, or means another reason.
VARIANTS = {
    "resp-21": failing("not_html"),
    "resp-27": failing("empty"),
}


def behaviours() -> Iterator[Any]:
    """Each case with each way to behave that it describes."""
    for case in HERE:
        for name, behaviour in BEHAVIOURS.get(case["id"], {"": page()}).items():
            yield pytest.param(case, behaviour, id=f"{case['id']}-{name}" if name else case["id"])


@pytest.mark.skipif(not CASES, reason="fetch_cases.json is not there; METADATA_CASES says where")
@pytest.mark.parametrize(("case", "behaviour"), list(behaviours()))
def test_case(case: dict[str, Any], behaviour: Any, place: Town) -> None:
    place.addresses |= case.get("resolver", {})
    (place.secure if case["target"].startswith("https:") else place.plain).pages |= {PUB_P: behaviour, "/a": behaviour}
    check = VARIANTS.get(case["id"]) or EXPECT[case["expect"]]
    check(attempt(case, place), place, case)


@pytest.mark.skipif(not CASES, reason="fetch_cases.json is not there; METADATA_CASES says where")
def test_every_case_that_names_a_behaviour_has_it_written_out() -> None:
    described = {case["id"] for case in HERE if "behaviour" in case or "<" in case["why"]}
    assert described == set(BEHAVIOURS)


@pytest.mark.skipif(not CASES, reason="fetch_cases.json is not there; METADATA_CASES says where")
def test_every_other_case_is_told_by_a_test_that_names_it() -> None:
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path != Path(__file__)]
    written = "\n".join(path.read_text() for path in tests)
    assert set(CASES) >= TOLD_APART | ELSEWHERE
    assert [case for case in sorted(TOLD_APART | ELSEWHERE) if case not in written] == []
