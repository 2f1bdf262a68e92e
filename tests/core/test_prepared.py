"""Prepared queries: the rows of Django's own queries for any values and in any thread; the rest is refused."""

import gc
import random
import sys
import weakref
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.core.queries import (
    BEGIN,
    DAY,
    LISTS,
    NAMES,
    QUERIES,
    Make,
    Query,
    behind_place,
    circle,
    prices_over,
    with_list_on,
)
from tests.support.counting import counted
from wishare.accounts.models import User
from wishare.connections.actions import befriend
from wishare.core.prepared import Prepared, PreparedKeys, UnpreparableError
from wishare.wishlists.choices import EventType
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db
PEOPLE, BINDINGS = 6, 12


@pytest.fixture
def rows(db: None) -> None:
    """People who know their neighbours, with lists of two moments an hour and wishes on them."""
    people = [User.objects.create_user(f"{n}@example.org", name=NAMES[n]) for n in range(PEOPLE)]
    for one, other in pairwise(people):
        befriend(user=one, partner=other)
    for n in range(LISTS):
        kind, name = EventType.values[n % 3], NAMES[n % len(NAMES)]
        fields = {"visibility": n // PEOPLE % 3, "event_type": kind, "event_date": DAY + timedelta(days=n)}
        made = Wishlist.objects.create(owner=people[n % PEOPLE], name=name, **fields)
        Wishlist.objects.filter(pk=made.pk).update(created_at=BEGIN + timedelta(hours=n // 2))
        wishes = (Item(wishlist=made, name=f"{n}.{i}", price=Decimal(i) / 4, quantity=i + 1) for i in range(n % 4))
        Item.objects.bulk_create(wishes)


@pytest.fixture
def hasty() -> Iterator[None]:
    """Threads take turns in the middle of everything."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def contents(row: Any) -> Any:
    """All that a row has read: fields, annotations, and the same of related objects. 0.25 is not the price 0.25."""
    if not hasattr(row, "_state"):
        return repr(row)
    fields = {name: repr(value) for name, value in vars(row).items() if name != "_state"}
    related = {name: contents(value) for name, value in row._state.fields_cache.items()}
    return type(row), row._state.db, row._state.adding, fields, related


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_rows_are_those_of_the_plain_query(rows: None, query: Query) -> None:
    chance, prepared = random.Random(7), Prepared(query.make, **query.kinds)
    sizes = set()
    for _ in range(BINDINGS):
        values = query.draw(chance)
        found, expected = prepared(**values), list(query.make(**values))
        assert [contents(row) for row in found] == [contents(row) for row in expected]
        sizes.add(len(found))
    assert sizes != {0}


@pytest.mark.parametrize("query", QUERIES, ids=str)
def test_the_database_is_asked_the_same(rows: None, query: Query) -> None:
    chance, prepared = random.Random(8), Prepared(query.make, **query.kinds)
    for _ in range(BINDINGS):
        values = query.draw(chance)
        with CaptureQueriesContext(connection) as plain:
            list(query.make(**values))
        with CaptureQueriesContext(connection) as bound:
            prepared(**values)
        assert [entry["sql"] for entry in bound] == [entry["sql"] for entry in plain]


def test_a_query_is_made_for_the_first_rows_only(rows: None) -> None:
    made = []

    def make(*, viewer: int, today: date) -> QuerySet[Wishlist]:
        made.append(viewer)
        return circle(viewer=viewer, today=today)

    prepared = Prepared(make, viewer=int, today=date)
    for viewer in User.objects.values_list("pk", flat=True):
        with counted() as cost:
            prepared(viewer=viewer, today=DAY)
        assert len(cost.queries) == 1, str(cost)
    assert len(made) == 2
    assert not {*made} & {*User.objects.values_list("pk", flat=True)}


def refused() -> Iterator[tuple[str, Make, dict[str, type]]]:
    lists = Wishlist.objects.all()
    yield "a limit", lambda size: lists[:size], {"size": int}
    yield "an order", lambda size: lists.filter(pk=size).order_by("pk" if size < 25_000 else "name"), {"size": int}
    yield "a pattern", lambda text: lists.filter(name__contains=text), {"text": str}
    if connection.vendor == "sqlite":  # PostgreSQL compares capitals, and escapes nothing
        yield "an escape", lambda text: lists.filter(name__iexact=text), {"text": str}
    yield "a sum", lambda pk: lists.filter(pk=pk + 1), {"pk": int}
    yield "a part of a time", lambda at: lists.filter(created_at__gte=at, event_date=at.date()), {"at": datetime}
    yield "another value as well", lambda pk: lists.filter(pk=pk, version=7 if pk < 25_000 else 8), {"pk": int}
    yield "swapped", lambda a, b: lists.filter(pk=a if a < 25_000 else b, version=b if a < 25_000 else a), PAIR
    yield "unused", lambda pk: lists, {"pk": int}
    yield "the time", lambda pk: lists.filter(pk=pk, created_at__lt=timezone.now()), {"pk": int}
    yield "today", lambda pk: lists.filter(pk=pk, event_date=timezone.localdate()), {"pk": int}
    yield "nothing", lambda pk: lists.filter(pk=pk, owner__in=[]), {"pk": int}
    yield "more queries", lambda pk: lists.filter(pk=pk).prefetch_related("items"), {"pk": int}
    yield "of an object", lambda pk: Wishlist(pk=pk).items.all(), {"pk": int}
    yield "a number as a price", lambda price: Item.objects.filter(price=price), {"price": int}


PAIR = {"a": int, "b": int}
SOME: dict[type, Any] = {int: 1, str: "text", datetime: BEGIN}


@pytest.mark.parametrize(("make", "kinds"), [pytest.param(*case, id=name) for name, *case in refused()])
def test_what_is_more_than_parameters_is_refused(make: Make, kinds: dict[str, type]) -> None:
    with pytest.raises(UnpreparableError):
        Prepared(make, **kinds)(**{name: SOME[kind] for name, kind in kinds.items()})


@pytest.mark.parametrize("kind", [bool, Decimal, type(None), object])
def test_a_kind_that_each_field_prepares_in_its_own_way_is_refused(kind: type) -> None:
    with pytest.raises(UnpreparableError):
        Prepared(prices_over, price=kind)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"pk": 1},
        {"pk": 1, "since": BEGIN, "name": "", "other": 1},
        {"pk": None, "since": BEGIN, "name": ""},
        {"pk": True, "since": BEGIN, "name": ""},
        {"pk": "1", "since": BEGIN, "name": ""},
        {"pk": 1, "since": BEGIN.date(), "name": ""},
        {"pk": 1, "since": BEGIN.replace(tzinfo=None), "name": ""},
        {"pk": 1, "since": BEGIN, "name": 5},
    ],
)
def test_values_are_of_the_kinds_that_were_told(values: dict[str, Any]) -> None:
    with pytest.raises(TypeError):
        Prepared(behind_place, since=datetime, name=str, pk=int)(**values)


def test_a_time_is_no_date() -> None:
    with pytest.raises(TypeError):
        Prepared(with_list_on, day=date, name=str)(day=BEGIN, name="")


@pytest.mark.django_db(transaction=True)
def test_threads_share_it_and_each_gets_its_own_rows(rows: None, hasty: None) -> None:
    prepared, start = Prepared(circle, viewer=int, today=date), Barrier(4)
    viewers = list(User.objects.values_list("pk", flat=True)[:4])

    def ask(viewer: int) -> set[tuple[int, ...]]:
        with closing(connections["default"]):
            start.wait()
            return {tuple(row.pk for row in prepared(viewer=viewer, today=DAY)) for _ in range(50)}

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, viewers))
    assert found == [{tuple(row.pk for row in circle(viewer=viewer, today=DAY))} for viewer in viewers]
    assert len(set.union(*found)) == 4


@pytest.mark.django_db(transaction=True)
def test_it_keeps_no_connection_of_a_thread_that_is_gone(rows: None) -> None:
    prepared = Prepared(circle, viewer=int, today=date)

    def ask() -> weakref.ref[Any]:
        with closing(connections["default"]) as mine:
            prepared(viewer=1, today=DAY)
            return weakref.ref(mine)

    with ThreadPoolExecutor(1) as pool:
        connection_of_thread = pool.submit(ask).result()
    gc.collect()
    assert connection_of_thread() is None
    assert prepared(viewer=1, today=DAY) == list(circle(viewer=1, today=DAY))


@pytest.mark.parametrize("number", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("sizes", [(1, 3), (2,)])
def test_any_number_of_keys(rows: None, sizes: tuple[int, ...], number: int) -> None:
    """A key is found once, though it fills the places that are left."""
    keys = list(User.objects.order_by("pk").values_list("pk", flat=True)[:number])
    found = PreparedKeys(lambda keys, *, but: User.objects.filter(pk__in=keys).exclude(name=but), sizes, but=str)
    queries = -(-len(keys) // sizes[-1])
    with CaptureQueriesContext(connection) as captured:
        assert sorted(user.pk for user in found(iter(keys), but="nobody")) == keys
    assert len(captured) == queries


def test_without_keys_what_else_is_asked_for_is_found(rows: None) -> None:
    found = PreparedKeys(lambda keys, *, name: User.objects.filter(Q(pk__in=keys) | Q(name=name)), (0, 2), name=str)
    somebody = User.objects.order_by("pk")[0]
    assert [user.pk for user in found([], name=somebody.name)] == [somebody.pk]
