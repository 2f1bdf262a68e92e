"""Writes about lists, wishes and gifts, through actions and through every other door."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from tests.coherence.stage import ITEMS_AT_MOST, LISTS_AT_MOST, Stage, new_name, pick, room, write
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.metadata.cache import Answer
from wishare.metadata.extractor import NOTHING, Product
from wishare.metadata.models import Outcome
from wishare.wishlists.actions import claims, items, lists, lookups
from wishare.wishlists.choices import Currency, EventType, Priority
from wishare.wishlists.models import Claim, Item, Wishlist

LISTS, ITEMS = Wishlist.objects.all(), Item.objects.select_related("wishlist")
CLAIMS = Claim.objects.select_related("item__wishlist", "giver")
OPEN = ITEMS.filter(deleted_at=None, received_at=None)
Whose = Iterable[int | None]


def list_field(random: Random) -> dict[str, Any]:
    """One field of a list, with a new value."""
    day = timezone.localdate() + timedelta(days=random.choice([-40, -1, 0, 3, 60]))
    fields: dict[str, Any] = {
        "name": new_name("List"),
        "description": new_name("About"),
        "visibility": random.choice(Visibility.values),
        "event_type": random.choice(EventType.values),
        "event_date": random.choice([day, day, None]),
    }
    name = random.choice(sorted(fields))
    return {name: fields[name]}


def item_field(random: Random) -> dict[str, Any]:
    """One field of a wish, with a new value."""
    fields: dict[str, Any] = {
        "name": new_name("Wish"),
        "description": new_name("About"),
        "price": random.choice([None, Decimal(random.randrange(1000)) / 10]),
        "currency": random.choice(Currency.values),
        "url": f"https://shop.example/{random.randrange(4)}",
        "priority": random.choice(Priority.values),
        "quantity": random.randrange(1, 4),
        "image": random.choice([False, ContentFile(b"picture", name=f"{random.randrange(10**9)}.webp")]),
    }
    name = random.choice(sorted(fields))
    return {name: fields[name]}


def owners(found: Iterable[Item]) -> list[int]:
    return [item.wishlist.owner_id for item in found]


# --- lists --------------------------------------------------------------------------------------------------------
@write
def list_created(stage: Stage, random: Random) -> Whose:
    room(LISTS, LISTS_AT_MOST)
    owner = pick(User.objects.all(), random)
    lists.create_wishlist(owner=owner, **{"name": new_name("List"), **list_field(random)})
    return [owner.pk]


@write
def list_edited(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    lists.edit_wishlist(wishlist=row, **list_field(random))
    return [row.owner_id]


@write
def cover_changed(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    picture = ContentFile(b"picture", name=f"{random.randrange(10**9)}.webp")
    lists.edit_wishlist(wishlist=row, cover=random.choice([False, picture]))
    return [row.owner_id]


@write
def visibility_changed(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    lists.edit_wishlist(wishlist=row, visibility=random.choice(Visibility.values))
    return [row.owner_id]


@write
def list_deleted(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS.filter(deleted_at=None), random)
    lists.delete_wishlist(wishlist=row)
    return [row.owner_id]


@write
def list_restored(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS.exclude(deleted_at=None), random)
    lists.restore_wishlist(wishlist=row)
    return [row.owner_id]


@write
def list_shared(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    lists.share_wishlist(wishlist=row)
    return [row.owner_id]


@write
def list_unshared(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS.exclude(share_token=None), random)
    lists.unshare_wishlist(wishlist=row)
    return [row.owner_id]


@write
def trash_purged(stage: Stage, random: Random) -> Whose:
    lists.purge_deleted(before=timezone.now() - timedelta(seconds=random.choice([0, 1, 2])))
    return []


# --- wishes -------------------------------------------------------------------------------------------------------
@write
def item_added(stage: Stage, random: Random) -> Whose:
    room(ITEMS, ITEMS_AT_MOST)
    row = pick(LISTS, random)
    name = random.choice(["", new_name("Wish")])
    fields = {"name": name, "url": f"https://shop.example/{name}", **item_field(random), "image": None}
    items.add_item(wishlist=row, look_up=random.random() < 0.5, **fields)
    return [row.owner_id]


@write
def item_edited(stage: Stage, random: Random) -> Whose:
    item = pick(ITEMS, random)
    items.edit_item(item=item, **item_field(random))
    return owners([item])


@write
def item_looked_up(stage: Stage, random: Random) -> Whose:
    """A page is looked at for what is missing, and has something to say or nothing."""
    item = pick(OPEN.exclude(url=""), random)
    lookups.look_up_again(item=item)
    item.refresh_from_db()
    picture = random.choice([None, ContentFile(b"picture", name=f"{random.randrange(10**9)}.webp")])
    said = Product(
        **{**NOTHING, "title": new_name("Found"), "price": Decimal(random.randrange(1, 99)), "currency": "EUR"}
    )
    lookups.finish_lookup(item=item, answer=Answer(random.choice(list(Outcome)), said), image=picture)
    return owners([item])


@write
def item_moved(stage: Stage, random: Random) -> Whose:
    item = pick(OPEN, random)
    directions: tuple[items.Direction, ...] = ("up", "down", "top", "bottom")
    items.move_item(item=item, direction=random.choice(directions))
    return owners([item])


@write
def item_moved_before_another(stage: Stage, random: Random) -> Whose:
    item = pick(OPEN, random)
    items.move_item_before(item=item, before=pick(OPEN.filter(wishlist=item.wishlist), random))
    return owners([item])


@write
def item_received_or_not(stage: Stage, random: Random) -> Whose:
    item = pick(ITEMS, random)
    (items.unreceive_item if item.received_at else items.receive_item)(item=item)
    return owners([item])


@write
def item_deleted_or_restored(stage: Stage, random: Random) -> Whose:
    item = pick(ITEMS, random)
    (items.restore_item if item.deleted_at else items.delete_item)(item=item)
    return owners([item])


# --- gifts --------------------------------------------------------------------------------------------------------
@write
def item_reserved(stage: Stage, random: Random) -> Whose:
    item = pick(OPEN, random)
    giver = pick(User.objects.exclude(pk=item.wishlist.owner_id), random)
    claims.claim_item(item=item, giver=giver)
    return [giver.pk, *owners([item])]


@write
def item_reserved_by_guest(stage: Stage, random: Random) -> Whose:
    item = pick(OPEN, random)
    claims.claim_item_as_guest(item=item, name="Uncle Otto", share_token=item.wishlist.share_token or "")
    return owners([item])


@write
def gift_bought_or_not(stage: Stage, random: Random) -> Whose:
    claim = pick(CLAIMS, random)
    (claims.unpurchase_claim if claim.purchased_at else claims.purchase_claim)(claim=claim)
    return [claim.giver_id]


@write
def gift_undone(stage: Stage, random: Random) -> Whose:
    claim = pick(CLAIMS, random)
    claims.undo_claim(claim=claim)
    return [claim.giver_id]
