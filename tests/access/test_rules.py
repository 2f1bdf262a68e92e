"""The rules against an oracle written from docs/privacy.md in plain Python, on small worlds made at random."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cast import rolled_back
from wishare.access import rules
from wishare.access.choices import Visibility
from wishare.access.rules import Viewer
from wishare.accounts.models import ProfileVisibility, User
from wishare.connections.models import Connection
from wishare.connections.queries import friends, requests_to
from wishare.wishlists.models import Claim, Item, Wishlist

pytestmark = pytest.mark.django_db

PEOPLE = 4
PAIRS = [(one, other) for one in range(PEOPLE) for other in range(one)]
PENDING, ACCEPTED, DECLINED = Connection.Status


@dataclass(frozen=True)
class Pair:
    """What stands between two people, and which of them asked."""

    status: int | None
    swapped: bool


@dataclass(frozen=True)
class Drawn:
    """A list; `reveal_in` is in days from today."""

    owner: int
    visibility: int
    deleted: bool
    shared: bool
    reveal_in: int | None


pairs = st.builds(Pair, st.sampled_from([None, *Connection.Status.values]), st.booleans())
drawn_lists = st.builds(
    Drawn,
    owner=st.integers(0, PEOPLE - 1),
    visibility=st.sampled_from(Visibility.values),
    deleted=st.booleans(),
    shared=st.booleans(),
    reveal_in=st.sampled_from([None, -30, -1, 0, 1, 30]),
)
worlds = st.tuples(
    st.lists(pairs, min_size=len(PAIRS), max_size=len(PAIRS)),
    st.lists(drawn_lists, max_size=6),
    st.lists(st.booleans(), min_size=PEOPLE, max_size=PEOPLE),
)


@dataclass(frozen=True)
class Small:
    """A small world in the database, and the same as plain Python for the oracle."""

    people: list[User]
    connections: list[Connection]
    lists: list[Wishlist]
    now: datetime

    # --- the sentences of docs/privacy.md -----------------------------------------------------------------------
    def between(self, one: Viewer, other: User) -> int | None:
        for row in self.connections:
            if {row.user_id, row.partner_id} == {one.pk, other.pk}:
                return row.status
        return None

    def owns(self, viewer: Viewer, row: Wishlist) -> bool:
        return row.owner_id == viewer.pk and row.deleted_at is None

    def sees(self, viewer: Viewer, row: Wishlist) -> bool:
        if row.deleted_at is not None:
            return False
        if row.owner_id == viewer.pk or row.visibility == 2:
            return True
        return row.visibility == 1 and self.between(viewer, row.owner) == ACCEPTED

    def gives(self, viewer: Viewer, row: Wishlist) -> bool:
        return viewer.pk is not None and row.owner_id != viewer.pk and self.sees(viewer, row)

    def learns_givers(self, viewer: Viewer, row: Wishlist) -> bool:
        return self.owns(viewer, row) and row.reveal_on is not None and row.reveal_on <= today()

    def sees_person(self, viewer: Viewer, person: User) -> bool:
        public = any(r.owner_id == person.pk and r.visibility == 2 and not r.deleted_at for r in self.lists)
        known = person.pk == viewer.pk or self.between(viewer, person) is not None
        return person.is_active and (known or public)

    def viewers(self) -> Iterator[Viewer]:
        yield from self.people
        yield AnonymousUser()


def today() -> date:
    return timezone.localdate()


def build(drawn: tuple[list[Pair], list[Drawn], list[bool]]) -> Small:
    standing, lists, active = drawn
    now = timezone.now()
    people = [User(email=f"p{n}@example.org", name=f"P{n}", is_active=on) for n, on in enumerate(active)]
    User.objects.bulk_create(people)
    rows = []
    for pair, (one, other) in zip(standing, PAIRS, strict=True):
        user, partner = (other, one) if pair.swapped else (one, other)
        if pair.status is not None:
            rows.append(Connection(user=people[user], partner=people[partner], status=pair.status))
    Connection.objects.bulk_create(rows)
    made = [
        Wishlist(
            owner=people[row.owner],
            name=f"List {number}",
            visibility=row.visibility,
            deleted_at=now if row.deleted else None,
            share_token=f"{number}" * 43 if row.shared else None,
            reveal_on=None if row.reveal_in is None else today() + timedelta(days=row.reveal_in),
        )
        for number, row in enumerate(lists)
    ]
    Wishlist.objects.bulk_create(made)
    items = Item.objects.bulk_create([Item(wishlist=row, name=f"Wish of {row.name}") for row in made])
    guest = {"guest_name": "Guest", "snapshot": {}}
    Claim.objects.bulk_create([Claim(item=item, manage_digest=f"{item.pk:064}", **guest) for item in items])
    Claim.objects.create(item=None, manage_digest="f" * 64, **guest)
    return Small(people, rows, made, now)


ListRule = Callable[..., Q]
LIST_RULES: list[tuple[ListRule, Callable[[Small, Viewer, Wishlist], bool]]] = [
    (rules.list_owned_by, Small.owns),
    (rules.list_visible_to, Small.sees),
    (rules.list_givable_by, Small.gives),
    (rules.givers_revealed_to, Small.learns_givers),
]


@given(drawn=worlds)
@settings(max_examples=60)
def test_rules_about_lists_say_what_the_document_says(
    drawn: tuple[list[Pair], list[Drawn], list[bool]],
) -> None:
    with rolled_back():
        small = build(drawn)
        for viewer in small.viewers():
            for rule, oracle in LIST_RULES:
                expected = {row.pk for row in small.lists if oracle(small, viewer, row)}
                _assert_agrees(rule, (viewer,), expected)
                for row in small.lists:
                    assert rules.holds(rule(viewer), row) == (row.pk in expected)


@given(drawn=worlds)
@settings(max_examples=40)
def test_a_share_link_shows_its_list_and_no_other(drawn: tuple[list[Pair], list[Drawn], list[bool]]) -> None:
    with rolled_back():
        small = build(drawn)
        for token in ["", "x" * 43, *(row.share_token for row in small.lists if row.share_token)]:
            expected = {r.pk for r in small.lists if token and r.share_token == token and not r.deleted_at}
            _assert_agrees(rules.list_shared_by, (token,), expected)


@given(drawn=worlds)
@settings(max_examples=60)
def test_rules_about_people_say_what_the_document_says(
    drawn: tuple[list[Pair], list[Drawn], list[bool]],
) -> None:
    with rolled_back():
        small = build(drawn)
        for viewer in small.viewers():
            expected = {person.pk for person in small.people if small.sees_person(viewer, person)}
            assert _found(User, rules.person_visible_to(viewer)) == sorted(expected)
            for person in small.people:
                assert rules.holds(rules.person_visible_to(viewer), person) == (person.pk in expected)
        for person in small.people:
            answerable = [r.pk for r in small.connections if r.partner_id == person.pk and r.status == PENDING]
            assert sorted(requests_to(person).values_list("pk", flat=True)) == sorted(answerable)
            near = [other.pk for other in small.people if small.between(person, other) == ACCEPTED]
            assert sorted(friends(person).values_list("pk", flat=True)) == sorted(near)


@pytest.mark.parametrize(("reveal_in", "expected"), [(None, False), (-1, True), (0, True), (1, False)])
def test_a_list_is_revealed_from_its_day_on(reveal_in: int | None, expected: bool) -> None:
    day = None if reveal_in is None else today() + timedelta(days=reveal_in)
    assert rules.is_revealed(day) is expected


@pytest.mark.parametrize("setting", ProfileVisibility.values)
@pytest.mark.parametrize(("is_self", "is_friend"), [(True, False), (False, True), (False, False)])
def test_a_part_of_a_profile_is_for_its_circle(setting: int, is_self: bool, is_friend: bool) -> None:
    circles = {0: is_self, 1: is_self or is_friend, 2: True}
    visible = rules.profile_field_visible(setting=setting, is_self=is_self, is_friend=is_friend)
    assert visible is circles[setting]


def _assert_agrees(rule: ListRule, arguments: tuple[object, ...], lists: set[int]) -> None:
    """The rule finds these lists, their wishes, and the gifts for those; each once."""
    assert _found(Wishlist, rule(*arguments)) == sorted(lists)
    wishes = Item.objects.filter(rule(*arguments, at="wishlist__")).order_by("pk")
    assert [wish.wishlist_id for wish in wishes] == sorted(lists)
    gifts = Claim.objects.filter(rule(*arguments, at="item__wishlist__")).select_related("item").order_by("pk")
    assert [gift.item and gift.item.wishlist_id for gift in gifts] == sorted(lists)


def _found(model: type[Model], rule: Q) -> list[int]:
    return sorted(model._default_manager.filter(rule).values_list("pk", flat=True))
