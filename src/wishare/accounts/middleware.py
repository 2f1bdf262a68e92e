"""The language of a page: chosen here and now, else the account's, else the browser's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

LANGUAGE_IN_SESSION = "language"


class AccountLocaleMiddleware(LocaleMiddleware):
    """Django's, with the account's language between the cookie and the browser.

    Signing in copies the account's language into the session, so that it costs no query here.
    """

    def process_request(self, request: HttpRequest) -> Any:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) or request.session.get(LANGUAGE_IN_SESSION)
        if not chosen or not translation.check_for_language(chosen):
            return super().process_request(request)
        translation.activate(chosen)
        request.LANGUAGE_CODE = translation.get_language()
        return None
