"""Small worlds for Hypothesis: all on which a dashboard may depend, in every state, at the moments that matter."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from hypothesis import strategies as st

from tests.wishlists.test_index import PEOPLE, pairs
from wishare.access.choices import CommentAudience, Visibility
from wishare.accounts.models import User
from wishare.activity.models import Activity, Actor, Kind
from wishare.comments.models import Comment, Givers
from wishare.connections.models import Connection
from wishare.wishlists.models import Claim, Item, Wishlist

#: The day on which the dashboards are looked at. Far from the real one: nobody may look at the clock instead.
TODAY = date(2031, 3, 4)
MIDNIGHT = timezone.make_aware(datetime.combine(TODAY, time.min))
#: Around the windows of the numbers, and around the last midnight that is told of.
MOMENTS = [
    MIDNIGHT - timedelta(days=days) + timedelta(seconds=seconds)
    for days in (0, 6, 29, 90)
    for seconds in (-1, 0, 1, 40_000)
]
ON_LISTS = [Kind.WISHLIST_CREATED, Kind.WISHLIST_SHARED, Kind.WISHLIST_COMMENTED]
ON_ITEMS = [Kind.ITEM_ADDED, Kind.ITEM_PURCHASED, Kind.ITEM_COMMENTED]

ACCEPTED = Connection.Status.ACCEPTED

persons = st.integers(0, PEOPLE - 1)
rarely = st.sampled_from([False, False, False, True])


@dataclass(frozen=True)
class AList:
    """With its wishes: whether each is received, deleted, claimed."""

    owner: int
    visibility: int
    deleted: bool
    shared: bool
    minutes: int
    days_ahead: int | None
    wishes: list[tuple[bool, bool, bool]]


@dataclass(frozen=True)
class Deed:
    """By `actor`, or by who would have done it; `target` counts lists, wishes or friendships."""

    kind: Kind
    actor: int | None
    target: int
    moment: datetime
    moved: bool
    among_givers: bool = False
    deleted: bool = False


@dataclass(frozen=True)
class World:
    """What is to be made."""

    inactive: set[int]
    connections: list[tuple[tuple[int, int], int]]
    lists: list[AList]
    deeds: list[Deed]

    def make(self) -> list[User]:
        """The people. Nobody's rows are written by an action, so that all of them may be strange."""
        people = [
            User.objects.create(email=f"{n}@example.org", name=f"P{n}", is_active=n not in self.inactive)
            for n in range(PEOPLE)
        ]
        lists = [self._list(people, made, number) for number, made in enumerate(self.lists)]
        items = [item for wishlist in lists for item in wishlist.items.order_by("pk")]
        Actor.objects.bulk_create(Actor(pk=person.pk) for person in people)
        known = self._connections(people)
        done = (_activity(deed, people, lists, items, known) for deed in self.deeds)
        _at({activity: deed.moment for deed, activity in zip(self.deeds, done, strict=True) if activity})
        return people

    def _connections(self, people: list[User]) -> list[Connection]:
        once = {frozenset(pair): (pair, status) for pair, status in self.connections}
        return [
            Connection.objects.create(user=people[one], partner=people[other], status=status)
            for (one, other), status in once.values()
        ]

    def _list(self, people: list[User], made: AList, number: int) -> Wishlist:
        gone = MIDNIGHT if made.deleted else None
        day = None if made.days_ahead is None else TODAY + timedelta(days=made.days_ahead)
        wishlist = Wishlist.objects.create(
            owner=people[made.owner], name=f"L{number}", visibility=made.visibility, deleted_at=gone, event_date=day,
            share_token=f"token{number}" if made.shared else None,
        )  # fmt: skip
        Wishlist.objects.filter(pk=wishlist.pk).update(created_at=MIDNIGHT + timedelta(minutes=made.minutes))
        for place, (received, deleted, claimed) in enumerate(made.wishes):
            item = Item.objects.create(
                wishlist=wishlist, name=f"W{number}.{place}", position=place,
                received_at=MIDNIGHT if received else None, deleted_at=MIDNIGHT if deleted else None,
            )  # fmt: skip
            if claimed:
                Claim.objects.create(item=item, giver=people[made.owner - 1])
        return wishlist


