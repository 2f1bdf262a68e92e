"""The key in a mail with which one needs no account to have no more of its kind (RFC 8058)."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

from django.core import signing

from wishare.accounts.models import User
from wishare.notifications.models import Kind

_SALT = "unsubscribe"


@dataclass(frozen=True)
class Unsubscription:
    """Whose mails end, and of which kinds."""

    person: User
    kinds: list[Kind]


def make_token(person: User, kinds: Iterable[str]) -> str:
    """Good for ever: mails are kept for long, and it opens nothing else."""
    return signing.Signer(salt=_SALT).sign_object([person.public_id, *kinds])


def read_token(token: str) -> Unsubscription | None:
    """None for what was not made here, and for an account that is gone."""
    with suppress(signing.BadSignature):
        public_id, *kinds = signing.Signer(salt=_SALT).unsign_object(token)
        person = User.objects.filter(public_id=public_id, is_active=True).first()
        return Unsubscription(person, [Kind(kind) for kind in kinds if kind in Kind.values]) if person else None
    return None
