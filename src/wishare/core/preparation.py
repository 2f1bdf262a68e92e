"""What comes before the first request: compiled catalogs, a migrated database, collected static files."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from wishare.core import catalogs, flags, versions
from wishare.core.alone import alone
from wishare.core.facts import Fact, happened


@dataclass(frozen=True)
class ServerPrepared(Fact):
    """A process is about to serve. What it keeps in its own memory is still empty."""


def prepare(output: OutputWrapper, *, demo: bool) -> None:
    """Do what is not done yet; a start without changes takes no time here. Others that start wait meanwhile."""
    with alone(lambda: _say_that_we_wait(output)):
        catalogs.compile_changed()
        if is_behind():
            call_command("migrate", interactive=False)
        begin_versions()
        collect_static(output)
        if demo:
            call_command("load_demo")
    with transaction.atomic():
        happened(ServerPrepared())


def _say_that_we_wait(output: OutputWrapper) -> None:
    output.write("Waiting: another process is preparing the database or the static files.")
    output.flush()


def begin_versions(using: str = "default") -> None:
    """Installs the triggers. If some were missing, writes may have passed them by, and what was kept since is old."""
    if versions.install(using) and get_user_model().objects.using(using).exists():
        flags.clear_caches()


def is_behind() -> bool:
    """Does a migration wait to be applied?"""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def collect_static(output: OutputWrapper) -> None:
    """Collect, hash and compress the static files if a source changed since the last time."""
    if settings.DEBUG:
        return
    root = Path(settings.STATIC_ROOT)
    stamp = root / ".stamp"
    state = sources_state()
    if stamp.is_file() and stamp.read_text() == state:
        return
    output.write("Collecting static files … ", ending="")
    output.flush()
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    stamp.write_text(state)
    output.write("done")


def sources_state() -> str:
    """A digest of where the static files come from: place, size and time of each."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in sorted(finder.list([]), key=lambda found: found[0]):
            status = Path(storage.path(name)).stat()
            digest.update(f"{storage.path(name)}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()
