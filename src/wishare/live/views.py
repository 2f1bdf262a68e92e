"""Where a browser gets its ticket for the event stream."""

from django.http import JsonResponse

from wishare.accounts.requests import SignedInRequest
from wishare.live import tickets
from wishare.live.channels import allowed_to


def ticket(request: SignedInRequest) -> JsonResponse:
    """For the lists that the browser's pages show (`list`, again and again) and for news of friends (`news`)."""
    channels = allowed_to(request.user, lists=request.GET.getlist("list"), news="news" in request.GET)
    signed = tickets.issue(request.user.public_id, channels)
    return JsonResponse({"ticket": signed, "seconds": tickets.LIFE_SECONDS}, headers={"Cache-Control": "no-store"})
