"""Writes that a person's friends see on their pages: friendships, news, gifts for strangers, time and switches."""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from tests.coherence.stage import WRITES, Nothing, Stage, new_name, pick, raw, some, write
from tests.coherence.writes_lists import CLAIMS, ITEMS, LISTS, OPEN, Whose
from tests.coherence.writes_people import CONNECTIONS, PEOPLE
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.activity.models import Activity, Actor, Kind
from wishare.connections import actions
from wishare.connections.models import Connection
from wishare.connections.queries import connection_between, friend_ids
from wishare.core import flags
from wishare.wishlists.actions import claims, items
from wishare.wishlists.models import Claim, Item

ACCEPTED = CONNECTIONS.filter(status=Connection.Status.ACCEPTED)
NEWS: Any = Activity.objects.all()


# --- gifts for strangers ------------------------------------------------------------------------------------------
@write
def gift_bought_from_stranger(stage: Stage, random: Random) -> Whose:
    giver = pick(PEOPLE, random)
    public = OPEN.filter(wishlist__visibility=Visibility.PUBLICLY_VISIBLE, wishlist__deleted_at=None)
    of_strangers = public.exclude(wishlist__owner__in=friend_ids(giver)).exclude(wishlist__owner=giver)
    claims.purchase_claim(claim=claims.claim_item(item=pick(of_strangers, random), giver=giver))
    return [giver.pk]


@write
def list_bought_from_written(stage: Stage, random: Random) -> Whose:
    claim = _bought(random)
    new = {"name": new_name("Bought"), "visibility": random.choice(Visibility.values), "deleted_at": timezone.now()}
    name = random.choice(sorted(new))
    LISTS.filter(items__claims=claim.pk).update(**{name: new[name]})
    return [claim.giver_id]


@write
def wish_bought_written(stage: Stage, random: Random) -> Whose:
    claim = _bought(random)
    wish = Item.objects.filter(claims=claim.pk)
    wish.update(**random.choice([{"name": new_name("Bought")}, {"deleted_at": timezone.now()}, {"deleted_at": None}]))
    return [claim.giver_id]


@write
def wish_bought_put_elsewhere(stage: Stage, random: Random) -> Whose:
    claim = _bought(random)
    Item.objects.filter(claims=claim.pk).update(wishlist=pick(LISTS, random))
    return [claim.giver_id]


@write
def bought_removed_for_good(stage: Stage, random: Random) -> Whose:
    claim = _bought(random)
    (LISTS.filter(items__claims=claim.pk) if random.random() < 0.5 else Item.objects.filter(claims=claim.pk)).delete()
    return [claim.giver_id]


@write
def owner_bought_from_renamed(stage: Stage, random: Random) -> Whose:
    claim = _bought(random)
    PEOPLE.filter(wishlists__items__claims=claim.pk).update(name=new_name("Bought from"))
    return [claim.giver_id]


def _bought(random: Random) -> Claim:
    return pick(CLAIMS.filter(purchased_at__isnull=False, giver__isnull=False, item__isnull=False), random)


# --- friends of one person ----------------------------------------------------------------------------------------
@write
def friends_of_one_meet(stage: Stage, random: Random) -> Whose:
    one, other = _two_friends_of_one(random)
    actions.befriend(user=one, partner=other)
    return [one.pk, other.pk]


@write
def friends_of_one_part(stage: Stage, random: Random) -> Whose:
    one, other = _two_friends_of_one(random)
    if row := connection_between(one, other):
        actions.disconnect(connection=row)
    else:  # so that they can the next time
        actions.befriend(user=one, partner=other)
    return [one.pk, other.pk]


@write
def friend_of_one_declines(stage: Stage, random: Random) -> Whose:
    """Whoever was a friend of both has news of neither any more."""
    one, other = _two_friends_of_one(random)
    if not (row := connection_between(one, other)):
        row = actions.ask_to_connect(user=one, partner=other)
        actions.answer_request(connection=row, accept=False)
    Connection.objects.filter(pk=row.pk).update(status=Connection.Status.DECLINED)
    return [one.pk, other.pk]


@write
def friend_writes_and_parts(stage: Stage, random: Random) -> Whose:
    row = pick(ACCEPTED, random)
    if wishlist := LISTS.filter(owner=row.user, deleted_at=None).first():
        items.add_item(wishlist=wishlist, name=new_name("Last"))
    actions.disconnect(connection=row)
    return [row.user_id, row.partner_id]


@write
def person_deactivated_or_not(stage: Stage, random: Random) -> Whose:
    """One at a time: whoever may not sign in sees little."""
    user = PEOPLE.filter(is_active=False).first() or pick(PEOPLE, random)
    PEOPLE.filter(pk=user.pk).update(is_active=not user.is_active)
    return [user.pk, *friend_ids(user)]


@write
def friend_removed_for_good(stage: Stage, random: Random) -> Whose:
    """Not the first ones: somebody has to be looked at."""
    leaving = PEOPLE.filter(pk__in=list(stage.browsers.open)[4:])
    user = pick(leaving.filter(Q(connections_asked__status=1) | Q(connections_answered__status=1)), random)
    friends = list(friend_ids(user))
    stage.browsers.open.pop(user.pk)
    PEOPLE.filter(pk=user.pk).delete()
    return friends


