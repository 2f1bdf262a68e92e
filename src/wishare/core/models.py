"""Tables of the platform itself."""

from django.db import models


class OutgoingMail(models.Model):
    """A mail from the moment it is written until a mail server has it.

    Apart from its job: what a mail says is nobody's to read on the page of failed jobs.
    """

    content = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
