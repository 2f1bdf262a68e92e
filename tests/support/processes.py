"""Commands of the application in processes of their own."""

import os
import subprocess
import sys
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def other_process(*arguments: str, **settings: str) -> str:
    """What a command of the application prints in a process of its own, on the database of this test.

    `settings` go into its environment.
    """
    program = (
        "import os, sys, django; django.setup();"
        "from django.db import connection;"
        "connection.settings_dict['NAME'] = os.environ['NAME_OF_DATABASE'];"
        "from django.core.management import call_command; call_command(*sys.argv[1:])"
    )
    name = str(connection.settings_dict["NAME"])
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "NAME_OF_DATABASE": name, **settings}
    finished = subprocess.run(
        [sys.executable, "-c", program, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()
