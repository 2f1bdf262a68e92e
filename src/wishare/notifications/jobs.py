"""What tells many people, and what the schedule does. All of it may run twice."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django_tasks import task

from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.queries import friends
from wishare.notifications.actions import KEPT, forget_before, tell
from wishare.notifications.delivery import mail_person
from wishare.notifications.models import Announcement, Kind, Notification
from wishare.notifications.times import WINDOW
from wishare.wishlists.models import Claim, Wishlist

BATCH = 200
GIVERS_AT_MOST = 500


@task(queue_name="low_priority")
def tell_of_wishes(wishlist: int, since: str) -> None:
    """Tells friends of wishes added from a moment on, unless a notification of theirs covers it already."""
    Announcement.objects.filter(pk=wishlist).update(waiting=False)
    begin = datetime.fromisoformat(since)
    covered = Q(kind__in=[Kind.NEW_ITEM_ADDED, Kind.WISHLIST_SHARED], begins_at__lte=begin, ends_at__gt=begin)
    _tell_friends(wishlist, Kind.NEW_ITEM_ADDED, begin, covered)


@task(queue_name="low_priority")
def tell_of_list(wishlist: int, since: str) -> None:
    """Tells friends who may see a list and have not been told of it before."""
    _tell_friends(wishlist, Kind.WISHLIST_SHARED, datetime.fromisoformat(since), Q(kind=Kind.WISHLIST_SHARED))


@task(queue_name="low_priority")
def tell_of_purchase(claim: int) -> None:
    """Tells the buyer, and whoever else gives from the list. The buyer is not named, and the owner not told."""
    with transaction.atomic():
        bought = Claim.objects.filter(pk=claim, status=Claim.Status.PURCHASED, item__isnull=False)
        found = bought.select_for_update(of=("self",)).select_related("item__wishlist").first()
        if found is None or found.item is None or Notification.objects.filter(claim=found.pk).exists():
            return
        wishlist = found.item.wishlist
        others = Claim.objects.filter(item__wishlist=wishlist, giver__isnull=False).exclude(giver=found.giver_id or 0)
        givers = others.exclude(giver=wishlist.owner_id).order_by().values_list("giver", flat=True).distinct()
        about: dict[str, Any] = {"claim": found, "item": found.item, "wishlist": wishlist}
        tell(Kind.ITEM_PURCHASED, givers[:GIVERS_AT_MOST], **about)
        if found.giver_id:  # who need not be told what they did, but finds it on the page
            own: dict[str, Any] = {"actor_id": found.giver_id, "read_at": timezone.now()}
            tell(Kind.ITEM_PURCHASED, [found.giver_id], mailed=False, **about, **own)


@task
def mail_what_is_due() -> None:
    """One job for each person who is to get a mail by now."""
    last, now = 0, timezone.now()
    while people := _due_after(last, now):
        with transaction.atomic():
            for person in people:
                mail_person.enqueue(person)
        last = people[-1]


@task(queue_name="low_priority")
def forget_old() -> None:
    """What nobody has looked for in 90 days."""
    forget_before(timezone.now() - KEPT)


def _due_after(last: int, now: datetime) -> list[int]:
    due = Notification.objects.filter(mail_due_at__lte=now, recipient__gt=last)
    return list(due.order_by("recipient").values_list("recipient", flat=True).distinct()[:BATCH])


def _tell_friends(wishlist: int, kind: Kind, begin: datetime, covered: Q) -> None:
    """In batches, each a transaction of its own that waits for others about the same list."""
    last = 0
    while True:
        with transaction.atomic():
            Announcement.objects.get_or_create(pk=wishlist)
            Announcement.objects.select_for_update().get(pk=wishlist)
            shown = Wishlist.objects.filter(pk=wishlist, visibility__gt=Visibility.PRIVATE_LIST, deleted_at=None)
            row = shown.select_related("owner").first()
            batch = list(_batch(row.owner, last)) if row else []
            if row is None or not batch:
                return
            told = Notification.objects.filter(covered, wishlist=row, recipient=OuterRef("pk"))
            new = User.objects.filter(~Exists(told), pk__in=batch).values_list("pk", flat=True)
            tell(kind, new, actor=row.owner, wishlist=row, begins_at=begin, ends_at=begin + WINDOW)
        last = batch[-1]


def _batch(owner: User, last: int) -> QuerySet[User, int]:
    return friends(owner).filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:BATCH]
