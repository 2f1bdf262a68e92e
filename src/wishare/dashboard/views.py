"""The page one comes home to."""

from django.http import HttpResponse
from django.utils import timezone

from wishare.accounts.requests import SignedInRequest
from wishare.core.flags import fragment_caching_for, previous_query_pattern_for
from wishare.core.http import render_part
from wishare.dashboard.drawing import body, previous_body
from wishare.dashboard.recording import VIEWS


def dashboard(request: SignedInRequest) -> HttpResponse:
    """One query for the versions, and the picture that is kept under them."""
    viewer, today = request.user, timezone.localdate()
    if not request.htmx:  # type: ignore[attr-defined]  # a page that is open fetches itself anew
        VIEWS.add(viewer, today)
    if previous_query_pattern_for(viewer):
        drawn = previous_body(viewer, today)
    else:
        drawn = body(viewer, today, use_cache=fragment_caching_for(viewer))
    return render_part(request, "dashboard/index.html", "home", {"body": drawn})
