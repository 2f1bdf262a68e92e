"""Holds every request against the table of routes before its view runs."""

from collections.abc import Callable
from contextlib import suppress
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from wishare.access.routes import OPEN_TO_VISITORS, ROUTES, Who
from wishare.core.flash import refuse
from wishare.core.http import BY_ITSELF, came_from, fetched_by_itself

#: What htmx takes for the last answer to a part that asks again and again.
STOP_POLLING = 286


class RouteAccessMiddleware:
    """405 for a method the route does not take, the sign-in page for visitors where an account is needed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        route = ROUTES[request.resolver_match.view_name]  # type: ignore[union-attr]
        if ("GET" if request.method == "HEAD" else request.method) not in route.methods:
            return HttpResponseNotAllowed(route.methods)
        if route.who is Who.LOOPBACK and not from_this_computer(request):
            raise Http404
        if _is_of_another(request):
            return _stays(request)
        if route.who not in OPEN_TO_VISITORS and not request.user.is_authenticated:
            return _to_sign_in(request)
        if route.who is Who.STAFF and not request.user.is_staff:
            raise Http404
        return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    """The sign-in page, and from there back to the page the person was on, where the browser has what was typed."""
    part = bool(request.htmx)  # type: ignore[attr-defined]  # htmx would put the sign-in page where a part belongs
    reads = request.method in {"GET", "HEAD"}
    if not reads:
        refuse(request, _("You were signed out meanwhile, so this was not saved. Sign in to go on."))
    response = redirect_to_login(request.get_full_path() if reads and not part else _page_before(request))
    return HttpResponse(headers={"HX-Redirect": response["Location"]}) if part else response


def _is_of_another(request: HttpRequest) -> bool:
    """Whether a page that refreshes itself was drawn for somebody who is signed in no more."""
    if not fetched_by_itself(request):
        return False
    return request.headers[BY_ITSELF] != (request.user.public_id if request.user.is_authenticated else "")


def _stays(request: HttpRequest) -> HttpResponse:
    """A message beside what is shown, with the way to the sign-in page: the page is not taken away from whoever reads
    it, writes in it, or is about to leave it, and shows nothing of what others may see."""
    html = render_to_string("components/signed_out.html", {"sign_in": redirect_to_login(_page_before(request)).url})
    where = {"HX-Retarget": "#messages", "HX-Reswap": "innerHTML", "HX-Reselect": ".toast"}
    return HttpResponse(html, status=STOP_POLLING, headers=where)


def _page_before(request: HttpRequest) -> str:
    """The page with the form. One that came back with errors may have an address that takes no GET."""
    page = urlsplit(came_from(request))
    with suppress(Resolver404):
        if "GET" in ROUTES[resolve(page.path).view_name].methods:
            return page._replace(scheme="", netloc="").geturl()
    return resolve_url("home")


def from_this_computer(request: HttpRequest) -> bool:
    """A browser on the machine that serves, with no proxy in between."""
    direct = "HTTP_X_FORWARDED_FOR" not in request.META and "HTTP_FORWARDED" not in request.META
    return direct and not settings.HTTPS and ip_address(request.META["REMOTE_ADDR"]).is_loopback
