"""Browsers that ask the application in this process: Django's WSGI handler as a server calls it, with real sessions."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from http.cookies import SimpleCookie
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.handlers.wsgi import WSGIHandler
from django.core.management.base import OutputWrapper
from django.test import Client, RequestFactory, override_settings

from bench import urls
from wishare.access.routes import ROUTES
from wishare.accounts.models import User
from wishare.core import catalogs
from wishare.core.preparation import collect_static


class FailedError(Exception):
    """A page was not shown: then there is nothing to measure."""


class Browser:
    """Somebody's, with the cookies they were given; a visitor's where `user` is None."""

    def __init__(self, application: WSGIHandler, user: User | None = None) -> None:
        self._application = application
        self._cookies: SimpleCookie = SimpleCookie()
        if user:
            client = Client()
            client.force_login(user, settings.AUTHENTICATION_BACKENDS[0])
            self._cookies = client.cookies

    def get(self, address: str) -> bytes:
        """The page, whole, after the application has done everything that belongs to the request."""
        cookies = "; ".join(f"{name}={morsel.coded_value}" for name, morsel in self._cookies.items())
        environ = RequestFactory().get(address, HTTP_COOKIE=cookies, SERVER_NAME="localhost").environ
        response = self._application(environ, self._started)
        try:
            return b"".join(response)
        finally:
            response.close()

    def _started(self, status: str, headers: list[tuple[str, str]], *_error: Any) -> Any:
        if not status.startswith("200"):
            raise FailedError(status)
        for name, value in headers:
            if name == "Set-Cookie":
                self._cookies.load(value)


@contextmanager
def application() -> Iterator[WSGIHandler]:
    """The application with the benchmark's bare page beside its own, ready to serve."""
    catalogs.compile_changed()
    collect_static(OutputWrapper(io.StringIO()))
    storage: Any = staticfiles_storage
    if hasattr(storage, "load_manifest"):
        storage.hashed_files, storage.manifest_hash = storage.load_manifest()
    with override_settings(ROOT_URLCONF="bench.urls"), patch.dict(ROUTES, urls.ROUTES):
        yield WSGIHandler()
