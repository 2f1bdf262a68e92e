"""What follows from what happened: the one table from facts to their handlers.

A new consequence is a handler here; the action that says the fact does not change.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from wishare.accounts.facts import ProfileUpdated, TimeZoneChanged
from wishare.activity import actions as activity
from wishare.connections import facts as people
from wishare.notifications import reacting as notifications
from wishare.wishlists import facts as lists

Handlers = Mapping[type, Sequence[Callable[[Any], object]]]

#: In the transaction of the action: kept if it is, gone if it is rolled back.
AT_ONCE: Handlers = {
    ProfileUpdated: (activity.profile_updated,),
    TimeZoneChanged: (notifications.time_zone_changed,),
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
    lists.ClaimPurchased: (activity.claim_purchased, notifications.claim_purchased),
    lists.ClaimUnpurchased: (activity.claim_unpurchased, notifications.claim_taken_back),
    lists.ClaimUndone: (notifications.claim_taken_back,),
}

#: After the commit: what leaves this database, and what may be lost or done twice.
AFTER_COMMIT: Handlers = {}
