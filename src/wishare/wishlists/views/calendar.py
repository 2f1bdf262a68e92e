"""The calendar: what is coming up among friends, month by month, and what has been."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.accounts.requests import SignedInRequest
from wishare.core.caching import Fragment, render_fragments
from wishare.core.flags import fragment_caching_for
from wishare.wishlists.loading import audience_of
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries.calendar import page_of_events

EVENTS_A_PAGE = 30
EVENT = "wishlists/calendar_event.html"


@dataclass(frozen=True)
class Month:
    """The pictures of a month's events. `continued`: the rows above these, already on the screen, have its name."""

    first: date
    events: list[SafeString]
    continued: bool


def calendar(request: SignedInRequest) -> HttpResponse:
    past = request.GET.get("past") == "1"
    page = page_of_events(request.user, request.GET.get("after", ""), EVENTS_A_PAGE, past=past)
    shown = request.GET.get("month", "") if request.htmx else ""  # type: ignore[attr-defined]  # more rows of a page
    made = pictures(page, request.user, use_cache=fragment_caching_for(request.user))
    months = by_month(page, made, shown)
    context = {"months": months, "next_cursor": page.next_cursor, "past": past}
    return render(request, "wishlists/calendar.html", context)


def by_month(lists: Iterable[Wishlist], made: dict[int, SafeString], shown: str) -> list[Month]:
    """Events in the order given, under the months they are in; `shown` is the month above, as «2027-01»."""
    months = groupby(lists, key=lambda row: (row.event_date or date.min).replace(day=1))
    return [Month(first, [made[row.pk] for row in rows], f"{first:%Y-%m}" == shown) for first, rows in months]


def pictures(lists: Iterable[Wishlist], viewer: User, *, use_cache: bool = True) -> dict[int, SafeString]:
    """One row of the calendar a list, by its primary key. Nothing has to be loaded for those that are not cached."""
    by_pk = {wishlist.pk: wishlist for wishlist in lists}
    fragments = {pk: _fragment(wishlist, viewer) for pk, wishlist in by_pk.items()}
    return render_fragments(fragments, lambda pks: {pk: {"list": by_pk[pk]} for pk in pks}, use_cache=use_cache)


def _fragment(wishlist: Wishlist, viewer: User) -> Fragment:
    owner = wishlist.owner
    rows = ("list", wishlist.pk, wishlist.version, "owner", owner.pk, owner.version)
    return Fragment(EVENT, audience_of(wishlist, viewer), rows)
