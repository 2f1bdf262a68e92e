"""Shows and turns the switches. A change acts in every running process within about a second."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError

from wishare.core import flags
from wishare.core.errors import Refused


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        does = parser.add_subparsers(dest="verb", metavar="list | on | off | percent | clear-caches")
        does.add_parser("list", help="show every switch (also without an argument)")
        turn = [
            does.add_parser("on", help="for everyone"),
            does.add_parser("off", help="for nobody"),
            does.add_parser("percent", help="for a share of the people, always the same ones"),
        ]
        for parser_of_verb in turn:
            parser_of_verb.add_argument("name", choices=list(flags.SWITCHES))
        turn[-1].add_argument("share", type=int, metavar="N", help="0 to 100")
        does.add_parser("clear-caches", help="draw everything anew, for instance after restoring a backup")

    def handle(self, *args: Any, verb: str | None, **options: Any) -> None:
        if verb == "clear-caches":
            flags.clear_caches()
            self.stdout.write("Everything is drawn anew from now on.")
        elif verb in {None, "list"}:
            self._list()
        else:
            share = {"on": flags.EVERYONE, "off": flags.NOBODY}.get(verb or "", options.get("share"))
            self._turn(options["name"], int(share or 0))

    def _list(self) -> None:
        for name in flags.SWITCHES:
            self.stdout.write(_line(name))
        cleared = flags.caches_cleared_at()
        self.stdout.write(f"caches cleared: {cleared:%Y-%m-%d %H:%M:%S} UTC" if cleared else "caches cleared: never")

    def _turn(self, name: str, share: int) -> None:
        """Raises CommandError for a share that is none."""
        try:
            flags.set_share(name, share)
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(_line(name))


def _line(name: str) -> str:
    share = flags.share_of(name)
    words = {flags.NOBODY: "off", flags.EVERYONE: "on"}
    return f"{name}: {words.get(share, f'on for {share}%')}"
