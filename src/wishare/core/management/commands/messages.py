"""Keeps the translation catalog in step with the texts of the code."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from wishare.core import catalogs, hardcoded


class Command(BaseCommand):
    help = "Update the catalog from the code; --check only compares, --compile writes the binary form."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument("--check", action="store_true", help="fail on anything untranslated")
        choice.add_argument("--compile", action="store_true", help="write .mo files that are missing or old")

    def handle(self, *args: Any, check: bool, compile: bool, **options: Any) -> None:
        if compile:
            catalogs.compile_changed()
        elif check:
            self._check()
        else:
            catalogs.update(catalogs.path(), catalogs.extract())
            self.stdout.write(f"Wrote {catalogs.path()}")

    def _check(self) -> None:
        """Raises CommandError, which is exit code 1, with everything found."""
        found = catalogs.problems(catalogs.read(catalogs.path()), catalogs.extract())
        for template in catalogs.templates():
            found += [f"hard-coded: {line}" for line in hardcoded.find(template)]
        if found:
            raise CommandError("\n".join([*found, f"{len(found)} texts are not right in every language"]))
        self.stdout.write("Every text is translated")
