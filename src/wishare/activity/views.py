"""All of the news, and all that oneself did: newest first, under the days they are of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.accounts.requests import SignedInRequest
from wishare.activity.fragments import pictures
from wishare.activity.models import Activity
from wishare.activity.queries import NEWEST, of_friends, of_oneself
from wishare.core.flags import fragment_caching_for
from wishare.core.pagination import Page, paginate

ACTIVITIES_A_PAGE = 20


@dataclass(frozen=True)
class Day:
    """The pictures of a day's activities. `continued`: the rows above these, already on the screen, have its name."""

    date: date
    activities: list[SafeString]
    continued: bool


def activity(request: SignedInRequest) -> HttpResponse:
    """News from friends; with `of=me` what oneself did."""
    viewer, today = request.user, timezone.localdate()
    own = request.GET.get("of") == "me"
    page, made = feed(viewer, own=own, after=request.GET.get("after", ""))
    shown = request.GET.get("day", "") if request.htmx else ""  # type: ignore[attr-defined]  # more rows of a page
    context = {"days": by_day(page, made, shown), "next_cursor": page.next_cursor, "own": own, "today": today}
    return render(request, "activity/index.html", {**context, "yesterday": today - timedelta(days=1)})


def feed(viewer: User, *, own: bool, after: str = "") -> tuple[Page[Activity], dict[int, SafeString]]:
    """A page of rows, and the picture of each."""
    found = of_oneself(viewer) if own else of_friends(viewer, timezone.localdate())
    page = paginate(found, NEWEST, after, ACTIVITIES_A_PAGE)
    return page, pictures(page, viewer, use_cache=fragment_caching_for(viewer))


def by_day(rows: Iterable[Activity], made: dict[int, SafeString], shown: str) -> list[Day]:
    """Activities in the order given, under their days; `shown` is the day above, as «2027-01-31»."""
    days = groupby(rows, key=lambda row: timezone.localdate(row.created_at))
    return [Day(day, [made[row.pk] for row in rows], day.isoformat() == shown) for day, rows in days]
