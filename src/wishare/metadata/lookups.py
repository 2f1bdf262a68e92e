"""From an address to what is sold there: asked of the cache, else of the site. For jobs; it may take a while."""

import logging
from html import escape

from wishare.core.fetching import FetchError, fetch
from wishare.core.texts import printable
from wishare.metadata import cache, child
from wishare.metadata.addresses import page_key, without_tracking
from wishare.metadata.cache import Answer
from wishare.metadata.extractor import NOTHING, Result
from wishare.metadata.models import HandedPage, Outcome

LARGEST_HANDED = 50_000
logger = logging.getLogger(__name__)


class InProgress(Exception):  # noqa: N818 (what happens)
    """Somebody else is asking for the same page; there will be an answer in a moment."""


class NotNow(Exception):  # noqa: N818 (what happened)
    """Too much is going on for another question, here or at that site."""


def look_up(url: str, *, user: int) -> Answer:
    """What is known of a page. `user` is only counted, so that nobody asks too often. Raises InProgress and NotNow."""
    key = page_key(url)
    if known := cache.recall(key):
        return known
    lease = cache.take(key)
    if lease is None:
        raise InProgress
    try:
        if known := cache.recall(key):  # somebody has answered in between
            return known
        answer = ask(url, user=user)
        cache.keep(lease, answer)
        return answer
    finally:
        cache.give_back(lease)


def ask(url: str, *, user: int) -> Answer:
    """The same from the site itself. Raises NotNow."""
    try:
        page = fetch(without_tracking(url), user=user)
    except FetchError as error:
        if error.reason == "limited":
            raise NotNow from error
        return Answer(Outcome(error.outcome), NOTHING, error.worth_retrying)
    return _answer(page.body, page.url, page.charset)


def read_handed(page: HandedPage, url: str) -> Answer:
    """What a person's browser has read, for that person alone: nobody else may be given it as the page's own words."""
    return _answer(page.html.encode(errors="replace"), url, "utf-8")


def hand_over(*, title: str, image: str, json_ld: str) -> HandedPage:
    """Keeps the parts of a page that describe a product, as a page that cannot say more than they do."""
    inert = printable(json_ld)[:LARGEST_HANDED].replace("<", "\\u003c")
    html = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:image" content="{escape(image)}">'
        f'<script type="application/ld+json">{inert}</script></head><body></body></html>'
    )
    return HandedPage.objects.create(html=html)


def _answer(html: bytes, url: str, charset: str | None) -> Answer:
    """A page that cannot be read within the limits has nothing to say. Raises NotNow."""
    try:
        result: Result = child.examine(html, url, charset)
    except child.BusyError as error:
        raise NotNow from error
    except child.FailedError:
        logger.exception("the extractor failed on a page")
        return Answer(Outcome.NO_DATA, NOTHING)
    except child.ExtractionError as error:
        logger.warning("a page was given up: %s", type(error).__name__)
        return Answer(Outcome.NO_DATA, NOTHING)
    return Answer(Outcome(result.status.value), result.product)
