"""Uploaded files follow their rows: an old picture goes when the new one is safe."""

from functools import partial

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import models, transaction


def keep_file(row: models.Model, field: str, value: "File[bytes] | bool | None") -> None:
    """Sets a picture on a row that is about to be saved: a new one, False for none, None for no change.

    The old file is deleted after commit.
    """
    if value is None or (isinstance(value, models.fields.files.FieldFile)):
        return
    discard(str(getattr(row, field)))
    setattr(row, field, value or "")


def discard(*names: str) -> None:
    """Deletes stored files after commit. Empty names are skipped."""
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name))
