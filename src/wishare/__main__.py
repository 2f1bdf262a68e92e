"""`python -m wishare COMMAND`: Django's management commands with Wishare's settings."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wishare.settings")
    execute_from_command_line([sys.argv[0].replace("__main__.py", "wishare"), *sys.argv[1:]])
