"""The settings of the server that browsers ask: Wishare's, but passwords hash fast."""

from wishare.settings import *  # noqa: F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
