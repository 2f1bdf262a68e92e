"""Pages for admins; `access/routes.py` keeps everybody else out."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from wishare.accounts.requests import SignedInRequest
from wishare.staff.growth import grow
from wishare.staff.queries import registrations

SPANS = (30, 90, 365)


def growth(request: SignedInRequest) -> HttpResponse:
    """Registrations per day and role; a span that is not offered is the shortest."""
    days = next((span for span in SPANS if str(span) == request.GET.get("days")), SPANS[0])
    growth = grow(registrations(days=days), days=days, today=timezone.localdate())
    return render(request, "staff/growth.html", {"growth": growth, "days": days, "spans": SPANS})
