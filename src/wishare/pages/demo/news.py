"""What the people of the demo have been told by now. The jobs do the telling; here it is moved to when it was."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from wishare.notifications.jobs import tell_of_list, tell_of_purchase, tell_of_wishes
from wishare.notifications.models import Kind, Notification
from wishare.wishlists.models import Claim, Wishlist

#: What is older has been read.
NEWS = timedelta(days=4)


def tell() -> None:
    """No mail tells of the past."""
    for wishlist in Wishlist.objects.order_by("pk"):
        _tell_of_list(wishlist)
    for claim in Claim.objects.filter(status=Claim.Status.PURCHASED).order_by("pk"):
        tell_of_purchase.call(claim.pk)
        Notification.objects.filter(claim=claim).update(created_at=claim.purchased_at)
    Notification.objects.filter(created_at__lt=timezone.now() - NEWS).update(read_at=F("created_at"))
    Notification.objects.update(mail_due_at=None)


def _tell_of_list(wishlist: Wishlist) -> None:
    made = wishlist.created_at
    tell_of_list.call(wishlist.pk, made.isoformat())
    rows = Notification.objects.filter(wishlist=wishlist)
    rows.update(created_at=made, begins_at=made, ends_at=made)
    if first := wishlist.items.order_by("created_at").first():
        tell_of_wishes.call(wishlist.pk, first.created_at.isoformat())
        rows.filter(kind=Kind.NEW_ITEM_ADDED).update(created_at=first.created_at + timedelta(minutes=9))
