"""Public identifiers: what appears in URLs instead of primary keys, so that nobody can count or guess."""

import secrets
from hashlib import sha256

from django.db import models
from django.urls import register_converter

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
LENGTH = 16


def new_public_id() -> str:
    """16 characters out of 30 that are hard to confuse: 78 random bits."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def new_token() -> str:
    """A secret for a link: 32 random bytes as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """What is stored of a token: whoever reads the database cannot use it. A plain digest is enough for 256 random
    bits: there is nothing to guess."""
    return sha256(token.encode()).hexdigest()


class PublicIdField(models.CharField):  # type: ignore[type-arg]
    """A unique random identifier for URLs, given when the object is made."""

    def __init__(self, **options: object) -> None:
        fixed = {"max_length": LENGTH, "unique": True, "editable": False, "default": new_public_id}
        super().__init__(**{**options, **fixed})  # type: ignore[arg-type]


class PublicIdConverter:
    """`<pid:name>` in URL patterns; anything else does not match and is a 404."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class TokenConverter(PublicIdConverter):
    """`<token:name>` in URL patterns: a secret made by `new_token`."""

    regex = "[A-Za-z0-9_-]{43}"


def register_converters() -> None:
    """Makes `<pid:…>` and `<token:…>` known to the URL patterns."""
    register_converter(PublicIdConverter, "pid")
    register_converter(TokenConverter, "token")
