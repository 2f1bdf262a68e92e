"""Requests that cannot be meant are refused before anything else looks at them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect

from wishare.core.errors import Refused
from wishare.core.flash import refuse
from wishare.core.http import came_from

Handler = Callable[[HttpRequest], HttpResponse]


def reject_nul_bytes(get_response: Handler) -> Handler:
    """400 for a NUL in the path, the query or a cookie (as `\\000`): PostgreSQL cannot take one, no person types one.

    Form fields are left to the forms, which say it next to the field.
    """

    def handle(request: HttpRequest) -> HttpResponse:
        address = request.get_full_path()
        in_cookie = any("\x00" in value for value in request.COOKIES.values())
        if "\x00" in request.path or "%00" in address or in_cookie:
            return HttpResponseBadRequest("The request contains a character that is not allowed.")
        return get_response(request)

    return handle


class RefusalMiddleware:
    """Turns an action's refusal into a message on the page the person came from; forms catch their own before."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        refuse(request, str(exception))
        return redirect(came_from(request))
