"""Who is told of what: from facts to notifications, in the transaction of the action. `reactions.py` has the table.

Many people are told by a job, which is kept in that transaction, so that no action waits for it.
"""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from wishare.access.choices import CommentAudience, Visibility
from wishare.accounts.facts import TimeZoneChanged
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.comments.models import Comment
from wishare.connections.facts import (
    Disconnected,
    InvitationAccepted,
    InvitationDeclined,
    InvitationSent,
    RequestAccepted,
    RequestSent,
    RequestWithdrawn,
)
from wishare.notifications.actions import reschedule, take_back, tell
from wishare.notifications.jobs import tell_of_list, tell_of_purchase, tell_of_wishes
from wishare.notifications.models import Announcement, Kind, Notification
from wishare.wishlists.facts import (
    ClaimPurchased,
    ClaimUndone,
    ClaimUnpurchased,
    ItemAdded,
    ListCreated,
    ListOpened,
    ListShared,
)
from wishare.wishlists.models import Claim, Wishlist

TOLD_OF_A_COMMENT = 200


def time_zone_changed(fact: TimeZoneChanged) -> None:
    reschedule(person=fact.user)


def request_sent(fact: RequestSent) -> None:
    tell(
        Kind.INVITATION_RECEIVED,
        [fact.connection.partner_id],
        actor_id=fact.connection.user_id,
        connection=fact.connection,
    )


def request_accepted(fact: RequestAccepted) -> None:
    connection = fact.connection
    about: dict[str, Any] = {"actor_id": connection.partner_id, "connection": connection}
    tell(Kind.INVITATION_ACCEPTED, [connection.user_id], **about)


def request_withdrawn(fact: RequestWithdrawn) -> None:
    take_back(Notification.objects.filter(connection=fact.connection.pk))


def disconnected(fact: Disconnected) -> None:
    """With the name as it is now: they may soon see nothing more of each other."""
    ends = {fact.connection.user_id, fact.connection.partner_id}
    about: dict[str, Any] = {"actor": fact.by, "told_name": fact.by.name}
    tell(Kind.CONNECTION_REMOVED, ends - {fact.by.pk}, **about)


def invitation_sent(fact: InvitationSent) -> None:
    """To an account with that address, which gets the invitation itself by mail."""
    invitation = fact.invitation
    verified = EmailAddress.objects.filter(email=invitation.recipient_email, verified=True)
    about: dict[str, Any] = {"actor_id": invitation.sender_id, "invitation": invitation}
    tell(Kind.INVITATION_RECEIVED, verified.values_list("user", flat=True), mailed=False, **about)


def invitation_accepted(fact: InvitationAccepted) -> None:
    tell(Kind.INVITATION_ACCEPTED, [fact.invitation.sender_id], actor=fact.user, connection=fact.connection)


def invitation_declined(fact: InvitationDeclined) -> None:
    """Names the address that the sender wrote to, and nobody."""
    tell(Kind.INVITATION_DECLINED, [fact.invitation.sender_id], invitation=fact.invitation)


def list_shown(fact: ListCreated | ListOpened | ListShared) -> None:
    wishlist = fact.wishlist
    if wishlist.visibility > Visibility.PRIVATE_LIST:
        tell_of_list.enqueue(wishlist.pk, timezone.now().isoformat())


def item_added(fact: ItemAdded) -> None:
    """A job that waits tells of the next wish, too."""
    wishlist = fact.item.wishlist
    if wishlist.visibility == Visibility.PRIVATE_LIST:
        return
    _announcement, first = Announcement.objects.get_or_create(pk=wishlist.pk, defaults={"waiting": True})
    if first or Announcement.objects.filter(pk=wishlist.pk, waiting=False).update(waiting=True):
        tell_of_wishes.enqueue(wishlist.pk, fact.item.created_at.isoformat())


def claim_purchased(fact: ClaimPurchased) -> None:
    tell_of_purchase.enqueue(fact.claim.pk)


def claim_taken_back(fact: ClaimUnpurchased | ClaimUndone) -> None:
    take_back(Notification.objects.filter(claim=fact.claim.pk))


def comment_made(fact: CommentMade) -> None:
    """Tells the owner and who has commented before; of one among givers: the givers, and never the owner."""
    comment = fact.comment
    givers_only = comment.audience == CommentAudience.GIVERS
    same_thread = {"wishlist": comment.wishlist, "item": comment.item, "audience": comment.audience}
    before = Comment.objects.filter(**same_thread).values_list("author", flat=True)
    people = set(before.order_by("-pk")[:TOLD_OF_A_COMMENT])
    people |= _givers(comment.wishlist) if givers_only else {comment.wishlist.owner_id}
    people -= {comment.author_id} | ({comment.wishlist.owner_id} if givers_only else set())
    about: dict[str, Any] = {"actor_id": comment.author_id, "wishlist": comment.wishlist, "item": comment.item}
    tell(Kind.COMMENT, people, about=comment.public_id, for_givers=givers_only, **about)


def comment_changed(fact: CommentChanged) -> None:
    """Nobody is told of what was deleted; that it is there again is no news."""
    if fact.comment.deleted_at:
        take_back(Notification.objects.filter(about=fact.comment.public_id))


def _givers(wishlist: Wishlist) -> set[int]:
    claims = Claim.objects.filter(item__wishlist=wishlist, giver__isnull=False).order_by()
    return set(claims.values_list("giver", flat=True).distinct()[:TOLD_OF_A_COMMENT])
