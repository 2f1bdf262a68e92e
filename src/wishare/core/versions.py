"""Version columns that the database itself keeps: whoever writes a row, through whatever door, moves its version.

A cached picture of a row is stored under the row's version, so it is never shown for a newer row. Triggers move
versions in the transaction that changes the data, for pages, jobs, bulk updates, cascades, the shell and raw SQL alike.

A version is a time, in microseconds since 2026, or one more than the version before, whichever is later. So it does not
come back either where a row is deleted for good and inserted again under its old key, or a backup is restored.

An app declares its versions in its `AppConfig`, as a tuple `versions` of `Bump`, `Keep` and `Touch`. They are installed
after every migration and when the server starts; a trigger carries a digest of its text in its name, so that one look
at the names tells whether all are there and up to date.
"""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Func
from django.db.models.sql.compiler import SQLCompiler

PREFIX = "keep_version_"
#: The time as a version, in the words of each kind of database. SQLite's clock has milliseconds.
NOW = {
    "postgresql": "((EXTRACT(EPOCH FROM clock_timestamp()) - 1767225600) * 1000000)::bigint",
    "sqlite": "CAST((julianday('now') - 2461041.5) * 86400000 AS INTEGER) * 1000",
}


class Now(Func):
    """The version that a row begins with."""

    arity = 0
    output_field = models.BigIntegerField()

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, *_: Any, **__: Any) -> tuple[str, Any]:
        return NOW[connection.vendor], []  # a list, as migrations add to it


class VersionField(models.BigIntegerField):  # type: ignore[type-arg]
    """A column for a version, which an app's `versions` say how to move."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"editable": False, "db_default": Now(), **options})


@dataclass(frozen=True)
class Bump:
    """Writing any column of a row moves the row's own `column`, except for the columns `apart`."""

    model: str
    column: str = "version"
    apart: tuple[str, ...] = ()


@dataclass(frozen=True)
class Keep:
    """A row that is saved from an old copy does not move `column` back; its own triggers are elsewhere."""

    model: str
    column: str


@dataclass(frozen=True)
class Touch:
    """Adding, removing or writing a row moves `column` of the row that its foreign key `key` points to.

    With `only`, just a new value in that column does; otherwise writing any, except for the columns `apart`.
    `when` is a condition on the row, in SQL with `{row}` for its name. `on` names another model that has the same
    keys as the one that `key` points to.
    """

    model: str
    key: str
    column: str = "version"
    apart: tuple[str, ...] = ()
    only: str = ""
    when: str = ""
    on: str = ""


@dataclass(frozen=True)
class Trigger:
    """One trigger as a database wants it: when it fires (`BEFORE UPDATE OF a, b`, if a condition
    holds) and what it does."""

    table: str
    event: str
    body: str
    condition: str = ""

    @property
    def name(self) -> str:
        text = "\n".join((self.table, self.event, self.body, self.condition))
        return PREFIX + hashlib.sha256(text.encode()).hexdigest()[:16]


def install(using: str = "default") -> bool:
    """Makes the database's triggers those that are declared. Returns whether anything had to be done."""
    connection = connections[using]
    wanted = {trigger.name: trigger for trigger in declared(connection.vendor)}
    found = _installed(connection)
    if found.keys() == wanted.keys():
        return False
    with transaction.atomic(using), connection.cursor() as cursor:
        for name in found.keys() - wanted.keys():
            cursor.execute(_drop(connection.vendor, name, found[name]))
        for name in wanted.keys() - found.keys():
            for statement in _create(connection.vendor, wanted[name]):
                cursor.execute(statement)
    return True


def remove(using: str = "default") -> None:
    """Takes all triggers away, so that migrations can change the columns they name."""
    connection = connections[using]
    with transaction.atomic(using), connection.cursor() as cursor:
        for name, table in _installed(connection).items():
            cursor.execute(_drop(connection.vendor, name, table))


def declared(vendor: str) -> Iterator[Trigger]:
    """The triggers of all apps, in the words of one kind of database."""
    for app in apps.get_app_configs():
        for rule in getattr(app, "versions", ()):
            yield from MAKERS[type(rule)](rule, vendor)


def _bump(rule: Bump, vendor: str) -> Iterator[Trigger]:
    table, columns = _written(rule.model, (rule.column, *rule.apart))
    moved = _moved(f"OLD.{rule.column}", vendor)
    yield _begin(table, rule.column, vendor)
    if vendor == "postgresql":
        yield Trigger(table, f"BEFORE UPDATE OF {columns}", f"NEW.{rule.column} = {moved}; RETURN NEW;")
    else:
        body = f"UPDATE {table} SET {rule.column} = {moved} WHERE id = NEW.id;"  # noqa: S608 (our own names)
        yield Trigger(table, f"AFTER UPDATE OF {columns}", body)


