"""What a test, or a look at a page inside a test, must not see of another."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core import mail
from django.core.cache import caches
from django.utils import translation

from wishare.core import flags


@contextmanager
def isolated() -> Iterator[None]:
    """Starts with empty caches, no counters of limits, which are in them, and no mail; uploads, outbox and language
    are gone afterwards. Rows are the database's: see `rolled_back`."""
    for alias in settings.CACHES:
        caches[alias].clear()
    flags.forget()
    mail.outbox.clear()
    yield
    translation.deactivate()
    for directory in (settings.MEDIA_ROOT, settings.OUTBOX_DIR):
        if directory:
            shutil.rmtree(directory, ignore_errors=True)
