"""Tables of the platform itself, and what tables that pages are made from have in common."""

from collections.abc import Collection
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState


class Row(models.Model):
    """Takes what was read as it is. Django goes through every column a model has, also those that were not asked for:
    for a page that shows four of a person's thirty this is most of the work of reading it.

    There is no `__init__` and there are no signals for a row that is read; columns that were not are deferred as ever.
    """

    class Meta:
        abstract = True

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs know a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """`field_names` are those of the columns in `values`, in their order."""
        row = cls.__new__(cls)
        row._state = state = ModelState()
        state.adding, state.db = False, db
        row.__dict__.update(zip(field_names, values, strict=True))
        return row


class OutgoingMail(models.Model):
    """A mail from the moment it is written until a mail server has it.

    Apart from its job: what a mail says is nobody's to read on the page of failed jobs.
    """

    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
