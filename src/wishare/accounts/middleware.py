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
        try:  # one of ours, whatever a cookie says: of each language that is activated a process keeps something
            language = translation.get_supported_language_variant(chosen or "")
        except LookupError:
            return super().process_request(request)
        translation.activate(language)
        request.LANGUAGE_CODE = translation.get_language()
        return None
