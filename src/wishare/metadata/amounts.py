"""Prices as people and programs write them, to numbers."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from wishare.metadata.currencies import BIG_NUMBERS, WITH_THREE_DECIMALS, WITHOUT_CENTS, find_symbol

LONGEST = 200  # characters of a text that can be a price
HIGHEST = Decimal(10000000000)  # a billion yen is a house, and a database column has an end
CENT = Decimal("0.01")

_SPACES = " \u00a0\u2009\u202f\u2007\u2002\u2003\u3000\t\r\n"
_APOSTROPHES = "'\u2019\u02bc`´"
_OTHER_DIGITS = ("٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "０１２３４５６７８９", "०१२३४५६७८९")
_TRANSLATION = {ord(digit): str(value) for row in _OTHER_DIGITS for value, digit in enumerate(row)} | {
    ord(other): usual for other, usual in zip("٫٬，．·", ".,,..", strict=True)
}
_TRANSLATION |= dict.fromkeys(map(ord, "\u200e\u200f\u00ad\u200b"), "")

# A space separates groups only before exactly three digits: «2 in 1» and «19 99» are two numbers.
_NUMBER = re.compile(
    rf"(?<!\d)(?<!\d[.,])\d+(?:[.,·{_APOSTROPHES}]\d+|[.,]?[{_SPACES}]\d{{3}}(?!\d))*(?:[.,][{_SPACES}]?\d\d(?!\d))?(?!\d|"
    rf"\s?%)"
    r"|(?<![\w.,])[.,]\d\d?(?!\d)"
)
_CENTS_AFTER_SYMBOL = re.compile(r"(?<![.,]\d)(?<![.,])(\d)([€$£])(\d\d)(?!\d|[.,]\d)")
_EXPONENT = re.compile(r"\d[eE][+-]?\d")
_DIGIT = re.compile(r"\d")
_MACHINE = re.compile(r"\d{1,15}(?:\.\d{1,12})?\Z")
_GROUPING = re.compile(rf"[{_SPACES}{_APOSTROPHES}]")


def read_price(text: str | None, hint: str | None = None) -> tuple[Decimal | None, str | None]:
    """Amount and currency text, as written, of a visible price; the hint helps where the price names no currency."""
    if text is None:
        return None, None
    return from_text(text), find_symbol(text) or find_symbol(hint or "")


def from_text(text: str, currency: str | None = None) -> Decimal | None:
    """The first amount in a text that people read; None when there is none."""
    if not _DIGIT.search(text[:LONGEST]) or _EXPONENT.search(text[:LONGEST]):
        return None
    found = _NUMBER.search(plain(text[:LONGEST]))
    return _bounded(_interpret(found.group(), currency), currency) if found else None


def plain(text: str) -> str:
    """The same price in the digits and marks that we read, and «8€90» as «8.90€»."""
    return _CENTS_AFTER_SYMBOL.sub(r"\1.\3\2", text if text.isascii() else text.translate(_TRANSLATION))


def from_markup(value: object, currency: str | None = None) -> Decimal | None:
    """The amount in a field for programs: a point begins decimals there, unless the currency makes that absurd."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        value = _written(value)
    if not isinstance(value, str) or value.lstrip().startswith("-"):
        return None
    text = value.strip()
    if not _MACHINE.match(text):
        return from_text(text, currency)
    whole, _, fraction = text.partition(".")
    if len(fraction) == 3 and _is_group(whole, fraction, currency):
        return _bounded(Decimal(whole + fraction), currency)
    return _bounded(Decimal(text), currency)


def _written(value: float | Decimal) -> str:
    """A number of JSON without exponent; nothing for what is no number and for what fills a page."""
    try:
        number = Decimal(repr(value) if isinstance(value, float) else value)
    except (InvalidOperation, ValueError):
        return ""
    return f"{number:f}" if number.is_finite() and 0 <= number < HIGHEST and number.as_tuple().exponent > -20 else ""  # type: ignore[operator]


def _is_group(whole: str, fraction: str, currency: str | None) -> bool:
    """Does «3.499» in a machine's field mean three thousand? Shops do write that, in locales with grouping points."""
    if currency in WITH_THREE_DECIMALS or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return False
    return currency in BIG_NUMBERS


def _interpret(token: str, currency: str | None) -> Decimal | None:
    """Decide which separators group and which one begins the decimals."""
    grouped = bool(_GROUPING.search(token))
    token = _GROUPING.sub("", token.replace("·", "."))
    marks = [mark for mark in token if mark in ".,"]
    if not marks:
        return Decimal(token)
    head, _, tail = token.rpartition(marks[-1])
    if _last_begins_decimals(marks, head, tail, currency, grouped=grouped):
        return Decimal(f"{_digits(head) or '0'}.{tail}")
    return Decimal(_digits(token))


def _last_begins_decimals(marks: list[str], head: str, tail: str, currency: str | None, *, grouped: bool) -> bool:
    if len(tail) != 3:
        return True
    if len(set(marks)) == 2:
        return marks.count(marks[-1]) == 1
    if len(marks) > 1:
        return False
    return grouped or len(head) > 3 or head in {"", "0"} or currency in WITH_THREE_DECIMALS


def _digits(text: str) -> str:
    return text.replace(".", "").replace(",", "")


def _bounded(amount: Decimal | None, currency: str | None) -> Decimal | None:
    """At most two decimals, three where coins have them, none where there are none; None beyond what things cost."""
    if amount is None or not 0 <= amount < HIGHEST:
        return None
    if currency in WITH_THREE_DECIMALS:
        return amount.quantize(Decimal("0.001"), ROUND_HALF_UP)
    if amount == amount.to_integral_value() and currency in WITHOUT_CENTS:
        return amount.quantize(Decimal(1))
    return amount.quantize(CENT, ROUND_HALF_UP)
