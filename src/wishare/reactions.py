"""What follows from what happened: the one table from facts to their handlers.

A new consequence is a handler here; the action that says the fact does not change.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wishare.accounts.facts import ProfileUpdated, SignedIn
from wishare.activity import actions as activity
from wishare.activity.facts import Did
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.comments.live import tell_pages as tell_pages_of_comment
from wishare.connections.facts import FriendsConnected
from wishare.core.flags import CachesCleared
from wishare.core.preparation import ServerPrepared
from wishare.dashboard import warming
from wishare.live import pokes
from wishare.wishlists import jobs as wishlist_jobs
from wishare.wishlists import lookups
from wishare.wishlists.facts import (
    ClaimPurchased,
    ClaimUnpurchased,
    ItemAdded,
    ItemChanged,
    ItemClaimed,
    ItemLookedUp,
    ListChanged,
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
    ClaimPurchased: (activity.claim_purchased,),
    ClaimUnpurchased: (activity.claim_unpurchased,),
    Did: (warming.did,),
    SignedIn: (warming.signed_in,),
    CachesCleared: (warming.all_is_cold,),
    ServerPrepared: (warming.all_is_cold,),
    CommentMade: (activity.comment_made,),
}

#: After the commit: what leaves this database, and what may be lost or done twice.
AFTER_COMMIT: Handlers = {
    ProfileUpdated: (pokes.profile_updated,),
    FriendsConnected: (pokes.friends_connected,),
    ListCreated: (pokes.list_created,),
    ListChanged: (pokes.list_changed,),
    ItemAdded: (pokes.item_changed,),
    ItemChanged: (pokes.item_changed,),
    ItemLookedUp: (pokes.item_changed, lookups.tell_owner),
    ItemClaimed: (pokes.item_claimed,),
    CommentMade: (tell_pages_of_comment,),
    CommentChanged: (tell_pages_of_comment,),
}