def _keep(rule: Keep, vendor: str) -> Iterator[Trigger]:
    table, column = apps.get_model(rule.model)._meta.db_table, rule.column
    yield _begin(table, column, vendor)
    if vendor == "postgresql":
        body = f"NEW.{column} = GREATEST(OLD.{column}, NEW.{column}); RETURN NEW;"
        yield Trigger(table, f"BEFORE UPDATE OF {column}", body)
    else:
        body = f"UPDATE {table} SET {column} = OLD.{column} WHERE id = NEW.id;"  # noqa: S608 (our own names)
        yield Trigger(table, f"AFTER UPDATE OF {column}", body, f"NEW.{column} < OLD.{column}")


def _begin(table: str, column: str, vendor: str) -> Trigger:
    """A row that is inserted with an old version, as a copy of one that is gone, gets a new one."""
    now = NOW[vendor]
    if vendor == "postgresql":
        return Trigger(table, "BEFORE INSERT", f"NEW.{column} = GREATEST(NEW.{column}, {now}); RETURN NEW;")
    later = f"{now} + 1000 + abs(random() % 1000)"  # than what the row before may have got in this millisecond
    body = f"UPDATE {table} SET {column} = {later} WHERE id = NEW.id;"  # noqa: S608 (our own names)
    return Trigger(table, "AFTER INSERT", body, f"NEW.{column} < {now}")


def _touch(rule: Touch, vendor: str) -> Iterator[Trigger]:
    field = apps.get_model(rule.model)._meta.get_field(rule.key)
    parent = apps.get_model(rule.on) if rule.on else field.related_model
    key, (table, columns) = field.column, _written(rule.model, rule.apart)
    moved = _moved(rule.column, vendor)
    move = f"UPDATE {parent._meta.db_table} SET {rule.column} = {moved} WHERE id"  # noqa: S608 (our own names)
    end = " RETURN NULL;" if vendor == "postgresql" else ""
    if rule.only:
        condition = f"NEW.{rule.only} > OLD.{rule.only}"
        yield Trigger(table, f"AFTER UPDATE OF {rule.only}", f"{move} = NEW.{key};{end}", condition)
        return
    old, new = rule.when.format(row="OLD"), rule.when.format(row="NEW")
    either = f"{old} OR {new}" if rule.when else ""
    yield Trigger(table, f"AFTER UPDATE OF {columns}", f"{move} IN (OLD.{key}, NEW.{key});{end}", either)
    yield Trigger(table, "AFTER INSERT", f"{move} = NEW.{key};{end}", new)
    yield Trigger(table, "AFTER DELETE", f"{move} = OLD.{key};{end}", old)


def _moved(version: str, vendor: str) -> str:
    """The next version after one."""
    later = "GREATEST" if vendor == "postgresql" else "MAX"
    return f"{later}({version} + 1, {NOW[vendor]})"


MAKERS: dict[type, Callable[[Any, str], Iterator[Trigger]]] = {Bump: _bump, Keep: _keep, Touch: _touch}


def _written(model: str, apart: tuple[str, ...]) -> tuple[str, str]:
    """A model's table, and the columns whose writing counts."""
    meta = apps.get_model(model)._meta
    columns = (field.column for field in meta.local_concrete_fields if not field.primary_key)
    return meta.db_table, ", ".join(column for column in columns if column not in apart)


def _create(vendor: str, trigger: Trigger) -> Iterator[str]:
    if vendor == "postgresql":
        yield f"CREATE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN {trigger.body} END$$"
        action = f"EXECUTE FUNCTION {trigger.name}()"
    else:
        action = f"BEGIN {trigger.body} END"
    when = f"WHEN ({trigger.condition})" if trigger.condition else ""
    yield f"CREATE TRIGGER {trigger.name} {trigger.event} ON {trigger.table} FOR EACH ROW {when} {action}"


def _drop(vendor: str, name: str, table: str) -> str:
    return f"DROP FUNCTION {name}() CASCADE" if vendor == "postgresql" else f"DROP TRIGGER {name}"


def _installed(connection: BaseDatabaseWrapper) -> dict[str, str]:
    """The table of every trigger of ours that the database has, by the trigger's name."""
    if connection.vendor == "postgresql":
        query = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE %s AND NOT tgisinternal"
    else:
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    with connection.cursor() as cursor:
        cursor.execute(query, [f"{PREFIX}%"])
        return dict(cursor.fetchall())
