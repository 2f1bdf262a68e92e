"""The page one comes home to."""

from django.http import HttpResponse
from django.shortcuts import render

from wishare.accounts.requests import SignedInRequest
from wishare.core.flags import fragment_caching_for
from wishare.dashboard.drawing import draw
from wishare.dashboard.loading import load_dashboard
from wishare.dashboard.recording import VIEWS


def dashboard(request: SignedInRequest) -> HttpResponse:
    """Rows from the database, pictures from the cache."""
    VIEWS.add(request.user)
    use_cache = fragment_caching_for(request.user)
    page = load_dashboard(request.user, use_cache=use_cache)
    return render(request, "dashboard/index.html", {"stats": page.stats, "drawn": draw(page, use_cache=use_cache)})
