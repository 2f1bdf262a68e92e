"""What `bin/bench` does once everything is installed."""

import argparse
import os
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path


def run(options: argparse.Namespace) -> int:
    """The exit code of the command that was asked for."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "wishare.settings"
    with ExitStack() as stack:
        if options.command != "seed":
            _surroundings(stack)
        import django

        django.setup()
        return {"seed": seed, "pages": pages, "warming": warming}[options.command](options)


def _surroundings(stack: ExitStack) -> None:
    """For measurements: a data directory that goes afterwards, unless one is named, and the cache of this process."""
    os.environ["REDIS_URL"] = ""
    if not os.environ.get("WISHARE_DATA_DIR"):
        os.environ["WISHARE_DATA_DIR"] = stack.enter_context(tempfile.TemporaryDirectory(prefix="wishare-bench-"))


def seed(options: argparse.Namespace) -> int:
    """Fill the database."""
    from bench.seeding import NotEmptyError
    from bench.seeding import seed as fill
    from bench.sizes import SIZES

    try:
        fill(SIZES[options.size], replace=options.replace)
    except NotEmptyError:
        print("bin/bench: the database has accounts; --replace deletes them and everything else", file=sys.stderr)
        return 1
    return 0


def pages(options: argparse.Namespace) -> int:
    """Measure the pages, and hold them against the goals: 0 also where some are missed."""
    from bench import goals
    from bench.pages import measure
    from bench.seeding import NotADataSetError, ensure
    from bench.sizes import SIZES

    try:
        ensure(SIZES[options.data_set])
    except NotADataSetError:
        print(f"bin/bench: the database has accounts, and they are not those of {options.data_set}", file=sys.stderr)
        return 1
    try:
        measured = measure(options.rounds, against=options.against)
    except EOFError:
        print("bin/bench: the database to measure against could not be, see above", file=sys.stderr)
        return 1
    print(f"\n{goals.table(measured.pages, measured.others)}\n\n{goals.verdicts(measured.goals)}")
    if options.json:
        Path(options.json).write_text(goals.as_json(measured, data_set=options.data_set))
    return 0


def warming(options: argparse.Namespace) -> int:
    """Measure what jobs that draw dashboards cost and bring, on the data set S."""
    from bench.seeding import NotADataSetError, ensure
    from bench.sizes import SIZES
    from bench.warming import measure, table

    try:
        ensure(SIZES["S"])
    except NotADataSetError:
        print("bin/bench: the database has accounts, and they are not those of S", file=sys.stderr)
        return 1
    print(f"\n{table(measure(options.rounds))}")
    return 0
