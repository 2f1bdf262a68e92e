"""What is known of product pages, for everybody; and what a person's own browser has handed over."""

from django.db import models

from wishare.metadata.extractor import Status


class Outcome(models.TextChoices):
    """What came of looking at a page."""

    FOUND = Status.FOUND.value
    BLOCKED = Status.BLOCKED.value
    UNREACHABLE = "unreachable"
    NOT_HTML = Status.NOT_HTML.value
    NO_DATA = Status.NO_DATA.value


class Extraction(models.Model):
    """What one page said. It knows neither the address, of which it keeps a digest, nor who asked.

    Without an outcome nobody has an answer yet. While `leased_until` is in the future, somebody is asking the site;
    `lease` tells them from whoever takes over should they die.
    """

    key = models.CharField(max_length=64, primary_key=True)
    outcome = models.CharField(max_length=16, choices=Outcome, blank=True)
    worth_retrying = models.BooleanField(default=False)
    product = models.JSONField(default=dict)
    uses = models.PositiveIntegerField(default=0)
    used_at = models.DateTimeField(db_index=True)
    found_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(db_index=True)
    leased_until = models.DateTimeField(null=True)
    lease = models.CharField(max_length=43, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(outcome__in=["", *Outcome.values]), name="extraction_outcome_known"
            ),
        )


class HandedPage(models.Model):
    """What a person's browser read on a page, until a job has looked at it. Trusted like any stranger's page."""

    html = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)
