"""What the process that workers are forked from has loaded: Django, the jobs, no connection and no thread."""

import logging

import django
from django.conf import settings
from django.core.management import call_command

django.setup()
logging.getLogger("wishare.jobs").setLevel(logging.CRITICAL)  # every death is told, which is not news here

from tests.jobs import work as _jobs  # noqa: E402, F401


def work(database: str, threads: int) -> None:
    """Becomes a worker on this database, until a signal ends it."""
    settings.DATABASES["default"]["NAME"] = database
    settings.WORKER_THREADS = threads
    from django.db import connection

    connection.settings_dict["NAME"] = database
    call_command("worker")
