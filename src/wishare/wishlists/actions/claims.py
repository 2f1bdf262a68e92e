"""Claims: reserve, buy, undo. Each is one transaction that locks the wish's list, so that nobody gives what is taken.

Rows are locked in one order, as the owner's writes do: list, wish, claim. A claim moves `claims_version`
only: nothing the owner can observe.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wishare.accounts.models import User
from wishare.core.errors import Refused
from wishare.core.facts import happened
from wishare.core.ids import digest_of, new_token
from wishare.wishlists.actions.lists import SAME_AGAIN
from wishare.wishlists.facts import ClaimPurchased, ClaimUndone, ClaimUnpurchased, ItemClaimed
from wishare.wishlists.models import Claim, Item, Wishlist
from wishare.wishlists.queries.lists import OPEN
from wishare.wishlists.snapshots import current, snapshot_of


@dataclass(frozen=True)
class GuestClaim:
    """A guest's claim with the token of its manage link, which is stored nowhere."""

    claim: Claim
    manage_token: str


@transaction.atomic
def claim_item(*, item: Item, giver: User, quantity: int = 1, share_token: str = "") -> Claim:
    """Reserves some of a wish. The caller has made sure that the giver may.

    Raises Refused when it is taken, when fewer are left, and when the giver has a claim on it already.
    """
    item = _locked(item)
    if Claim.objects.filter(item=item, giver=giver).exists():
        raise Refused(_("You have chosen this already. You find it under My gifts."))
    return _create(item, quantity, giver=giver, share_token=share_token)


@transaction.atomic
def claim_item_as_guest(*, item: Item, name: str, quantity: int = 1, share_token: str, email: str = "") -> GuestClaim:
    """Reserves some of a wish for somebody without an account. Raises Refused as `claim_item`.

    The same again within a minute is the same claim with a new manage link: nobody has seen the answer with the first.
    """
    item = _locked(item)
    who = {"guest_name": name, "guest_email": email.lower(), "share_token": share_token}
    manage_token = new_token()
    digest = digest_of(manage_token)
    since = timezone.now() - SAME_AGAIN
    if claim := item.claims.filter(giver=None, quantity=quantity, created_at__gt=since, **who).first():
        claim.manage_digest = digest
        claim.save(update_fields=["manage_digest"])
    else:
        claim = _create(item, quantity, manage_digest=digest, **who)
    return GuestClaim(claim, manage_token)


@transaction.atomic
def purchase_claim(*, claim: Claim) -> None:
    """Marks a claim as bought. Repeating it keeps the first time."""
    reserved = _locked_claim(claim).filter(status=Claim.Status.RESERVED)
    if reserved.update(status=Claim.Status.PURCHASED, purchased_at=timezone.now()):
        happened(ClaimPurchased(claim))
        _say_claimed(claim.item)


@transaction.atomic
def unpurchase_claim(*, claim: Claim) -> None:
    """Back to reserved."""
    _locked_claim(claim).update(status=Claim.Status.RESERVED, purchased_at=None)
    happened(ClaimUnpurchased(claim))
    _say_claimed(claim.item)


@transaction.atomic
def undo_claim(*, claim: Claim) -> None:
    """Gives the wish back to the others."""
    claims = _locked_claim(claim)
    happened(ClaimUndone(claim))
    claims.delete()
    _say_claimed(claim.item)


@transaction.atomic
def acknowledge_changes(*, claim: Claim) -> None:
    """The giver has seen what the owner changed; `claim` comes from `queries.claims`."""
    seen = claim.item and claim.sees_item  # type: ignore[attr-defined]
    event_date = claim.item.wishlist.event_date if claim.item and seen else claim.event_date
    _locked_claim(claim).update(snapshot=current(claim), event_date=event_date)


@transaction.atomic
def release_claims(*, giver: User) -> None:
    """Gives back everything somebody has claimed, before their account goes."""
    claims = Claim.objects.filter(giver=giver)
    _lock_lists(claims)
    items = list(Item.objects.filter(claims__in=claims).select_related("wishlist"))
    claims.delete()
    for item in items:
        _say_claimed(item)


def _locked(item: Item) -> Item:
    """The wish as it is now; nobody else writes to it or its claims until commit.

    Raises Refused when it is not open.
    """
    Wishlist.objects.select_for_update().filter(pk=item.wishlist_id).first()
    locked = Item.objects.select_related("wishlist__owner").filter(OPEN, pk=item.pk, wishlist__deleted_at=None).first()
    if locked is None:
        raise Refused(_("This wish is not on the list any more."))
    return locked


def _create(item: Item, quantity: int, **who: object) -> Claim:
    taken = item.claims.aggregate(taken=Sum("quantity"))["taken"] or 0
    left = item.quantity - taken
    if left <= 0:
        raise Refused(_("Somebody was faster: this wish is taken."))
    if quantity > left:
        text = ngettext("Only %(left)d is left.", "Only %(left)d are left.", left)
        raise Refused(text % {"left": left})
    event_date = item.wishlist.event_date
    claim = Claim.objects.create(item=item, quantity=quantity, snapshot=snapshot_of(item), event_date=event_date, **who)
    _say_claimed(item)
    return claim


def _say_claimed(item: Item | None) -> None:
    """A wish that is gone is on nobody's page."""
    if item:
        happened(ItemClaimed(item))


def _locked_claim(claim: Claim) -> QuerySet[Claim]:
    """The claim alone, ready to be written."""
    claims = Claim.objects.filter(pk=claim.pk)
    _lock_lists(claims)
    return claims


def _lock_lists(claims: QuerySet[Claim]) -> None:
    """Before claims are written: triggers will move the versions of their wishes and lists (see `core/versions.py`)."""
    lists = Wishlist.objects.filter(pk__in=claims.values("item__wishlist"))
    list(lists.select_for_update().order_by("pk").values_list("pk"))
