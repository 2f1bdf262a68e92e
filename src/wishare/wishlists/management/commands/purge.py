"""Removes for good what was deleted more than 30 days ago, and sessions that have ended."""

from datetime import timedelta
from typing import Any

from django.core.management import BaseCommand, call_command
from django.utils import timezone

from wishare.wishlists.actions.lists import purge_deleted

KEPT = timedelta(days=30)


class Command(BaseCommand):
    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("clearsessions")
        if rows := purge_deleted(before=timezone.now() - KEPT):
            self.stdout.write(f"Removed {rows} rows that were deleted more than {KEPT.days} days ago.")
