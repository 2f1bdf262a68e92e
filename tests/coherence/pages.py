"""Pages as somebody sees them, from the cache and without it."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache as once
from random import Random

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.handlers.base import BaseHandler
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from tests.support.cast import client_of
from wishare.access.routes import OPEN_TO_VISITORS, ROUTES, Who
from wishare.accounts.models import User
from wishare.wishlists.loading import SORTS
from wishare.wishlists.models import Wishlist

VISITOR = 0
LANGUAGES = ("en", "pt-br")
#: Pages that show no rows, and those of the account alone.
WITHOUT_ROWS = ("account_", "outbox", "health", "manifest", "robots", "privacy", "home", "invitation_create")
PARTNER = ("", "&partner=true")
#: What can be asked of a page; the others have one form only.
QUERIES = {
    "wishlists": [f"?sort_by={sort_by}{partner}" for sort_by in SORTS for partner in PARTNER],
    "discover": ["", "?occasion=birthday", "?show=wishes", "?show=wishes&currency=USD"],
    "calendar": ["", "?past=1"],
}
TOKEN = re.compile(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*')


class DifferenceError(AssertionError):
    """A page from the cache is not the page."""


@dataclass(frozen=True)
class Look:
    """Somebody, by their primary key, looks at a page."""

    viewer: int
    address: str
    language: str


@once
def pages_without_id() -> dict[str, str]:
    """The address of every page that shows rows and takes no identifier, by the name of its route."""
    found = {}
    for name, route in ROUTES.items():
        if "GET" in route.methods and not name.startswith(WITHOUT_ROWS):
            try:
                found[name] = reverse(name)
            except NoReverseMatch:
                continue
    return found


@dataclass
class Browsers:
    """One for each person who has an account, and one for a visitor; requests go straight to the middleware."""

    open: dict[int, RequestFactory] = field(default_factory=lambda: {VISITOR: RequestFactory()})
    handler: BaseHandler = field(default_factory=BaseHandler)

    def __post_init__(self) -> None:
        self.handler.load_middleware()

    def sign_in(self, user: User) -> None:
        browser = RequestFactory()
        browser.cookies = client_of(user).cookies
        self.open[user.pk] = browser

    def ask(self, look: Look) -> bytes:
        """The page, without the token that is new each time."""
        response = self.response(look)
        page = TOKEN.sub(rb"\1", response.content)
        return b"%d %s\n%s" % (response.status_code, response.get("Location", "").encode(), page)

    def response(self, look: Look) -> HttpResponse:
        browser = self.open[look.viewer]
        browser.cookies[settings.LANGUAGE_COOKIE_NAME] = look.language
        with translation.override(look.language):
            answer = self.handler.get_response(browser.get(look.address))
        assert isinstance(answer, HttpResponse)
        return answer

    def compare(self, look: Look) -> None:
        """Raises when what the cache gives is not what the database gives."""
        cached = self.ask(look)
        with without_cache():
            plain = self.ask(look)
        if cached.startswith(b"500") or cached != plain:
            raise DifferenceError(f"{look}\n{_first_difference(cached, plain)}")

    def any_look(self, random: Random, about: int | None = None) -> Look:
        """Somebody at some page; often one that shows what is of the person `about`."""
        viewer = random.choice(list(self.open))
        addresses = self.addresses(viewer, random)
        if about and random.random() < 0.5:
            addresses = [address for address in addresses if address.startswith("/people/")] or addresses
        return Look(viewer, random.choice(addresses), random.choice(LANGUAGES))

    def all_looks(self, random: Random) -> Iterator[Look]:
        """Everybody at every page, each in one of its forms."""
        for viewer in list(self.open):
            for address in self.addresses(viewer, random):
                yield Look(viewer, address, random.choice(LANGUAGES))

    def addresses(self, viewer: int, random: Random) -> list[str]:
        """What this viewer may try: pages without an identifier, every person, and some list."""
        user = User.objects.filter(pk=viewer).first()
        pages = [
            f"{address}{random.choice(QUERIES.get(name, ['']))}"
            for name, address in pages_without_id().items()
            if _is_open(name, user)
        ]
        pages += [
            reverse("person", args=[name]) for name in User.objects.order_by("pk").values_list("public_id", flat=True)
        ]
        lists = list(Wishlist.objects.order_by("pk").values_list("public_id", flat=True))
        return [*pages, reverse("wishlist", args=[random.choice(lists)])] if lists else pages


@contextmanager
def without_cache() -> Iterator[None]:
    """Nothing is kept and nothing is found, in this thread."""
    kept = caches["default"]
    caches["default"] = DummyCache("none", {})
    try:
        yield
    finally:
        caches["default"] = kept


def _is_open(name: str, user: User | None) -> bool:
    who = ROUTES[name].who
    if user is None:
        return who in OPEN_TO_VISITORS
    return who is not Who.STAFF or user.is_staff


def _first_difference(cached: bytes, plain: bytes) -> str:
    place = next((at for at, pair in enumerate(zip(cached, plain, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(0, place - 200)
    return f"from the cache: …{cached[begin : place + 200]!r}\nwithout it: …{plain[begin : place + 200]!r}"