def _two_friends_of_one(random: Random) -> list[User]:
    friends = some(PEOPLE.filter(pk__in=friend_ids(pick(PEOPLE, random))), random)
    if len(friends) < 2:
        raise Nothing
    return friends[:2]


# --- friendships through other doors ------------------------------------------------------------------------------
@write
def friendships_bulk_created(stage: Stage, random: Random) -> Whose:
    one, other = pick(PEOPLE, random), pick(PEOPLE, random)
    Connection.objects.bulk_create([Connection(user=one, partner=other, status=Connection.Status.ACCEPTED)])
    return [one.pk, other.pk]


@write
def friendships_bulk_updated(stage: Stage, random: Random) -> Whose:
    found = some(CONNECTIONS, random)
    for row in found:
        row.status = random.choice(Connection.Status.values)
    Connection.objects.bulk_update(found, ["status"])
    return [row.user_id for row in found]


@write
def friendship_written_in_sql(stage: Stage, random: Random) -> Whose:
    row = pick(CONNECTIONS, random)
    status = random.choice(Connection.Status.values)
    raw("UPDATE connections_connection SET status = %s WHERE id = %s", status, row.pk)
    return [row.user_id, row.partner_id]


@write
def friendship_deleted_in_sql(stage: Stage, random: Random) -> Whose:
    """The news about it, which hang on it, first."""
    row = pick(CONNECTIONS, random)
    raw("DELETE FROM activity_activity WHERE connection_id = %s", row.pk)
    raw("DELETE FROM connections_connection WHERE id = %s", row.pk)
    return [row.user_id, row.partner_id]


@write
def friendship_given_to_another(stage: Stage, random: Random) -> Whose:
    row, other = pick(CONNECTIONS, random), pick(PEOPLE, random)
    Connection.objects.filter(pk=row.pk).update(**{random.choice(["user", "partner"]): other})
    return [row.user_id, row.partner_id, other.pk]


# --- news through other doors -------------------------------------------------------------------------------------
@write
def news_bulk_created(stage: Stage, random: Random) -> Whose:
    wish = pick(ITEMS, random)
    actor = pick(Actor.objects.filter(user=wish.wishlist.owner_id), random)
    told = {"actor": actor, "kind": Kind.ITEM_ADDED, "wishlist": wish.wishlist, "item": wish}
    Activity.objects.bulk_create([Activity(**told) for _ in range(2)])
    return [actor.pk]


@write
def news_deleted_in_sql(stage: Stage, random: Random) -> Whose:
    row = pick(NEWS, random)
    raw("DELETE FROM activity_activity WHERE id = %s", row.pk)
    return [row.actor_id]


@write
def news_saved(stage: Stage, random: Random) -> Whose:
    """As somebody does in a shell."""
    row = pick(NEWS, random)
    row.kind = random.choice([Kind.WISHLIST_CREATED, Kind.ITEM_ADDED, Kind.ITEM_PURCHASED, Kind.PROFILE_UPDATED])
    row.save()
    return [row.actor_id]


@write
def news_given_to_another(stage: Stage, random: Random) -> Whose:
    row, actor = pick(NEWS, random), pick(Actor.objects.all(), random)
    Activity.objects.filter(pk=row.pk).update(actor=actor)
    return [row.actor_id, actor.pk]


@write
def news_put_elsewhere(stage: Stage, random: Random) -> Whose:
    row = pick(NEWS.exclude(item=None), random)
    wish = pick(ITEMS, random)
    Activity.objects.filter(pk=row.pk).update(item=wish, wishlist=wish.wishlist_id)
    return [row.actor_id]


@write
def news_almost_forgotten(stage: Stage, random: Random) -> Whose:
    """To the day on which friends hear of it for the last time, or the first time not."""
    found = some(NEWS, random)
    moved = Activity.objects.filter(pk__in=[row.pk for row in found])
    moved.update(created_at=timezone.now() - timedelta(days=random.choice([89, 90, 91])))
    return [row.actor_id for row in found]


# --- several at once, time, and switches --------------------------------------------------------------------------
class _TakenBack(Exception):  # noqa: N818 (not an error)
    """Ends a savepoint."""


@write
def several_at_once(stage: Stage, random: Random) -> Whose:
    """Three writes in one transaction; the second is taken back to a savepoint."""
    first, second, third = (_single(random) for _ in range(3))
    concerned = list(first(stage, random))
    try:
        with stage.kept(), transaction.atomic():
            concerned += second(stage, random)
            raise _TakenBack
    except (_TakenBack, Nothing):
        pass
    return [*concerned, *third(stage, random)]


def _single(random: Random) -> Callable[[Stage, Random], Whose]:
    return WRITES[random.choice([name for name in WRITES if name != "several_at_once"])]


@write
def a_day_passes(stage: Stage, random: Random) -> Whose:
    """Or a few, or what is left of one but a moment, or the moment after it."""
    clock = stage.clock
    if clock.is_late():
        raise Nothing
    just = timedelta(seconds=1)
    random.choice(
        [
            lambda: clock.go_on(timedelta(days=random.choice([1, 1, 7]))),
            lambda: clock.go_to_midnight(-just),
            lambda: clock.go_to_midnight(just),
        ]
    )()
    return []


@write
def switch_turned(stage: Stage, random: Random) -> Whose:
    flags.set_share("fragment_caching", random.choice([0, 30, 70, 100, 100]))
    return []


@write
def caches_cleared(stage: Stage, random: Random) -> Whose:
    flags.clear_caches()
    return []
