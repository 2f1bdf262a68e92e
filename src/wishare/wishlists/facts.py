"""What happens to lists, wishes and claims."""

from dataclasses import dataclass

from wishare.core.facts import Fact
from wishare.wishlists.models import Claim, Item, Wishlist


@dataclass(frozen=True)
class ListCreated(Fact):
    wishlist: Wishlist


@dataclass(frozen=True)
class ListShared(Fact):
    """A list that had no secret link has one."""

    wishlist: Wishlist


@dataclass(frozen=True)
class ListOpened(Fact):
    """A list that was for its owner alone is for others, too."""

    wishlist: Wishlist


@dataclass(frozen=True)
class ItemAdded(Fact):
    """To `item.wishlist`, by its owner."""

    item: Item


@dataclass(frozen=True)
class ClaimPurchased(Fact):
    """For givers only: nothing that serves the owner may depend on it."""

    claim: Claim


@dataclass(frozen=True)
class ClaimUnpurchased(Fact):
    """For givers only, as `ClaimPurchased`."""

    claim: Claim


@dataclass(frozen=True)
class ClaimUndone(Fact):
    """For givers only, as `ClaimPurchased`. The claim goes at the end of the transaction."""

    claim: Claim
