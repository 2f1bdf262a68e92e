"""All of the news, and all that oneself did: newest first, under the days they are of."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wishare.accounts.requests import SignedInRequest
from wishare.activity.fragments import pictures
from wishare.activity.queries import NEWEST, of_friends, of_oneself
from wishare.core.days import by_day
from wishare.core.flags import fragment_caching_for
from wishare.core.pagination import paginate

ACTIVITIES_A_PAGE = 20


def activity(request: SignedInRequest) -> HttpResponse:
    """News from friends; with `of=me` what oneself did."""
    viewer, today = request.user, timezone.localdate()
    own = request.GET.get("of") == "me"
    found = of_oneself(viewer) if own else of_friends(viewer, today)
    page = paginate(found, NEWEST, request.GET.get("after", ""), ACTIVITIES_A_PAGE)
    made = pictures(page, viewer, use_cache=fragment_caching_for(viewer))
    shown = request.GET.get("day", "") if request.htmx else ""  # type: ignore[attr-defined]  # more rows of a page
    days = by_day(((row.created_at, made[row.pk]) for row in page), shown)
    context = {"days": days, "next_cursor": page.next_cursor, "own": own, "today": today}
    return render(request, "activity/index.html", {**context, "yesterday": today - timedelta(days=1)})
