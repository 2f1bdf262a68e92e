"""A page about the API, for people."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse


def about(request: HttpRequest) -> HttpResponse:
    address = request.build_absolute_uri(reverse("api:wishlists"))
    return render(request, "pages/api.html", {"address": address, "calls": settings.API_CALLS_A_MINUTE})
