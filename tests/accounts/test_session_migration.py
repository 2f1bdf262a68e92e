"""An update that brings the table of sessions signs nobody out, and neither does the way back."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session as OldSession
from django.core.management import call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client, override_settings
from django.utils import timezone

from tests.accounts.test_sessions import copy_of, key_of
from tests.accounts.test_signing_in import is_signed_in
from tests.support.cast import client_of, person
from wishare.accounts.middleware import LANGUAGE_IN_SESSION
from wishare.accounts.models import Session, User
from wishare.core import versions

pytestmark = pytest.mark.django_db(transaction=True)
OLD_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
OLD = override_settings(
    SESSION_ENGINE="django.contrib.sessions.backends.db",
    AUTHENTICATION_BACKENDS=[OLD_BACKEND],
)


def migrate(*target: str) -> None:
    """The tests use the models of today, which need their columns at any time; migrations bring them when they come."""
    _have_newer_column(False)
    call_command("migrate", *target, interactive=False, verbosity=0)
    _have_newer_column(True)


def _have_newer_column(wanted: bool) -> None:
    at, newer = ("accounts", "0006_time_zone"), User._meta.get_field("time_zone")
    if at in MigrationRecorder(connection).applied_migrations() or _has_column(newer.column) == wanted:
        return
    versions.remove()
    with connection.schema_editor() as editor:
        (editor.add_field if wanted else editor.remove_field)(User, newer)
    if wanted:
        versions.install()


def _has_column(name: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {User._meta.db_table} LIMIT 0")
        return name in {column[0] for column in cursor.description}


@pytest.fixture
def before() -> Iterator[None]:
    """The database of the release before."""
    migrate("accounts", "0004")
    yield
    migrate()


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
    migrate("accounts", "0005")
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
    migrate("accounts", "0005")
    row = Session.objects.get()
    assert (row.pk, row.account, row.get_decoded()[LANGUAGE_IN_SESSION]) == (visitor, None, "pt-br")


@pytest.mark.usefixtures("before")
def test_more_sessions_than_are_moved_at_once() -> None:
    keys = {visit_before(number=str(number)) for number in range(3)}
    template = OldSession.objects.first()
    assert template
    more = [OldSession(f"{n:032}", template.session_data, template.expire_date) for n in range(1200)]
    OldSession.objects.bulk_create(more)
    migrate("accounts", "0005")
    assert set(Session.objects.values_list("pk", flat=True)) == keys | {row.pk for row in more}


def test_the_way_back_signs_nobody_out_either() -> None:
    kim = person("Kim")
    browser = client_of(kim)
    expires = Session.objects.get().expire_date
    migrate("accounts", "0004")
    try:
        with OLD:
            assert is_signed_in(copy_of(browser))
        assert OldSession.objects.get().expire_date == expires
    finally:
        migrate()
    assert is_signed_in(browser)
