"""Titles and descriptions: which to trust, and what to cut off."""

from __future__ import annotations

import html
import re

from wishare.metadata.page import Page, clean
from wishare.metadata.schema_org import words

AGREED = 0.5
LONGEST_TITLE = 500
LONGEST_DESCRIPTION = 5000

_SEPARATOR = re.compile(r"\s+[|·•»:–—-]+\s+|\s*[|｜]\s*|\s+::\s+|\s*[–—]\s+")
_EDGES = " |·•»:–—-｜"
_REGISTRY = re.compile(r"(?:\.(?:com?|net|org|or|ne))?\.\w+\Z")  # the .com.br of loja.com.br
_TAGS = re.compile(r"<[^<>]{1,300}>")
_SAYS_NOTHING = re.compile(
    r"(?:home|products?|shop|store|undefined|null|untitled|loading\W*|index|"
    r"[\W\d_]*)\Z",
    re.IGNORECASE,
)


def tidy(text: str | None, limit: int = LONGEST_TITLE) -> str | None:
    """Plain text in one line, without tags; entities are resolved twice, as shops escape what is escaped."""
    if not text:
        return None
    if "&" in text:
        text = html.unescape(html.unescape(text))
    if "<" in text:
        text = _TAGS.sub(" ", text)
    return clean(text)[:limit].strip() or None


def title(page: Page, stated: str | None) -> str | None:
    """What data says, else OpenGraph, the heading and <title>: the first that tells more than the shop's name."""
    document = _useful(page.title)
    social = next(
        (one for name in ("og:title", "twitter:title") for text in page.meta.get(name, ()) if (one := _useful(text))),
        None,
    )
    heading = _heading(page, [one for one in (social, document) if one])
    named = _useful(stated)
    if named and not _outvoted(named, heading, social, document):
        return named
    if social and not _is_slogan(social, heading, document, page):
        return without_site(social, page)
    return heading or (without_site(document, page) if document else social)


def _useful(text: str | None) -> str | None:
    found = tidy(text)
    return None if found is None or _SAYS_NOTHING.match(found) else found


def _heading(page: Page, others: list[str]) -> str | None:
    """The heading that agrees best with the rest of the head; the only one there is if the rest tells nothing."""
    headings = [heading for text in page.headings if (heading := _useful(text))]
    telling = [other for other in others if _own_words(other, page)]
    if telling and len(page.path) < 2:
        return None
    if not telling:
        return headings[0] if len(set(headings)) == 1 else None
    best = max(headings, key=lambda heading: _agreement(heading, telling, page), default=None)
    return best if best and _agreement(best, telling, page) >= AGREED else None


def _agreement(heading: str, others: list[str], page: Page) -> float:
    """How much of a heading the best of the others says too, the shop's name apart."""
    own = _own_words(heading, page)
    return max(len(own & words(other)) for other in others) / len(own) if own else 0.0


def _own_words(text: str, page: Page) -> set[str]:
    """The words that are not the shop's name."""
    if _in_host(re.sub(r"\W+", "", text.casefold()), page):
        return set()
    return words(text) - words(site_name(page) or "") - _host_words(page)


def _outvoted(named: str, heading: str | None, social: str | None, document: str | None) -> bool:
    """Data that no heading supports, against a head that says twice the same other thing."""
    if (
        not social
        or social != document
        or named.casefold() in social.casefold()
        or social.casefold() in named.casefold()
    ):
        return False
    return not heading or not words(named) <= words(heading)


def _is_slogan(social: str, heading: str | None, document: str | None, page: Page) -> bool:
    """Does OpenGraph speak of the shop, while heading and <title> speak of something else?"""
    site = words(site_name(page) or "") | _host_words(page)
    others = [other for other in (heading, document) if other]
    return bool(others) and all(not (words(other) & words(social)) - site and other != social for other in others)


def without_site(text: str, page: Page) -> str:
    """Without the shop's name at the end or the beginning, if something is left that says enough."""
    parts = _SEPARATOR.split(text)
    if len(parts) < 2:
        return text
    rest = text
    if _is_site(parts[-1], page):
        rest = text[: text.rindex(parts[-1])].strip(_EDGES)
    elif _is_site(parts[0], page):
        rest = text[len(parts[0]) :].strip(_EDGES)
    return rest if rest and not _SAYS_NOTHING.match(rest) and len(page.path) > 1 else text


def _is_site(part: str, page: Page) -> bool:
    named = words(part)
    squashed = re.sub(r"\W+", "", part.casefold())
    return bool(named) and (
        named <= words(site_name(page) or "") or named <= _host_words(page) or _in_host(squashed, page)
    )


def _in_host(squashed: str, page: Page) -> bool:
    host = re.sub(r"\W+", "", page.host.casefold())
    label = _REGISTRY.sub("", page.host).rpartition(".")[2].replace("-", "")
    return len(squashed) > 2 and (squashed in host or (len(label) > 3 and squashed.startswith(label)))


def _host_words(page: Page) -> set[str]:
    return {label for part in page.host.split(".") for label in part.split("-") if len(label) > 1}


def site_name(page: Page) -> str | None:
    """What the site calls itself."""
    return tidy(page.first_meta("og:site_name", "application-name", "apple-mobile-web-app-title"), 100)


def description(page: Page, stated: str | None) -> str | None:
    """What the head says to others, else what the data says: the first is a sentence, the second often a leaflet."""
    head = ("og:description", "description", "twitter:description", "dc.description")
    for text in (*[page.first_meta(name) for name in head], stated):
        if (found := tidy(text, LONGEST_DESCRIPTION)) and len(found) > 1:
            return found
    return None
