"""From an address to what is sold there, with real shops: asked once for everybody."""

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from django.core.cache import cache as counters
from django.db import connections

from tests.support.products import PATH, TITLE, address, product, with_product
from tests.support.shops import Shop, page, redirect, silence, slowly
from wishare.core.fetching import fetch, limits
from wishare.metadata import child
from wishare.metadata.child import CrashedError, FailedError
from wishare.metadata.lookups import InProgress, NotNow, hand_over, look_up, read_handed
from wishare.metadata.models import Extraction, Outcome

pytestmark = pytest.mark.django_db


def outcome(shop: Shop, answer: object, path: str = PATH) -> Outcome:
    shop.pages[path] = answer  # type: ignore[assignment]
    return look_up(address(shop, path), user=1).outcome


def test_a_page_is_asked_for_once_and_answers_everybody(shop: Shop) -> None:
    url = with_product(shop)
    answers = [look_up(url, user=1), look_up(f"{url}?utm_source=mail&fbclid=x#reviews", user=2)]
    assert [answer.product["title"] for answer in answers] == [TITLE, TITLE]
    assert answers[0].product["price"] == answers[1].product["price"] == Decimal("39.90")
    assert shop.paths == [PATH]
    assert Extraction.objects.get().uses == 2


def test_the_site_is_not_told_where_the_person_came_from(shop: Shop) -> None:
    look_up(address(shop, "/p?v=2&utm_source=mail&gclid=secret&id=7#mine"), user=1)
    assert shop.paths == ["/p?v=2&id=7"]
    asked = shop.requests[0].lower()
    assert not any(word in asked for word in ("cookie", "referer", "secret"))


@pytest.mark.parametrize("other", ["?id=8", "?ID=7", "/?id=7", "?id=7&size=xl"])
def test_another_page_is_another_question(shop: Shop, other: str) -> None:
    with_product(shop)
    look_up(address(shop, f"{PATH}?id=7"), user=1)
    look_up(address(shop, f"{PATH}{other}"), user=1)
    assert len(shop.paths) == 2


def test_how_it_can_end(shop: Shop) -> None:
    assert outcome(shop, page(product())) is Outcome.FOUND
    assert outcome(shop, page(b"<html><body>Hello"), "/plain") is Outcome.NO_DATA
    assert outcome(shop, page(b"%PDF-1.4", kind="application/pdf"), "/file.pdf") is Outcome.NOT_HTML
    assert outcome(shop, page(status="403 Forbidden"), "/wall") is Outcome.BLOCKED
    assert outcome(shop, page(status="404 Not Found"), "/gone") is Outcome.UNREACHABLE
    assert outcome(shop, page(status="500 Oops"), "/down") is Outcome.UNREACHABLE
    assert outcome(shop, redirect("/round"), "/round") is Outcome.UNREACHABLE
    assert look_up("https://no.such.shop.example/x", user=1).outcome is Outcome.UNREACHABLE


def test_what_is_worth_another_try(shop: Shop) -> None:
    shop.pages = {"/down": page(status="500 Oops"), "/gone": page(status="404 Not Found"), "/round": redirect("/round")}
    tries = {path: look_up(address(shop, path), user=1).worth_retrying for path in shop.pages}
    assert tries == {"/down": True, "/gone": False, "/round": True}


def test_addresses_inside_are_not_asked(shop: Shop) -> None:
    for url in ("http://127.0.0.1:1/x", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/"):
        assert look_up(url, user=1).outcome is Outcome.UNREACHABLE
    assert shop.requests == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_ask_at_once_one_asks_the_site(shop: Shop) -> None:
    url = with_product(shop)
    shop.pages[PATH] = slowly(shop.pages[PATH])

    def ask(user: int) -> str:
        try:
            return str(look_up(url, user=user).outcome)
        except InProgress:
            return "in progress"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        told = sorted(pool.map(ask, range(4)))
    assert told == ["found", *["in progress"] * 3]
    assert shop.paths == [PATH]
    assert look_up(url, user=9).outcome is Outcome.FOUND


def test_one_who_asks_too_often_has_to_wait_and_keeps_nobody_else_waiting(shop: Shop) -> None:
    url = with_product(shop)
    for _ in range(limits.PER_USER):
        limits.count("person", 1, limits.PER_USER)
    with pytest.raises(NotNow):
        look_up(url, user=1)
    assert look_up(url, user=2).outcome is Outcome.FOUND
    counters.clear()


@pytest.mark.parametrize("error", [CrashedError("x"), FailedError("x")])
def test_a_page_that_breaks_the_parser_has_nothing_to_say(
    shop: Shop, error: Exception, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object) -> None:
        raise error

    monkeypatch.setattr(child, "examine", broken)
    with caplog.at_level(logging.WARNING):
        assert look_up(with_product(shop), user=1).outcome is Outcome.NO_DATA
    assert caplog.records


def test_a_busy_parser_is_no_answer(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_: object) -> None:
        raise child.BusyError

    url = with_product(shop)
    with monkeypatch.context() as patch:
        patch.setattr(child, "examine", busy)
        with pytest.raises(NotNow):
            look_up(url, user=1)
    assert look_up(url, user=1).outcome is Outcome.FOUND


def test_a_shop_that_says_nothing_costs_a_bounded_time(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(fetch.__kwdefaults__, "seconds", 0.5)
    shop.pages[PATH] = silence
    began = time.monotonic()
    assert look_up(address(shop), user=1).outcome is Outcome.UNREACHABLE
    assert time.monotonic() - began < 5


JSON_LD = (
    '[{"@type":"Product","name":"Tea \\"pot\\" </script><script>alert(1)</script>",'
    '"offers":{"price":"12.5","priceCurrency":"GBP"}}]'
)


def test_what_a_browser_hands_over_is_read_like_any_page() -> None:
    handed = hand_over(title="Teapot | Shop", image="https://a.example/t.png", json_ld=JSON_LD)
    assert handed.html.count("<script") == 1
    answer = read_handed(handed, "https://a.example/teapot")
    assert answer.product["title"] == 'Tea "pot" alert(1)'
    assert (answer.product["price"], answer.product["currency"]) == (Decimal("12.5"), "GBP")
    assert answer.product["image_url"] == "https://a.example/t.png"
    assert not Extraction.objects.exists(), "nobody else is given one person's word"


@pytest.mark.parametrize("json_ld", ["", "nonsense", "[" * 30_000, '"</script><meta property=og:price>"', "\ud800"])
def test_nonsense_from_a_browser_is_just_no_data(json_ld: str) -> None:
    handed = hand_over(title='"><script>', image='"><b>', json_ld=json_ld)
    product = read_handed(handed, "https://a.example/x").product
    assert (product["price"], product["currency"]) == (None, None)


def test_a_large_one_is_cut() -> None:
    assert len(hand_over(title="x", image="", json_ld='"' + "y" * 900_000).html) < 60_000
