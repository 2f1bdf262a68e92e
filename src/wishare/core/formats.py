"""Amounts and moments as the reader's language writes them."""

from datetime import datetime
from decimal import Decimal
from functools import cache, lru_cache
from urllib.parse import urlsplit

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime
from babel.numbers import format_currency
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

# Django's Portuguese writes the months with a capital; naming them here lets our catalog say it right.
MONTHS = (
    *(gettext_noop("January"), gettext_noop("February"), gettext_noop("March"), gettext_noop("April")),
    *(gettext_noop("May"), gettext_noop("June"), gettext_noop("July"), gettext_noop("August")),
    *(gettext_noop("September"), gettext_noop("October"), gettext_noop("November"), gettext_noop("December")),
)


def babel_locale() -> Locale:
    """The active language as Babel names it."""
    return _locale(translation.get_language() or "en")


@cache
def _locale(language: str) -> Locale:
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


def money(amount: Decimal | str | None, currency: str) -> str:
    """An amount with its currency; empty for none."""
    return "" if amount in {None, ""} else format_currency(amount, currency, locale=babel_locale())


def host(address: str) -> str:
    """The site an address belongs to, without `www.`"""
    return (urlsplit(address.strip()).hostname or "").removeprefix("www.")


def date_and_time(when: datetime) -> str:
    """A moment in the installation's time zone."""
    return _written(timezone.localtime(when).replace(tzinfo=None, microsecond=0), babel_locale())


@lru_cache(maxsize=2000)
def _written(when: datetime, locale: Locale) -> str:
    return format_datetime(when, "medium", locale=locale)
