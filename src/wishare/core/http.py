"""Small things about requests and responses."""

from typing import TypeVar

from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme

Found = TypeVar("Found")
#: The header of what an open page fetches for itself: the `public_id` of the person whose page it is; empty for nobody.
BY_ITSELF = "X-By-Itself"


def came_from(request: HttpRequest, default: str = "home") -> str:
    """The page to go back to: the form's `next`, else the referring page, never another site."""
    roots = ("/", f"{request.scheme}://")  # «home» would be taken for the name of a route
    for address in (request.POST.get("next", ""), request.headers.get("Referer", "")):
        allowed = url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure())
        if allowed and address.startswith(roots):
            return address
    return resolve_url(default)


def or_404(found: Found | None) -> Found:
    """What was found. Raises Http404 when that is nothing."""
    if found is None:
        raise Http404
    return found


def fetched_by_itself(request: HttpRequest) -> bool:
    """Whether an open page refreshes a part of itself, and nobody has sent a form or followed a link: `app.js` says."""
    return BY_ITSELF in request.headers


def render_form(request: HttpRequest, template: str, form: BaseForm, **context: object) -> HttpResponse:
    """The page with its form: 422 when it was sent and something is wrong with it, so that scripts can tell."""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, template, {"form": form, **context}, status=status)


def render_part(request: HttpRequest, template: str, part: str, context: dict[str, object]) -> HttpResponse:
    """The page, or the `partialdef` alone of which htmx asks for the element with its name as id."""
    alone = f"#{part}" if request.htmx.target == part else ""  # type: ignore[attr-defined]
    return render(request, template + alone, context)
