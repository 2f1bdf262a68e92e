"""Access tokens: made and revoked by a person, shown by their programs."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wishare.accounts.models import AccessToken, User
from wishare.core.errors import Refused
from wishare.core.ids import digest_of, new_token
from wishare.core.prepared import Prepared

#: What a token begins with, so that people and scanners of published code know one when they see it.
PREFIX = "wishare_"
TOKENS_A_PERSON = 20


def tokens_of(owner: User) -> QuerySet[AccessToken]:
    """Newest first."""
    return AccessToken.objects.filter(owner=owner).order_by("-created_at", "-pk")


@transaction.atomic
def create_token(*, owner: User, name: str) -> str:
    """The token itself, which nobody can read again.

    Raises Refused when the person has a token of that name, or too many.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    names = set(tokens_of(owner).values_list("name", flat=True))
    if name in names:
        raise Refused(_("You have a token with this name. Choose another name."))
    if len(names) >= TOKENS_A_PERSON:
        raise Refused(_("These are as many tokens as one can have. Revoke one that you no longer use."))
    token = PREFIX + new_token()
    AccessToken.objects.create(owner=owner, name=name, digest=digest_of(token))
    return token


def revoke_token(*, token: AccessToken) -> None:
    """From now on it opens nothing."""
    token.delete()


def holder_of(token: str) -> User | None:
    """Whose token it is, if their account is active; and notes that it was used."""
    found = _known(digest=digest_of(token))
    if not found or not found[0].owner.is_active:
        return None
    [known], today = found, timezone.now().date()
    if known.last_used_on != today:
        AccessToken.objects.filter(pk=known.pk).update(last_used_on=today)
    return known.owner


def _tokens(digest: str) -> QuerySet[AccessToken]:
    return AccessToken.objects.filter(digest=digest).select_related("owner")


_known = Prepared(_tokens, digest=str)
