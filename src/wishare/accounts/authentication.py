"""Who is signed in: found and checked as Django does it, with the row that the session brought along."""

from contextvars import ContextVar
from functools import partial
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth import middleware
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from wishare.accounts.models import User
from wishare.accounts.sessions import SessionStore

#: Set only while Django looks up the user of this session's request.
_session: ContextVar[SessionBase | None] = ContextVar("session", default=None)


class Backend(AuthenticationBackend):
    """allauth's, sparing the query for an account that is there already."""

    def get_user(self, user_id: int) -> User | None:
        session = _session.get()
        account = session.account if isinstance(session, SessionStore) else None
        if account is None or account.pk != user_id:
            found: User | None = super().get_user(user_id)
            return found
        return account if self.user_can_authenticate(account) else None


class AuthenticationMiddleware(middleware.AuthenticationMiddleware):
    """Django's, telling the backend whose request it is. Who brings a session is asked for at once: every page wants
    to know, and each use of a lazy object costs more than the thing itself."""

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        found = partial(_user_of, request)
        user: Any = found() if settings.SESSION_COOKIE_NAME in request.COOKIES else SimpleLazyObject(found)
        request.user = user


def _user_of(request: HttpRequest) -> Any:
    token = _session.set(request.session)
    try:
        return middleware.get_user(request)
    finally:
        _session.reset(token)
