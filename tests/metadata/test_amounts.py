"""Amounts as the world writes them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wishare.metadata.amounts import HIGHEST, from_markup, from_text

pytestmark = pytest.mark.once

CENTS = st.integers(min_value=1, max_value=999_999_999_99)
# Grouping and decimal marks: English, German, French (three spaces), Swiss, Brazilian with an Arabic shop's marks last.
STYLES = st.sampled_from(
    [(",", "."), (".", ","), (" ", ","), ("\u00a0", ","), ("\u202f", ","), ("'", "."), ("’", "."), ("٬", "٫")]
)
AROUND = st.sampled_from(["{}", "€{}", "{} €", "R$ {}", "CHF {}", "{} zł", "Price: {}", "jetzt nur {} EUR inkl. MwSt."])


@given(CENTS, STYLES, AROUND)
def test_what_is_written_with_cents_is_read_back(cents: int, style: tuple[str, str], around: str) -> None:
    grouping, mark = style
    written = f"{cents // 100:,}".replace(",", grouping) + f"{mark}{cents % 100:02}"
    assert from_text(around.format(written)) == Decimal(cents).scaleb(-2)


@given(
    st.integers(min_value=1, max_value=999_999_999),
    st.sampled_from([",", ".", " ", "'"]),
    st.sampled_from(["JPY", "KRW", "CLP"]),
)
def test_without_cents_a_mark_groups(amount: int, grouping: str, currency: str) -> None:
    assert from_text(f"{amount:,}".replace(",", grouping), currency) == amount


@given(CENTS)
def test_numbers_of_programs_are_read_back(cents: int) -> None:
    amount = Decimal(cents).scaleb(-2)
    assert from_markup(str(amount)) == amount
    assert from_markup(f"{amount}00") == amount
    assert from_markup(amount) == amount


@given(st.text(max_size=300))
def test_no_text_is_too_strange(text: str) -> None:
    amount = from_text(text)
    assert amount is None or 0 <= amount < HIGHEST


@given(
    st.one_of(st.none(), st.booleans(), st.floats(), st.integers(), st.lists(st.integers()), st.text(), st.decimals())
)
def test_no_value_of_markup_is_too_strange(value: object) -> None:
    amount = from_markup(value)
    assert amount is None or 0 <= amount < HIGHEST


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("$1,299.00", "1299"),
        ("1.299,00 €", "1299"),
        ("R$ 1.299,90", "1299.90"),
        ("1 299 kr", "1299"),
        ("₹1,29,999.00", "129999"),
        ("CHF 12.–", "12"),
        ("12,- €", "12"),
        ("5€99", "5.99"),
        ("$.75", "0.75"),
        ("-20 % 49,90 €", "49.90"),
        ("１２，８００円", "12800"),
        ("١٢٫٥٠ د.إ", "12.50"),
        ("49,90 € 99,00 €", "49.90"),
        ("free", None),
        ("50%", None),
        ("1e400", None),
        ("9" * 150, None),
    ],
)
def test_examples(text: str, amount: str | None) -> None:
    assert from_text(text) == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    ("value", "currency", "amount"),
    [
        ("24.990", "CLP", "24990"),
        ("24.990", "EUR", "24.99"),
        ("3.499", "ARS", "3499"),
        (3.499, "ARS", "3499"),
        ("1.250", "KWD", "1.250"),
        ("49.9000", "USD", "49.90"),
        (49.899999999999999, "EUR", "49.90"),
        (1e300, "EUR", None),
        (float("nan"), "EUR", None),
        (float("inf"), "EUR", None),
        (-5, "EUR", None),
        ("-5", "EUR", None),
        (True, "EUR", None),
    ],
)
def test_fields_for_programs(value: object, currency: str, amount: str | None) -> None:
    assert from_markup(value, currency) == (None if amount is None else Decimal(amount))
