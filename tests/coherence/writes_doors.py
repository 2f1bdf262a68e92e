"""Writes about lists, wishes and gifts past the actions: in bulk, in SQL, from an old copy."""

from random import Random
from typing import Any

from django.db.models import F, Model

from tests.coherence.stage import ITEMS_AT_MOST, LISTS_AT_MOST, Nothing, Stage, new_name, pick, raw, room, some, write
from tests.coherence.writes_lists import CLAIMS, ITEMS, LISTS, Whose, list_field, owners
from wishare.accounts.models import User
from wishare.wishlists.models import Claim, Item, Wishlist


@write
def lists_updated(stage: Stage, random: Random) -> Whose:
    found = some(LISTS, random)
    LISTS.filter(pk__in=[row.pk for row in found]).update(**list_field(random))
    return [row.owner_id for row in found]


@write
def lists_bulk_updated(stage: Stage, random: Random) -> Whose:
    found = some(LISTS, random)
    for row in found:
        row.name = new_name("Bulk")
    Wishlist.objects.bulk_update(found, ["name"])
    return [row.owner_id for row in found]


@write
def lists_bulk_created(stage: Stage, random: Random) -> Whose:
    room(LISTS, LISTS_AT_MOST)
    owner = pick(User.objects.all(), random)
    Wishlist.objects.bulk_create(Wishlist(owner=owner, name=new_name("Many"), visibility=2) for _ in range(2))
    return [owner.pk]


@write
def lists_removed_for_good(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    LISTS.filter(pk=row.pk).delete()
    return [row.owner_id]


@write
def list_given_to_another(stage: Stage, random: Random) -> Whose:
    row, owner = pick(LISTS, random), pick(User.objects.all(), random)
    LISTS.filter(pk=row.pk).update(owner=owner, is_default=False)
    return [row.owner_id, owner.pk]


@write
def list_written_in_sql(stage: Stage, random: Random) -> Whose:
    row = pick(LISTS, random)
    raw("UPDATE wishlists_wishlist SET visibility = %s WHERE id = %s", random.randrange(3), row.pk)
    return [row.owner_id]


@write
def items_updated(stage: Stage, random: Random) -> Whose:
    found = some(ITEMS, random)
    Item.objects.filter(pk__in=[row.pk for row in found]).update(name=new_name("Updated"))
    return owners(found)


@write
def items_bulk_updated(stage: Stage, random: Random) -> Whose:
    found = some(ITEMS, random)
    for row in found:
        row.position = random.randrange(20)
    Item.objects.bulk_update(found, ["position"])
    return owners(found)


@write
def items_bulk_created(stage: Stage, random: Random) -> Whose:
    room(ITEMS, ITEMS_AT_MOST)
    row = pick(LISTS, random)
    Item.objects.bulk_create(Item(wishlist=row, name=new_name("Many"), price=n, position=n) for n in range(3))
    return [row.owner_id]


@write
def items_removed_for_good(stage: Stage, random: Random) -> Whose:
    found = some(ITEMS, random)
    Item.objects.filter(pk__in=[row.pk for row in found]).delete()
    return owners(found)


@write
def item_put_on_another_list(stage: Stage, random: Random) -> Whose:
    item, row = pick(ITEMS, random), pick(LISTS, random)
    Item.objects.filter(pk=item.pk).update(wishlist=row)
    return [row.owner_id, *owners([item])]


@write
def item_written_in_sql(stage: Stage, random: Random) -> Whose:
    item = pick(ITEMS, random)
    raw("UPDATE wishlists_item SET name = %s, price = 7 WHERE id = %s", new_name("Raw"), item.pk)
    return owners([item])


@write
def item_deleted_in_sql(stage: Stage, random: Random) -> Whose:
    item = pick(ITEMS.filter(claims=None), random)
    raw("DELETE FROM activity_activity WHERE item_id = %s", item.pk)
    raw("DELETE FROM wishlists_item WHERE id = %s", item.pk)
    return owners([item])


@write
def gifts_updated(stage: Stage, random: Random) -> Whose:
    claim = pick(CLAIMS, random)
    Claim.objects.filter(pk=claim.pk).update(status=random.choice(Claim.Status.values), created_at=F("created_at"))
    return [claim.giver_id]


@write
def gifts_removed_for_good(stage: Stage, random: Random) -> Whose:
    Claim.objects.filter(pk__in=[row.pk for row in some(CLAIMS, random)]).delete()
    return []


@write
def copy_taken(stage: Stage, random: Random) -> Whose:
    """Of some row, to be saved later: what another process, or a form left open, has in its hands."""
    rows: list[Any] = [User.objects.all(), LISTS, Item.objects.all()]
    stage.copies.append(pick(random.choice(rows), random))
    return []


@write
def copy_saved(stage: Stage, random: Random) -> Whose:
    """All its columns, over whatever was written since. A row that is gone stays gone."""
    copy = _copy(stage, random, is_there=True)
    copy.save(force_update=True)
    return []


@write
def copy_put_back(stage: Stage, random: Random) -> Whose:
    """What was deleted for good, under its old key and with its old version, as from a backup."""
    try:
        copy = _copy(stage, random, is_there=False)
    except Nothing:
        copy = pick(ITEMS, random)
        ITEMS.filter(pk=copy.pk).delete()
        copy.name = new_name("Back")
    copy.save(force_insert=True)
    return []


def _copy(stage: Stage, random: Random, *, is_there: bool) -> Model:
    """One whose row is still there, or one that can be put back; it is used up."""
    found = [copy for copy in stage.copies if _is_there(copy) is is_there and _has_a_place(copy)]
    if not found:
        raise Nothing
    stage.copies.remove(chosen := random.choice(found))
    return chosen


def _is_there(copy: Model) -> bool:
    return type(copy)._default_manager.filter(pk=copy.pk).exists()


def _has_a_place(copy: Model) -> bool:
    """Its list, and the owner of it: the database would notice no sooner than with the next commit."""
    above = {Item: (Wishlist, "wishlist_id"), Wishlist: (User, "owner_id")}.get(type(copy))
    return above is None or above[0]._default_manager.filter(pk=getattr(copy, above[1])).exists()