def _activity(
    deed: Deed, people: list[User], lists: list[Wishlist], items: list[Item], known: list[Connection]
) -> Activity | None:
    """None where there is nothing that it could have been done to."""
    rows: list[Any] = lists if deed.kind in ON_LISTS else items if deed.kind in ON_ITEMS else known
    if deed.kind == Kind.PROFILE_UPDATED:
        person = people[deed.target % PEOPLE]
        return _done(deed, people, person, person=person)
    if not rows:
        return None
    row = rows[deed.target % len(rows)]
    if deed.kind in {Kind.WISHLIST_COMMENTED, Kind.ITEM_COMMENTED}:
        return _said(deed, people, row)
    if deed.kind in ON_LISTS:
        return _done(deed, people, row.owner, wishlist=row)
    if deed.kind in ON_ITEMS:
        wishlist = lists[deed.target % len(lists)] if deed.moved else row.wishlist
        return _done(deed, people, row.wishlist.owner, wishlist=wishlist, item=row)
    one, other = (row.partner, row.user) if deed.moved else (row.user, row.partner)
    return _done(deed, people, one, connection=row, person=other)


def _said(deed: Deed, people: list[User], row: Any) -> Activity:
    """By anybody, about any list; `moved` says that it was among the givers of somebody else."""
    wishlist, item = (row.wishlist, row) if isinstance(row, Item) else (row, None)
    owner = people[wishlist.owner_id - people[0].pk - deed.moved]
    givers = Givers.objects.get_or_create(pk=owner.pk)[0] if deed.among_givers else None
    author = wishlist.owner if deed.actor is None else people[deed.actor]
    comment = Comment.objects.create(
        wishlist=wishlist, item=item, author=author, text=f"Said {deed.target}", givers=givers,
        audience=CommentAudience.GIVERS if givers else CommentAudience.EVERYONE,
        deleted_at=MIDNIGHT if deed.deleted else None,
    )  # fmt: skip
    target = {"wishlist": wishlist, "item": item, "person": wishlist.owner, "givers": givers, "comment": comment}
    return _done(deed, people, author, **target)


def _done(deed: Deed, people: list[User], usually: User, **target: Any) -> Activity:
    actor = usually if deed.actor is None else people[deed.actor]
    return Activity.objects.create(actor_id=actor.pk, kind=deed.kind, **target)


def _at(moments: dict[Activity, datetime]) -> None:
    for activity, moment in moments.items():
        Activity.objects.filter(pk=activity.pk).update(created_at=moment)


wishes = st.tuples(st.booleans(), rarely, st.booleans())
lists = st.builds(
    AList,
    owner=persons,
    visibility=st.sampled_from([*Visibility]),
    deleted=rarely,
    shared=st.booleans(),
    minutes=st.integers(0, 3),
    days_ahead=st.none() | st.integers(-1, 3),
    wishes=st.lists(wishes, max_size=3),
)
deeds = st.builds(
    Deed,
    kind=st.sampled_from([*Kind]),
    actor=st.sampled_from([None, None, None, *range(PEOPLE)]),
    target=st.integers(0, 20),
    moment=st.sampled_from(MOMENTS),
    moved=rarely,
    among_givers=st.booleans(),
    deleted=rarely,
)
worlds = st.builds(
    World,
    inactive=st.sets(persons, max_size=2),
    connections=st.lists(st.tuples(pairs, st.sampled_from([ACCEPTED, ACCEPTED, *Connection.Status])), max_size=8),
    lists=st.lists(lists, min_size=3, max_size=14),
    deeds=st.lists(deeds, min_size=5, max_size=20),
)
