"""One digest of everything that decides how a picture is drawn, apart from the rows it shows."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

PACKAGE = Path(__file__).resolve().parents[2]
SOURCES = ("templates/**/*.html", "core/templatetags/*.py", "core/formats.py", "*/choices.py", "locale/**/*.po")


@cache
def source_digest() -> str:
    """Differs when a template, a tag, a format, a label, a translation or the address of a static file does.

    Worked out once a process: a new release starts with empty fragments and leaves the old ones to expire.
    """
    digest = hashlib.sha256(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    digest.update(f"{settings.STATIC_URL}\0{settings.MEDIA_URL}\0{settings.TIME_ZONE}".encode())
    for pattern in SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(f"{path.relative_to(PACKAGE)}\0".encode() + path.read_bytes())
    return digest.hexdigest()[:16]
