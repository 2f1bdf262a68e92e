"""What happens to lists, wishes and claims."""

from dataclasses import dataclass

from wishare.core.facts import Fact
from wishare.metadata.models import HandedPage
from wishare.wishlists.models import Claim, Item, Wishlist


@dataclass(frozen=True)
class ListCreated(Fact):
    wishlist: Wishlist


@dataclass(frozen=True)
class ListShared(Fact):
    """A list that had no secret link has one."""

    wishlist: Wishlist


@dataclass(frozen=True)
class ListChanged(Fact):
    """Edited, deleted, restored, put in another order, or its link: something that may show on its page.

    `shown` is whether anybody but the owner could see it before.
    """

    wishlist: Wishlist
    shown: bool = False


@dataclass(frozen=True)
class ListOpened(Fact):
    """A list that was for its owner alone is for others, too."""

    wishlist: Wishlist


@dataclass(frozen=True)
class ItemAdded(Fact):
    """To `item.wishlist`, by its owner."""

    item: Item


@dataclass(frozen=True)
class ItemChanged(Fact):
    """Edited, removed, restored, received or not, by its owner."""

    item: Item


@dataclass(frozen=True)
class ItemClaimed(Fact):
    """Chosen, bought, or given back. For givers only: nothing that serves the owner may depend on it."""

    item: Item


@dataclass(frozen=True)
class LookupWanted(Fact):
    """The page of `item` shall be looked at, for what its owner left empty. `handed`: what their browser read there."""

    item: Item
    handed: HandedPage | None = None


@dataclass(frozen=True)
class ItemLookedUp(Fact):
    """Looking at the page of `item` has come to an end, which `item.lookup` names."""

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
