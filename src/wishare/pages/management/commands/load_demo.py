"""Loads the demo into an installation that is empty."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError

from wishare.pages import demo

AT_A_PUBLIC_ADDRESS = """{address} is public, and anybody can read the password of the demo: nothing was loaded.
Start without --demo, or unset WISHARE_PUBLIC_URL to try the demo here.
If strangers may use it, run: {force}"""
NOT_EMPTY = """Accounts here that do not belong to the demo: {number}. Nothing was loaded.
Start without --demo, or with an empty WISHARE_DATA_DIR to try the demo.
To put the demo next to them, run: {force}"""
FORCE = "PYTHONPATH=src .venv/bin/python -m wishare load_demo --force"


class Command(BaseCommand):
    help = "Load a small demo: six people with lists and gifts, and an admin. Does nothing when it is there already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--force",
            action="store_true",
            help="also next to other accounts or at a public address, then without the admin",
        )

    def handle(self, *args: Any, force: bool, **options: Any) -> None:
        """Raises CommandError where the demo could do harm."""
        if settings.HTTPS and not force:
            raise CommandError(AT_A_PUBLIC_ADDRESS.format(address=settings.PUBLIC_URL, force=FORCE))
        if demo.loaded():
            self.stdout.write("The demo is here already: nothing was changed.")
        elif (number := demo.other_accounts()) and not force:
            raise CommandError(NOT_EMPTY.format(number=number, force=FORCE))
        else:
            self._load(with_admin=not force)

    def _load(self, *, with_admin: bool) -> None:
        start = time.monotonic()
        self.stdout.write("Loading the demo")
        demo.load(self._tell, with_admin=with_admin)
        self.stdout.write(f"  done in {time.monotonic() - start:.1f} s")

    def _tell(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
