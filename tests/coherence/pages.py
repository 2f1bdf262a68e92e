"""Pages as somebody sees them, from the cache and without it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache as once
from functools import partial
from random import Random

from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.dummy import DummyCache
from django.core.handlers.base import BaseHandler
from django.db.models import Model
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
ABOUT_A_LIST = ("wishlist", "wishlist", "list_comments", "list_whispers")
#: No page: its answer holds the moment until which it is good, so that no two are the same.
NO_PAGE = {"live_ticket"}
PARTNER = ("", "&partner=true")
#: Against each other page, when somebody looks at any.
PEOPLE_OFTEN, LISTS_OFTEN = 5, 2
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
        if "GET" in route.methods and name not in NO_PAGE and not name.startswith(WITHOUT_ROWS):
            try:
                found[name] = reverse(name)
            except NoReverseMatch:
                continue
    return found


@dataclass
class Browsers:
    """One for each person who has an account, and one for a visitor; requests go straight to the middleware."""

    open: dict[int, RequestFactory] = field(default_factory=lambda: {VISITOR: RequestFactory()})
    staff: set[int] = field(default_factory=set)
    handler: BaseHandler = field(default_factory=BaseHandler)

    def __post_init__(self) -> None:
        self.handler.load_middleware()

    def sign_in(self, user: User) -> None:
        browser = RequestFactory()
        browser.cookies = client_of(user).cookies
        self.open[user.pk] = browser
        if user.is_staff:
            self.staff.add(user.pk)

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

    def any_look(self, random: Random) -> Look:
        """Somebody at some page."""
        viewer = random.choice(list(self.open))
        pages: list[Callable[[], str]] = [partial(_form, name, random) for name in self.pages(viewer)]
        pages += [partial(_any_person, random)] * PEOPLE_OFTEN + [partial(_any_list, random)] * LISTS_OFTEN
        return Look(viewer, random.choice(pages)(), random.choice(LANGUAGES))

    def look_about(self, person: int, random: Random) -> Look:
        """Somebody at this person's page, or this person at some page, or somebody at the dashboard."""
        what = random.choice(("person", "own", "dashboard"))
        if what == "own" and person in self.open:
            viewer, address = person, _form(random.choice(self.pages(person)), random)
        elif what == "person" and (name := User.objects.filter(pk=person).values_list("public_id", flat=True).first()):
            viewer, address = random.choice(list(self.open)), reverse("person", args=[name])
        else:
            return self.look_at_dashboard(random)
        return Look(viewer, address, random.choice(LANGUAGES))

    def look_at_dashboard(self, random: Random) -> Look:
        viewer = random.choice([viewer for viewer in self.open if viewer != VISITOR])
        return Look(viewer, pages_without_id()["dashboard"], random.choice(LANGUAGES))

    def all_looks(self, random: Random) -> Iterator[Look]:
        """Everybody at every page, each in one of its forms, at every person, and at some list."""
        people = [reverse("person", args=[name]) for name in _public_ids(User)]
        lists = [reverse("wishlist", args=[name]) for name in _public_ids(Wishlist)]
        for viewer in list(self.open):
            pages = [_form(name, random) for name in self.pages(viewer)]
            for address in [*pages, *people, *random.sample(lists, min(1, len(lists)))]:
                yield Look(viewer, address, random.choice(LANGUAGES))

    def dashboards(self) -> Iterator[Look]:
        """Everybody at theirs."""
        for viewer in list(self.open):
            if viewer != VISITOR:
                yield Look(viewer, pages_without_id()["dashboard"], LANGUAGES[0])

    def pages(self, viewer: int) -> list[str]:
        """The routes without an identifier that this viewer may try."""
        return [name for name in pages_without_id() if self._is_open(name, viewer)]

    def _is_open(self, name: str, viewer: int) -> bool:
        who = ROUTES[name].who
        if viewer == VISITOR:
            return who in OPEN_TO_VISITORS
        return who is not Who.STAFF or viewer in self.staff


@contextmanager
def without_cache() -> Iterator[None]:
    """Nothing is kept and nothing is found, in this thread."""
    kept = caches["default"]
    caches["default"] = DummyCache("none", {})
    try:
        yield
    finally:
        caches["default"] = kept


def _form(name: str, random: Random) -> str:
    """The address of a page in one of its forms."""
    return pages_without_id()[name] + random.choice(QUERIES.get(name, [""]))


def _any_person(random: Random) -> str:
    return reverse("person", args=[random.choice(_public_ids(User))])


def _any_list(random: Random) -> str:
    lists = _public_ids(Wishlist)
    route = random.choice(ABOUT_A_LIST)
    return reverse(route, args=[random.choice(lists)]) if lists else _any_person(random)


def _public_ids(model: type[Model]) -> list[str]:
    return list(model._default_manager.order_by("pk").values_list("public_id", flat=True))


def _first_difference(cached: bytes, plain: bytes) -> str:
    place = next((at for at, pair in enumerate(zip(cached, plain, strict=False)) if pair[0] != pair[1]), 0)
    begin = max(0, place - 200)
    return f"from the cache: …{cached[begin : place + 200]!r}\nwithout it: …{plain[begin : place + 200]!r}"
