"""Pokes on their way to processes that share a database and no Redis."""

from django.db import models


class SentPoke(models.Model):
    """Kept for a few minutes (`table.py`)."""

    sender = models.CharField(max_length=8)
    channel = models.CharField(max_length=100)
    what = models.CharField(max_length=30)
    about = models.CharField(max_length=100, blank=True)
    sent_at = models.DateTimeField(auto_now_add=True)
