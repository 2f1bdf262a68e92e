"""Sessions get a table of ours. Those that are open move there and stay open, and back again on the way back."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import django.db.models.deletion
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import migrations, models
from django.utils import timezone

USER, BACKEND = "_auth_user_id", "_auth_user_backend"
THEIRS, OURS = "allauth.account.auth_backends.AuthenticationBackend", "wishare.accounts.authentication.Backend"
A_PART = 500


def take_over(apps: Any, schema_editor: Any) -> None:
    """Sessions that have ended, that cannot be read, or whose account is gone, are nobody's and stay behind."""
    user, session = apps.get_model("accounts", "User"), apps.get_model("accounts", "Session")
    old = apps.get_model("sessions", "Session")
    for part in _parts(_open(old, OURS)):
        accounts = {str(pk) for pk in user.objects.filter(pk__in=_accounts_in(part)).values_list("pk", flat=True)}
        known = [(row, contents) for row, contents in part if contents.get(USER) in {None, *accounts}]
        session.objects.bulk_create(_rows(session, known, lambda contents: {"account_id": contents.get(USER)}))
    old.objects.all().delete()


def give_back(apps: Any, schema_editor: Any) -> None:
    old = apps.get_model("sessions", "Session")
    old.objects.all().delete()
    for part in _parts(_open(apps.get_model("accounts", "Session"), THEIRS)):
        old.objects.bulk_create(_rows(old, part, lambda contents: {}))


def _open(model: Any, backend: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The rows with their contents, as the other backend signs them in."""
    for row in model.objects.filter(expire_date__gt=timezone.now()).order_by("pk").iterator():
        contents = SessionStore().decode(row.session_data)
        if contents.get(BACKEND) in {THEIRS, OURS}:
            contents[BACKEND] = backend
        if contents:
            yield row, contents


def _accounts_in(part: list[tuple[Any, dict[str, Any]]]) -> list[str]:
    return [contents[USER] for _row, contents in part if contents.get(USER, "").isdecimal()]


def _rows(model: Any, part: list[tuple[Any, dict[str, Any]]], more: Any) -> list[Any]:
    return [
        model(
            session_key=row.session_key,
            session_data=SessionStore().encode(contents),
            expire_date=row.expire_date,
            **more(contents),
        )
        for row, contents in part
    ]


def _parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while part := list(islice(rows, A_PART)):
        yield part


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_circle_version"),
        ("sessions", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Session",
            fields=[
                (
                    "session_key",
                    models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="session key"),
                ),
                ("session_data", models.TextField(verbose_name="session data")),
                ("expire_date", models.DateTimeField(db_index=True, verbose_name="expire date")),
                (
                    "account",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessions",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "session", "verbose_name_plural": "sessions", "abstract": False},
        ),
        migrations.RunPython(take_over, give_back),
    ]
