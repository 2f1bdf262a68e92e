"""What follows from what happened: the one table from facts to their handlers.

A new consequence is a handler here; the action that says the fact does not change.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wishare.accounts import facts as accounts
from wishare.activity import actions as activity
from wishare.activity.facts import Did
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.comments.live import tell_pages as tell_pages_of_comment
from wishare.connections import facts as people
from wishare.core.flags import CachesCleared
from wishare.core.preparation import ServerPrepared
from wishare.dashboard import warming
from wishare.live import pokes
from wishare.notifications import reacting as notifications
from wishare.wishlists import facts as lists
from wishare.wishlists import jobs as wishlist_jobs
from wishare.wishlists import lookups

Handlers = Mapping[type, Sequence[Callable[[Any], object]]]

#: In the transaction of the action: kept if it is, gone if it is rolled back.
AT_ONCE: Handlers = {
    accounts.ProfileUpdated: (activity.profile_updated,),
    accounts.TimeZoneChanged: (notifications.time_zone_changed,),
    accounts.SignedIn: (warming.signed_in,),
    people.FriendsConnected: (activity.friends_connected,),
    people.RequestSent: (notifications.request_sent,),
    people.RequestAccepted: (notifications.request_accepted,),
    people.RequestWithdrawn: (notifications.request_withdrawn,),
    people.Disconnected: (notifications.disconnected,),
    people.InvitationSent: (notifications.invitation_sent,),
    people.InvitationAccepted: (notifications.invitation_accepted,),
    people.InvitationDeclined: (notifications.invitation_declined,),
    lists.ListCreated: (activity.list_created, notifications.list_shown),
    lists.ListOpened: (notifications.list_shown,),
    lists.ListShared: (activity.list_shared, notifications.list_shown),
    lists.ItemAdded: (activity.item_added, notifications.item_added),
    lists.LookupWanted: (wishlist_jobs.enqueue_lookup,),
    lists.ClaimPurchased: (activity.claim_purchased, notifications.claim_purchased),
    lists.ClaimUnpurchased: (activity.claim_unpurchased, notifications.claim_taken_back),
    lists.ClaimUndone: (notifications.claim_taken_back,),
    CommentMade: (activity.comment_made, notifications.comment_made),
    CommentChanged: (notifications.comment_changed,),
    Did: (warming.did,),
    CachesCleared: (warming.all_is_cold,),
    ServerPrepared: (warming.all_is_cold,),
}

#: After the commit: what leaves this database, and what may be lost or done twice.
AFTER_COMMIT: Handlers = {
    accounts.ProfileUpdated: (pokes.profile_updated,),
    people.FriendsConnected: (pokes.friends_connected,),
    lists.ListCreated: (pokes.list_created,),
    lists.ListChanged: (pokes.list_changed,),
    lists.ItemAdded: (pokes.item_changed,),
    lists.ItemChanged: (pokes.item_changed,),
    lists.ItemLookedUp: (pokes.item_changed, lookups.tell_owner),
    lists.ItemClaimed: (pokes.item_claimed,),
    CommentMade: (tell_pages_of_comment,),
    CommentChanged: (tell_pages_of_comment,),
}
