"""Rows of what people did: the activities that the actions would have written in the four months before the day."""

from collections.abc import Callable, Iterable, Iterator
from operator import itemgetter
from typing import Any

from bench.people import CONNECTION, PERSON, Row
from bench.values import SECONDS_A_DAY, SPAN, moment, public_id
from bench.wishes import CLAIM, ITEM, LIST, Part
from wishare.activity.models import Kind
from wishare.connections.models import Connection

#: Longer than one hears of friends, so that the past has to be left out here, too.
SINCE = moment(SPAN - 120 * SECONDS_A_DAY)
ACTOR = ("user",)
TARGETS = ("wishlist", "item", "claim", "connection", "person")
ACTIVITY = ("id", "public_id", "actor", "kind", "created_at", *TARGETS)


def _of(names: tuple[str, ...], *wanted: str) -> Callable[[Row], Any]:
    """Takes some values out of a row."""
    return itemgetter(*map(names.index, wanted))


_person = _of(PERSON, "id", "bio", "updated_at")
_friends = _of(CONNECTION, "id", "user", "partner", "status", "updated_at")
_list = _of(LIST, "id", "owner", "share_token", "created_at", "updated_at")
_item = _of(ITEM, "id", "wishlist", "created_at")
_claim = _of(CLAIM, "id", "item", "giver", "purchased_at")


class Deeds:
    """Numbers all that it makes."""

    def __init__(self) -> None:
        self.number = 0

    def of_people(self, persons: Iterable[Row]) -> Iterator[Row]:
        """Who says something about themselves has said it when they were last there."""
        for pk, bio, at in map(_person, persons):
            if bio:
                yield from self._done(at, pk, Kind.PROFILE_UPDATED, person=pk)

    def of_friends(self, connections: Iterable[Row]) -> Iterator[Row]:
        """Each of two friends found the other."""
        for pk, one, other, status, at in map(_friends, connections):
            if status == Connection.Status.ACCEPTED:
                for actor, person in sorted([(one, other), (other, one)]):
                    yield from self._done(at, actor, Kind.FRIEND_CONNECTED, connection=pk, person=person)

    def of_part(self, part: Part) -> Iterator[Row]:
        """Lists made and shared, wishes added, gifts bought."""
        owners: dict[int, int] = {}
        for pk, owner, token, made_at, touched in map(_list, part.lists):
            owners[pk] = owner
            yield from self._done(made_at, owner, Kind.WISHLIST_CREATED, wishlist=pk)
            if token:
                yield from self._done(touched, owner, Kind.WISHLIST_SHARED, wishlist=pk)
        lists: dict[int, int] = {}
        for pk, wishlist, at in map(_item, part.items):
            lists[pk] = wishlist
            yield from self._done(at, owners[wishlist], Kind.ITEM_ADDED, wishlist=wishlist, item=pk)
        for pk, item, giver, at in map(_claim, part.claims):
            if giver and at:
                on = {"wishlist": lists[item], "item": item, "claim": pk, "person": owners[lists[item]]}
                yield from self._done(at, giver, Kind.ITEM_PURCHASED, **on)

    def _done(self, at: str, actor: int, kind: Kind, **target: int) -> Iterator[Row]:
        """The row, unless it is too long ago."""
        if at >= SINCE:
            self.number += 1
            named = (self.number, public_id("activity", self.number), actor, kind.value, at)
            yield (*named, *map(target.get, TARGETS))
