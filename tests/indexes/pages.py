"""Which page needs which index: each line names a page, the index, and the very function that asks for the page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from bench.people import FIXTURE
from bench.sizes import DAY, SIZES
from wishare.accounts.models import User
from wishare.activity.queries import page_of_friends, page_of_oneself
from wishare.comments.queries import talk_about
from wishare.connections import queries as connections
from wishare.core.pagination import Page as Rows
from wishare.core.pagination import paginate
from wishare.notifications.queries import page_of_told
from wishare.staff.queries import registrations
from wishare.wishlists import loading
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries import calendar, claims, discover, lists, people

A_PAGE, DEEP = 24, 20


@dataclass(frozen=True)
class Page:
    """One page, or a part of it, that is asked for so many times."""

    name: str
    indexes: tuple[str, ...]
    load: Callable[[], object]
    times: int = 1

    def __str__(self) -> str:
        return self.name


def viewer() -> User:
    """Five friends, as in the guide."""
    return User.objects.get(pk=FIXTURE)


def hub() -> User:
    """A thousand friends."""
    return User.objects.get(pk=SIZES["M"].hubs[0])


def first(found: QuerySet[Any]) -> Rows[Any]:
    """Its first page, as the views page it."""
    return paginate(found, found.query.order_by, "", A_PAGE)


def some_list() -> Wishlist:
    return Wishlist.objects.filter(owner=FIXTURE).order_by("pk")[0]


def deep_sections() -> object:
    """The public section, far behind its first page."""
    sections = loading.load_sections(viewer())
    for _ in range(DEEP):
        cursor = sections.public.next_cursor
        sections = loading.load_sections(viewer(), cursors={"public": cursor})
    return sections


CIRCLE = ("index_connections_user", "index_connections_partner")
BY_TIME = "index_wishlists_user_visibility_time"
BY_EVENT = "index_wishlists_visibility_event"
CALENDAR = "index_wishlists_event_calendar"
NEWEST = "index_wishlists_public_newest"
UPCOMING = "index_wishlists_public_upcoming"
STATUS = "index_wishlist_items_status_time"
PRICE = "index_wishlist_items_price_trending"
GIFTS = "index_wishlist_items_purchase_tracking"
GROWTH = "index_users_registration_analytics"
IN_ORDER = "index_wishlist_items_open_in_order"

#: As the pages ask, with what they wait for compiled once.
PREPARED = [
    Page("/wishlists", (BY_TIME, NEWEST, *CIRCLE), lambda: loading.load_sections(viewer())),
    Page("/wishlists?sort_by=name_asc", (BY_TIME, NEWEST), lambda: loading.load_sections(viewer(), sort_by="name_asc")),
    Page("/wishlists, public ones, page 20", (NEWEST,), deep_sections, times=DEEP + 1),
    Page("/wishlists, what a card shows of wishes", (IN_ORDER,), lambda: loading.load_wishes(range(1, 40))),
    Page("a list that one may see", (), lambda: lists.visible_list(viewer(), some_list().public_id), times=2),
    Page("a list, as its owner", (IN_ORDER, STATUS), lambda: lists.owner_items(some_list(), "")),
    Page("a list, as a giver", (IN_ORDER,), lambda: claims.giver_items(some_list(), viewer(), "")),
    Page("a list, as a visitor", (IN_ORDER,), lambda: lists.visitor_items(some_list(), "")),
    Page("a list, what is said", (), lambda: talk_about(some_list(), viewer(), counted=range(1, 60))),
    Page("a person", (), lambda: people.visible_person(viewer(), User.objects.get(pk=2).public_id), times=2),
    Page("a person's lists", (), lambda: people.page_of_lists(User(pk=2), viewer(), "", A_PAGE)),
    Page("/calendar", (CALENDAR, *CIRCLE), lambda: calendar.page_of_events(viewer(), "", A_PAGE, past=False)),
    Page("/calendar?past=1", (CALENDAR, *CIRCLE), lambda: calendar.page_of_events(viewer(), "", A_PAGE, past=True)),
    Page("/gifts", (GIFTS,), lambda: claims.gifts(viewer(), "", A_PAGE, past=False)),
    Page("/gifts?when=past", (GIFTS,), lambda: claims.gifts(viewer(), "", A_PAGE, past=True)),
    Page("/activity", (), lambda: page_of_friends(viewer(), DAY, "", A_PAGE)),
    Page("/activity?of=me", (), lambda: page_of_oneself(viewer(), "", A_PAGE)),
    Page("/notifications", (), lambda: page_of_told(viewer(), "", A_PAGE)),
    Page("/friends", CIRCLE, lambda: connections.page_of_friends(viewer(), "", A_PAGE)),
    Page("/friends, what waits", (), lambda: connections.waiting(viewer())),
]
PAGES = [
    *PREPARED,
    Page("/discover", (NEWEST,), lambda: first(discover.public_lists())),
    Page("/discover by occasion", (BY_EVENT,), lambda: first(discover.public_lists(event_type="wedding", since=DAY))),
    Page(
        "/discover by day", (UPCOMING,), lambda: first(discover.public_lists(until=DAY + timedelta(days=60), since=DAY))
    ),
    Page("/discover, wishes by price", (PRICE,), lambda: first(discover.public_items(currency="BRL", low=Decimal(20)))),
    Page("/discover, wishes of any price", (), lambda: first(discover.public_items())),
]
#: These read more: a list in memory of what many friends have, or every registration of the time in question.
LONG_PAGES = [
    Page("/wishlists with a thousand friends", (NEWEST, *CIRCLE), lambda: loading.load_sections(hub())),
    Page("/calendar with a thousand friends", (CALENDAR, *CIRCLE), lambda: first(calendar.events(hub(), DAY))),
    Page("/staff/growth", (GROWTH,), lambda: list(registrations(days=90 + (timezone.localdate() - DAY).days))),
]
