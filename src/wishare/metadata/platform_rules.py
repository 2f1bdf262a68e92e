"""How a rule for a shop or a shop system is written."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Platform:
    """Where a system puts things, as simple selectors; the first that is there and readable counts."""

    name: str
    hosts: str = ""  # a pattern for the name of the site
    marks: tuple[bytes, ...] = ()  # any of these in the source gives the system away
    prices: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    in_cents: tuple[str, ...] = ()  # patterns for prices in scripts
    in_scripts: tuple[str, ...] = ()
    currency: str = ""  # a pattern for the currency in scripts
