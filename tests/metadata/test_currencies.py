"""A currency is known or it is not; it is never guessed."""

from __future__ import annotations

import pytest

from wishare.metadata import currencies

pytestmark = pytest.mark.once


@pytest.mark.parametrize(
    ("text", "local", "currency"),
    [
        ("49,90 €", None, "EUR"),
        ("R$ 49,90", None, "BRL"),
        ("US$ 49.90", "CAD", "USD"),
        ("$49.90 AUD", None, "AUD"),
        ("49.90 pln", None, "PLN"),
        ("$49.90", None, None),
        ("$49.90", "CAD", "CAD"),
        ("$49.90", "BRL", None),
        ("499 kr", None, None),
        ("499 kr", "SEK", "SEK"),
        ("499 kr", "EUR", None),
        ("¥499", "JPY", "JPY"),
        ("¥499", "CNY", "CNY"),
        ("49.90", "EUR", None),
        ("Rock 49", "ZAR", None),
    ],
)
def test_in_a_text(text: str, local: str | None, currency: str | None) -> None:
    assert currencies.in_text(text, local) == currency


@pytest.mark.parametrize(
    ("host", "currency"),
    [
        ("laden.de", "EUR"),
        ("shop.co.uk", "GBP"),
        ("loja.com.br", "BRL"),
        ("amazon.co.jp", "JPY"),
        ("amazon.com", "USD"),
        ("example.com", None),
        ("startup.io", None),
        ("fashion.co", None),
        ("localhost", None),
        ("", None),
    ],
)
def test_of_a_site(host: str, currency: str | None) -> None:
    assert currencies.of_site(host) == currency


@pytest.mark.parametrize(
    ("path", "currency"),
    [
        ("/en-gb/kettle", "GBP"),
        ("/us/en/kettle", "USD"),
        ("/de_CH/p/1", "CHF"),
        ("/au/p/1", "AUD"),
        ("/de/p/1", None),
        ("/p/1", None),
    ],
)
def test_of_a_path(path: str, currency: str | None) -> None:
    assert currencies.of_path(path) == currency


@pytest.mark.parametrize(
    ("text", "code"),
    [("eur", "EUR"), (" BRL ", "BRL"), ("€", "EUR"), ("RUR", "RUB"), ("$", None), ("XXX", None), (5, None)],
)
def test_a_code(text: object, code: str | None) -> None:
    assert currencies.code(text) == code
