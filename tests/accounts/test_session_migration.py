"""An update that brings the table of sessions signs nobody out, and neither does the way back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as OldSession
from django.core.management import call_command
from django.test import Client, override_settings
from django.utils import timezone

from tests.accounts.test_sessions import copy_of, key_of
from tests.accounts.test_signing_in import is_signed_in
from tests.support.cast import client_of, person
from wishare.accounts.middleware import LANGUAGE_IN_SESSION
from wishare.accounts.models import Session, User

pytestmark = pytest.mark.django_db(transaction=True)
OLD_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD = override_settings(
    SESSION_ENGINE="django.contrib.sessions.backends.db",
    AUTHENTICATION_BACKENDS=[OLD_BACKEND],
)


def migrate(target: str) -> None:
    call_command("migrate", "accounts", target, interactive=False, verbosity=0)


@pytest.fixture
def before() -> Iterator[None]:
    """The database of the release before."""
    migrate("0004")
    yield
    call_command("migrate", interactive=False, verbosity=0)


def signed_in_before(user: User) -> Client:
    client = Client()
    with OLD:
        client.force_login(user, OLD_BACKEND)
    return client


def visit_before(hours: int = 1, **contents: str) -> str:
    """The key of a visitor's session."""
    session = SessionStore()
    session.update(contents)
    session.set_expiry(timezone.now() + timedelta(hours=hours))
    session.create()
    return str(session.session_key)


@pytest.mark.usefixtures("before")
def test_who_was_signed_in_stays_so() -> None:
    kim, ana = person("Kim"), person("Ana")
    browsers = [signed_in_before(kim), signed_in_before(kim), signed_in_before(ana)]
    migrate("0005")
    assert all(is_signed_in(browser) for browser in browsers)
    assert [Session.objects.get(pk=key_of(browser)).account for browser in browsers] == [kim, kim, ana]
    assert not OldSession.objects.exists(), "a copy of a session outlives its end"


@pytest.mark.usefixtures("before")
def test_visitors_keep_what_they_chose_and_nobodys_sessions_stay_behind() -> None:
    gone = User.objects.create_user("gone@example.org", name="Gone")
    visitor, _ended = visit_before(**{LANGUAGE_IN_SESSION: "pt-br"}), visit_before(-1, **{LANGUAGE_IN_SESSION: "en"})
    broken = visit_before(a="b")
    OldSession.objects.filter(pk=broken).update(session_data="nothing:that:we:signed")
    signed_in_before(gone)
    User.objects.filter(pk=gone.pk)._raw_delete("default")  # a cascade would ask for the table that is not there yet
    migrate("0005")
    row = Session.objects.get()
    assert (row.pk, row.account, row.get_decoded()[LANGUAGE_IN_SESSION]) == (visitor, None, "pt-br")


@pytest.mark.usefixtures("before")
def test_more_sessions_than_are_moved_at_once() -> None:
    keys = {visit_before(number=str(number)) for number in range(3)}
    template = OldSession.objects.first()
    assert template
    more = [OldSession(f"{n:032}", template.session_data, template.expire_date) for n in range(1200)]
    OldSession.objects.bulk_create(more)
    migrate("0005")
    assert set(Session.objects.values_list("pk", flat=True)) == keys | {row.pk for row in more}


def test_the_way_back_signs_nobody_out_either() -> None:
    kim = person("Kim")
    browser = client_of(kim)
    expires = Session.objects.get().expire_date
    migrate("0004")
    try:
        with OLD:
            assert is_signed_in(copy_of(browser))
        assert OldSession.objects.get().expire_date == expires
    finally:
        call_command("migrate", interactive=False, verbosity=0)
    assert is_signed_in(browser)
