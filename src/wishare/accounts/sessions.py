"""Sessions in the database that bring their account along: one query for both, and it is asked in every request."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import CreateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import IntegrityError
from django.db.models import QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from wishare.accounts.models import Session, User
from wishare.core.prepared import Prepared

#: What else the query of every request brings along for the account, by the name it gets there. An app that needs it
#: puts it in when it is ready; it must cost next to nothing.
BROUGHT_ALONG: dict[str, Callable[[], Combinable]] = {}


def _open(key: str, now: datetime) -> QuerySet[Session]:
    sessions = Session.objects.filter(session_key=key, expire_date__gt=now).select_related("account")
    return sessions.annotate(**{name: make() for name, make in BROUGHT_ALONG.items()})


open_sessions = Prepared(_open, key=str, now=datetime)


class SessionStore(db.SessionStore):
    """Django's, with the account that the contents name in a column beside them.

    The column is for joining alone: the contents are signed and say who is signed in. The signature is salted with the
    name of this class, which is therefore Django's.
    """

    account: User | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        found = open_sessions(key=self.session_key, now=timezone.now())
        if not found:
            self._session_key = None
            return {}
        self.account = found[0].account
        for name in BROUGHT_ALONG if self.account else ():
            setattr(self.account, name, getattr(found[0], name))
        return self.decode(found[0].session_data)

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row: Session = super().create_model_instance(data)  # type: ignore[assignment]  # of the class above
        row.account_id = data.get(SESSION_KEY)
        return row

    def save(self, must_create: bool = False) -> None:
        """An account that is deleted meanwhile ends its session like a sign-out elsewhere: the answer is 400."""
        try:
            super().save(must_create)
        except (CreateError, IntegrityError) as error:
            if must_create and self.exists(self.session_key or ""):  # the key is taken: Django tries another
                raise
            raise SessionInterrupted("The account of this session was deleted.") from error
