"""Writes of wishes by the list's owner. None of them looks at claims. Each is one transaction."""

from typing import Any, Literal

from django.core.files.base import File
from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from wishare.core.errors import Refused
from wishare.core.facts import happened
from wishare.core.files import keep_file
from wishare.metadata.addresses import product_key
from wishare.metadata.models import HandedPage
from wishare.wishlists.actions.lists import SAME_AGAIN, touch_wishlist
from wishare.wishlists.actions.lookups import await_lookup, forget_lookup, named
from wishare.wishlists.choices import Lookup
from wishare.wishlists.facts import ItemAdded, ItemChanged, ListChanged, LookupWanted
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import OPEN, open_items

ITEMS_AT_MOST = 500
Direction = Literal["up", "down", "top", "bottom"]


class AlreadyThere(Refused):
    """The product is on the list, as `item`."""

    def __init__(self, item: Item) -> None:
        super().__init__(_("This product is on the list already, as “%(name)s”.") % {"name": item.name})
        self.item = item


@transaction.atomic
def add_item(
    *,
    wishlist: Wishlist,
    image: "File[bytes] | None" = None,
    look_up: bool = False,
    handed: HandedPage | None = None,
    **fields: Any,
) -> Item:
    """Adds a wish at the end. The same again within a minute is the same wish. Without a name it gets one from its
    address; with `look_up`, a job fills what is empty from the page there, and from what a browser has `handed` over.

    Raises AlreadyThere for a product that is on the list already, and Refused when the list is full.
    """
    Wishlist.objects.select_for_update().get(pk=wishlist.pk)
    fields |= named(fields)
    if same := _just_added(wishlist, fields):
        return same
    there = wishlist.items.aggregate(number=Count("pk", filter=Q(deleted_at=None)), last=Max("position"))
    _refuse_when_full(there["number"])
    item = Item(wishlist=wishlist, product_key=product_key(fields.get("url", "")), **fields)
    _refuse_duplicate(item)
    keep_file(item, "image", image)
    item.position = (there["last"] or 0) + 1
    wanted = look_up and await_lookup(item)
    item.save()
    touch_wishlist(wishlist.pk)
    happened(ItemAdded(item))
    if wanted:
        happened(LookupWanted(item, handed))
    return item


@transaction.atomic
def edit_item(*, item: Item, image: "File[bytes] | bool | None" = None, look_up: bool = False, **fields: Any) -> Item:
    """Changes a wish. `image`: a new picture, False to remove it, None to keep it. With `look_up`, a job fills what is
    empty if the link is another. Raises as `add_item`."""
    item = _locked(item)
    link, name, guess = item.url, item.name, named(fields)
    for field, value in {**fields, **guess}.items():
        setattr(item, field, value)
    item.product_key = product_key(item.url)
    _refuse_duplicate(item)
    keep_file(item, "image", image)
    item.name_is_guess &= bool(guess) or item.name == name
    wanted = forget_lookup(item, link) and look_up and await_lookup(item)
    _save(item)
    if wanted:
        happened(LookupWanted(item))
    return item


@transaction.atomic
def delete_item(*, item: Item) -> None:
    """Takes a wish off the list. It can be restored until it is purged."""
    item = _locked(item)
    item.deleted_at = timezone.now()
    _save(item)


@transaction.atomic
def restore_item(*, item: Item) -> None:
    """Puts a removed wish back where it was. Raises Refused when the same product was added meanwhile, and when the
    list is full."""
    item = _locked(item)
    _refuse_when_full(Item.objects.filter(wishlist=item.wishlist_id, deleted_at=None).exclude(pk=item.pk).count())
    item.deleted_at = None
    _refuse_duplicate(item)
    _save(item)
    if item.lookup == Lookup.LOOKING:  # the job has not looked at what was removed
        happened(LookupWanted(item))


@transaction.atomic
def receive_item(*, item: Item) -> None:
    """Archives a wish that came true."""
    item = _locked(item)
    item.received_at = item.received_at or timezone.now()
    _save(item)


@transaction.atomic
def unreceive_item(*, item: Item) -> None:
    """Opens a received wish again. Raises Refused when the same product was added meanwhile."""
    item = _locked(item)
    item.received_at = None
    _refuse_duplicate(item)
    _save(item)


@transaction.atomic
def move_item(*, item: Item, direction: Direction) -> None:
    """Moves an open wish by one place, or to an end."""
    order = _locked_order(item)
    at = order.index(item.pk)
    target = {"up": at - 1, "down": at + 1, "top": 0, "bottom": len(order) - 1}[direction]
    _place(item, order, max(0, min(target, len(order) - 1)))


@transaction.atomic
def move_item_before(*, item: Item, before: Item | None) -> None:
    """Moves an open wish to before another of the same list, or to the end."""
    order = _locked_order(item)
    rest = [pk for pk in order if pk != item.pk]
    _place(item, order, rest.index(before.pk) if before and before.pk in rest else len(rest))


def _locked_order(item: Item) -> list[int]:
    """The open wishes of the list in order. Raises Refused when `item` is not among them."""
    wishlist = Wishlist.objects.select_for_update().get(pk=item.wishlist_id)
    order = list(open_items(wishlist).values_list("pk", flat=True))
    if item.pk not in order:
        raise Refused(_("This wish is not on the list any more."))
    return order


def _place(item: Item, order: list[int], target: int) -> None:
    """Writes the positions between the wish's old place and its new one; the others stay as they are."""
    order.remove(item.pk)
    order.insert(target, item.pk)
    known = dict(open_items(item.wishlist).values_list("pk", "position"))
    rows = [Item(pk=pk, position=place) for place, pk in enumerate(order, start=1) if known[pk] != place]
    Item.objects.bulk_update(rows, ["position"])
    touch_wishlist(item.wishlist_id)
    happened(ListChanged(item.wishlist))


def _locked(item: Item) -> Item:
    Wishlist.objects.select_for_update().get(pk=item.wishlist_id)
    return Item.objects.select_related("wishlist").get(pk=item.pk)


def _save(item: Item) -> None:
    item.save()
    touch_wishlist(item.wishlist_id)
    happened(ItemChanged(item))


def _just_added(wishlist: Wishlist, fields: dict[str, Any]) -> Item | None:
    """The wish that a form sent twice has made already."""
    since = timezone.now() - SAME_AGAIN
    return wishlist.items.filter(OPEN, created_at__gt=since, **fields).first()


def _refuse_when_full(number: int) -> None:
    if number >= ITEMS_AT_MOST:
        raise Refused(_("This list is full: it has %(number)d wishes.") % {"number": ITEMS_AT_MOST})


def _refuse_duplicate(item: Item) -> None:
    """The list is locked, so this check and the database's constraint agree."""
    if not item.product_key or item.received_at or item.deleted_at:
        return
    same = Item.objects.filter(OPEN, wishlist=item.wishlist_id, product_key=item.product_key)
    if other := same.exclude(pk=item.pk).first():
        raise AlreadyThere(other)
