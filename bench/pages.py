"""What pages cost beside a page with nothing on it: `bin/bench pages`.

Everything runs in this process, with the cache in its memory. Times are of requests on which nothing is counted, and
every round asks for every page once, so that a machine that slows down slows all of them. Another database has its
rounds in between, see `turns.py`.
"""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from statistics import median, quantiles

from django.core.cache import cache
from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Abs
from django.urls import reverse

from bench import mixed, people
from bench.browsing import Browser, application
from bench.goals import Goal, goals
from bench.progress import Progress
from bench.turns import Other
from bench.wishes import FIXTURE_WISHES
from tests.support.counting import counted
from wishare.access import rules
from wishare.accounts.models import User
from wishare.core import flags
from wishare.wishlists.models import Item, Wishlist

#: Requests of the mixed load for each round, and at least: with fewer nobody may have written.
LOAD, LOAD_AT_LEAST = 12, 100
#: How the switches stand for the pages «before».
BEFORE = {"previous_query_pattern": flags.EVERYONE, "fragment_caching": flags.NOBODY}
#: How much the fixture's person buys before anything is measured.
DEEDS = 5


@dataclass
class Page:
    """One row of the table. `state` is what the request finds: an empty cache, its own pictures, or neither asked."""

    name: str
    address: str
    state: str = "warm"
    signed_in: bool = True
    times: list[float] = field(default_factory=list)
    queries: int = 0
    round_trips: int = 0

    @property
    def p50(self) -> float:
        """In milliseconds, as all times."""
        return median(self.times)

    @property
    def p95(self) -> float:
        return quantiles(self.times, n=20, method="inclusive")[-1]


def rows(viewer: User) -> list[Page]:
    """The pages of the table, in order. The first is the floor."""
    own = Wishlist.objects.filter(owner=viewer, deleted_at=None)
    theirs = Wishlist.objects.filter(rules.list_shown_by_friend_of(viewer))
    return [
        Page("floor", "/bare"),
        Page("anonymous", "/bare", signed_in=False),
        Page("lists before", "/wishlists", "before"),
        Page("lists cold", "/wishlists", "cold"),
        Page("lists warm", "/wishlists"),
        Page("dashboard before", "/dashboard", "before"),
        Page("dashboard cold", "/dashboard", "cold"),
        Page("dashboard warm", "/dashboard"),
        Page("discover warm", "/discover"),
        Page("calendar warm", "/calendar"),
        Page("gifts warm", "/gifts"),
        Page("own list warm", _address(own)),
        Page("friend's list warm", _address(theirs)),
        Page("news warm", "/activity"),
        Page("friends warm", "/friends"),
    ]


def _address(lists: QuerySet[Wishlist]) -> str:
    """Of one that has about as many wishes as the fixture's, on data sets of any size."""
    wishes = Count("items", filter=Q(items__received_at=None, items__deleted_at=None))
    chosen = lists.annotate(beside=Abs(wishes - FIXTURE_WISHES)).order_by("beside", "pk")[0]
    return reverse("wishlist", args=[chosen.public_id])


@dataclass
class Measured:
    """All of a run. `others` are the same pages on another database, if there is one."""

    pages: list[Page]
    others: list[Page]
    goals: list[Goal]


def measure(rounds: int, *, against: str = "", quiet: bool = False) -> Measured:
    """The table and the goals, on a database that holds a data set; `against` is another database's place."""
    other = Other(against, rounds) if against else None
    pages = timed(rounds, before_each=other.turn if other else None, quiet=quiet)
    others = other.pages() if other else []
    with application() as handler:
        cache.clear()
        hit_rate = mixed.run(handler, max(LOAD_AT_LEAST, rounds * LOAD))
    return Measured(pages, others, goals(_medians(pages), hit_rate, _medians(others)))


def _medians(pages: list[Page]) -> dict[str, float]:
    return {page.name: page.p50 for page in pages}


def timed(rounds: int, *, before_each: Callable[[], None] | None, quiet: bool) -> list[Page]:
    """The rows with what they cost. `before_each` round, somebody else may have theirs."""
    viewer = User.objects.get(email=people.email_of(people.FIXTURE))
    _enliven(viewer)
    pages = rows(viewer)
    with application() as handler:
        browsers = {True: Browser(handler, viewer), False: Browser(handler)}
        for page in pages:
            _count(page, browsers[page.signed_in])
        progress = Progress("rounds", rounds, quiet=quiet)
        order, chance = list(pages), random.Random("rounds")  # noqa: S311 (no secrets here)
        for _round in range(rounds):
            if before_each:
                before_each()
            chance.shuffle(order)
            for page in order:
                page.times.append(_once(page, browsers[page.signed_in]))
            progress.add(1)
        progress.end(f"{rounds} rounds of {len(pages)} pages")
    return pages


def _count(page: Page, browser: Browser) -> None:
    """Once, on a request of its own: counting takes longer than the request."""
    with _state(page, browser), counted() as cost:
        browser.get(page.address)
    page.queries, page.round_trips = len(cost.queries), len(cost.cache)


def _once(page: Page, browser: Browser) -> float:
    with _state(page, browser):
        started = time.perf_counter()
        browser.get(page.address)
        return 1000 * (time.perf_counter() - started)


@contextmanager
def _state(page: Page, browser: Browser) -> Iterator[None]:
    """Everything stands as the row says, and the code of the page has just run once whatever the row."""
    before = {name: flags.set_share(name, share) for name, share in BEFORE.items()} if page.state == "before" else {}
    try:
        browser.get(page.address)
        if page.state == "cold":
            cache.clear()
            flags.forget()
        else:
            flags.share_of("fragment_caching")  # as another page of the same second would have
        yield
    finally:
        for name, share in before.items():
            flags.set_share(name, share)


def _enliven(viewer: User) -> None:
    """News for the dashboard, as those of a data set grow old: friends wish for something new, and the viewer buys
    some of what they wish for."""
    friends = [people.FIXTURE + step for step in range(1, people.FIXTURE_FRIENDS + 1)]
    for friend in friends:
        mixed.add_wish(User.objects.get(email=people.email_of(friend)))
    theirs = Item.objects.filter(wishlist__owner__email__in=map(people.email_of, friends), claims=None)
    for item in theirs.filter(mixed.ON_SHARED_LISTS).order_by("pk")[:DEEDS]:
        mixed.buy(item, viewer)
