"""All of the news, and all that oneself did: newest first, under the days they are of."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.accounts.requests import SignedInRequest
from wishare.activity.fragments import pictures
from wishare.activity.models import Activity
from wishare.activity.queries import page_of_friends, page_of_oneself
from wishare.core.days import by_day
from wishare.core.flags import fragment_caching_for
from wishare.core.pagination import Page

ACTIVITIES_A_PAGE = 20


def activity(request: SignedInRequest) -> HttpResponse:
    """News from friends; with `of=me` what oneself did."""
    viewer, today = request.user, timezone.localdate()
    own = request.GET.get("of") == "me"
    page, made = feed(viewer, own=own, after=request.GET.get("after", ""))
    shown = request.GET.get("day", "") if request.htmx else ""  # type: ignore[attr-defined]  # more rows of a page
    days = by_day(((row.created_at, made[row.pk]) for row in page), shown)
    context = {"days": days, "next_cursor": page.next_cursor, "own": own, "today": today}
    return render(request, "activity/index.html", {**context, "yesterday": today - timedelta(days=1)})


def feed(viewer: User, *, own: bool, after: str = "") -> tuple[Page[Activity], dict[int, SafeString]]:
    """A page of rows, and the picture of each."""
    if own:
        page = page_of_oneself(viewer, after, ACTIVITIES_A_PAGE)
    else:
        page = page_of_friends(viewer, timezone.localdate(), after, ACTIVITIES_A_PAGE)
    return page, pictures(page, viewer, use_cache=fragment_caching_for(viewer))
