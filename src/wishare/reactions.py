"""What follows from what happened: the one table from facts to their handlers.

A new consequence is a handler here; the action that says the fact does not change.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wishare.accounts.facts import ProfileUpdated
from wishare.activity import actions as activity
from wishare.connections.facts import FriendsConnected
from wishare.wishlists import jobs as wishlist_jobs
from wishare.wishlists import lookups
from wishare.wishlists.facts import (
    ClaimPurchased,
    ClaimUnpurchased,
    ItemAdded,
    ItemLookedUp,
    ListCreated,
    ListShared,
    LookupWanted,
)

Handlers = Mapping[type, Sequence[Callable[[Any], object]]]

#: In the transaction of the action: kept if it is, gone if it is rolled back.
AT_ONCE: Handlers = {
    ProfileUpdated: (activity.profile_updated,),
    FriendsConnected: (activity.friends_connected,),
    ListCreated: (activity.list_created,),
    ListShared: (activity.list_shared,),
    ItemAdded: (activity.item_added,),
    LookupWanted: (wishlist_jobs.enqueue_lookup,),
    ItemLookedUp: (lookups.tell_owner,),
    ClaimPurchased: (activity.claim_purchased,),
    ClaimUnpurchased: (activity.claim_unpurchased,),
}

#: After the commit: what leaves this database, and what may be lost or done twice.
AFTER_COMMIT: Handlers = {}
