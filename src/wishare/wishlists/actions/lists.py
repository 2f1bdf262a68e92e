"""Writes of lists by their owner. Each is one transaction."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.core.errors import Refused
from wishare.core.facts import happened
from wishare.core.files import discard, keep_file
from wishare.core.ids import new_token
from wishare.wishlists.facts import ListChanged, ListCreated, ListOpened, ListShared
from wishare.wishlists.models import Item, Wishlist

LISTS_AT_MOST = 200
SAME_AGAIN = timedelta(minutes=1)


def reveal_date(*, event_date: date | None, chosen: date | None, current: date | None) -> date | None:
    """When the owner may learn who gives: the chosen day, else the day after the event, else never.

    A day that is set anew is tomorrow at the soonest: nobody peeks by moving a date.
    """
    wanted = chosen or _day_after(event_date)
    if wanted is None or wanted == current:
        return wanted
    return max(wanted, timezone.localdate() + timedelta(days=1))


@transaction.atomic
def create_wishlist(
    *, owner: User, cover: "File[bytes] | None" = None, reveal_on: date | None = None, **fields: Any
) -> Wishlist:
    """Makes a list; the owner's first is their default list. The same again within a minute is the same list.

    Raises Refused when the owner has too many.
    """
    User.objects.select_for_update().get(pk=owner.pk)
    own = Wishlist.objects.filter(owner=owner)
    recent = own.filter(created_at__gt=timezone.now() - SAME_AGAIN, deleted_at=None)
    if same := recent.filter(**fields).first():
        return same
    _refuse_too_many(own)
    wishlist = Wishlist(owner=owner, is_default=not own.filter(is_default=True).exists(), **fields)
    wishlist.reveal_on = reveal_date(event_date=wishlist.event_date, chosen=reveal_on, current=None)
    keep_file(wishlist, "cover", cover)
    wishlist.save()
    happened(ListCreated(wishlist))
    return wishlist


@transaction.atomic
def edit_wishlist(
    *,
    wishlist: Wishlist,
    cover: "File[bytes] | bool | None" = None,
    reveal_on: date | None = None,
    **fields: Any,
) -> Wishlist:
    """Changes a list. `cover`: a new picture, False to remove it, None to keep it."""
    wishlist = Wishlist.objects.select_for_update().get(pk=wishlist.pk)
    shown = wishlist.visibility != Visibility.PRIVATE_LIST
    if _follows_event(wishlist, fields.get("event_date", wishlist.event_date), reveal_on):
        reveal_on = None
    for name, value in fields.items():
        setattr(wishlist, name, value)
    wishlist.reveal_on = reveal_date(event_date=wishlist.event_date, chosen=reveal_on, current=wishlist.reveal_on)
    keep_file(wishlist, "cover", cover)
    wishlist.save()
    if not shown and wishlist.visibility > Visibility.PRIVATE_LIST:
        happened(ListOpened(wishlist))
    wishlist.refresh_from_db()
    happened(ListChanged(wishlist, shown))
    return wishlist


@transaction.atomic
def delete_wishlist(*, wishlist: Wishlist) -> None:
    """Takes a list away from everybody. It can be restored until it is purged."""
    Wishlist.objects.filter(pk=wishlist.pk).update(deleted_at=timezone.now(), is_default=False, **_touched())
    happened(ListChanged(wishlist))


@transaction.atomic
def restore_wishlist(*, wishlist: Wishlist) -> None:
    """Brings a deleted list back as it was. Raises Refused when the owner has too many others."""
    Wishlist.objects.select_for_update().get(pk=wishlist.pk)  # before its owner, as any other write to it
    User.objects.select_for_update().get(pk=wishlist.owner_id)
    others = Wishlist.objects.filter(owner=wishlist.owner_id).exclude(pk=wishlist.pk)
    _refuse_too_many(others)
    is_default = not others.filter(is_default=True).exists()
    Wishlist.objects.filter(pk=wishlist.pk).update(deleted_at=None, is_default=is_default, **_touched())
    happened(ListChanged(wishlist))


@transaction.atomic
def share_wishlist(*, wishlist: Wishlist) -> str:
    """A new secret link; an earlier one stops working. Returns its token."""
    token = new_token()
    lists = Wishlist.objects.filter(pk=wishlist.pk)
    first = lists.filter(share_token=None).update(share_token=token, **_touched())
    if first:
        happened(ListShared(wishlist))
    else:
        lists.update(share_token=token, **_touched())
    happened(ListChanged(wishlist))
    return token


@transaction.atomic
def unshare_wishlist(*, wishlist: Wishlist) -> None:
    """Ends the secret link."""
    Wishlist.objects.filter(pk=wishlist.pk).update(share_token=None, **_touched())
    happened(ListChanged(wishlist))


def touch_wishlist(wishlist_id: int) -> None:
    """Moves the time of the latest change, which orders lists."""
    Wishlist.objects.filter(pk=wishlist_id).update(**_touched())


@transaction.atomic
def purge_deleted(*, before: datetime) -> int:
    """Removes for good what was deleted before a moment, with its pictures; givers keep their snapshots.

    Returns how many lists and wishes went.
    """
    lists = Wishlist.objects.filter(deleted_at__lt=before)
    items = Item.objects.filter(Q(deleted_at__lt=before) | Q(wishlist__in=lists))
    discard(*items.values_list("image", flat=True), *lists.values_list("cover", flat=True))
    gone = items.count() + lists.count()
    items.delete()
    lists.delete()
    return gone


def _day_after(event_date: date | None) -> date | None:
    return event_date + timedelta(days=1) if event_date else None


def _follows_event(wishlist: Wishlist, moved_to: date | None, reveal_on: date | None) -> bool:
    """Nobody chose this reveal day for the event as it will be: it was the day after, or it was left in the form
    when the event moved past it."""
    if reveal_on is None or reveal_on == _day_after(wishlist.event_date):
        return True
    if moved_to is None or moved_to == wishlist.event_date:
        return False
    return reveal_on == wishlist.reveal_on and reveal_on <= moved_to


def _touched() -> dict[str, Any]:
    return {"updated_at": timezone.now()}


def _refuse_too_many(lists: QuerySet[Wishlist]) -> None:
    if lists.filter(deleted_at=None).count() >= LISTS_AT_MOST:
        raise Refused(_("You have %(number)d lists already. Delete one first.") % {"number": LISTS_AT_MOST})
