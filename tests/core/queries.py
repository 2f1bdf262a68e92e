"""Queries of all the forms that pages have, with values at random: what prepared queries are tried with."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When, Window
from django.db.models.expressions import RawSQL
from django.db.models.functions import RowNumber

from wishare.access import rules
from wishare.accounts.models import Role, User
from wishare.wishlists.choices import EventType
from wishare.wishlists.models import Item, Wishlist

NAMES = ("Ana", "100%", "a_b", "back\\slash", "it's", "“É”", "%s", "")
BEGIN, DAY = datetime(2026, 3, 28, 12, 30, 15, 123456, tzinfo=UTC), date(2026, 3, 28)
LISTS = 24
NOTHING = RawSQL("%s", [None], CharField())

Make = Callable[..., QuerySet[Any, Any]]


def circle(*, viewer: int, today: date) -> QuerySet[Wishlist]:
    """A union of bounded subqueries, with related objects, an annotation and an order."""
    person = User(pk=viewer)
    parts = [rules.list_owned_by(person), rules.list_shown_by_friend_of(person)]
    first, second = (Wishlist.objects.filter(part).order_by("-created_at").values("pk")[:4] for part in parts)
    keys = Wishlist.objects.filter(pk__in=first).values("pk").union(Wishlist.objects.filter(pk__in=second).values("pk"))
    when = Case(When(event_date__gte=today, then=Value("ahead")), default=Value("behind"), output_field=CharField())
    return Wishlist.objects.filter(pk__in=keys).annotate(when=when).select_related("owner").order_by("-created_at")


def behind_place(*, since: datetime, name: str, pk: int) -> QuerySet[Wishlist]:
    """A place among the rows of a page, as its cursor has it."""
    behind = Q(created_at__gt=since) | Q(created_at=since, name__gt=name) | Q(created_at=since, name=name, pk__gt=pk)
    return Wishlist.objects.filter(behind, created_at__gte=since).order_by("created_at", "name", "pk")


def _wishes(*, one: int, other: int) -> QuerySet[Item]:
    """A value in a list, two parameters of a kind, a window, and columns that are not read."""
    place = Window(RowNumber(), partition_by=F("wishlist_id"), order_by=[F("position").asc(), F("pk").asc()])
    rows = Item.objects.filter(wishlist__in=[one, other]).annotate(place=place).filter(place__lte=2)
    return rows.defer("description").select_related("wishlist__owner").order_by("wishlist_id", "place")


def with_list_on(*, day: date, name: str) -> QuerySet[User]:
    lists = Wishlist.objects.filter(owner=OuterRef("pk"), event_date=day)
    return User.objects.filter(Exists(lists) | Q(name=name)).order_by("-pk")


def _counts(*, least: int) -> QuerySet[Wishlist, Any]:
    """Small integers, which psycopg gets as a type of their own."""
    rows = Wishlist.objects.filter(visibility__gte=least).values("owner").annotate(number=Count("pk"))
    return rows.order_by("owner").values_list("owner", "number")


def _prices_and_days(*, least: int) -> QuerySet[Item, Any]:
    """Tuples with what SQLite has no type for."""
    return Item.objects.filter(quantity__gte=least).order_by("pk").values_list("price", "wishlist__event_date")


def _ordered_by_another(*, least: int) -> QuerySet[Wishlist, Any]:
    """With a column that is asked for because of the order alone."""
    rows = Wishlist.objects.filter(visibility__gte=least).order_by("created_at", "visibility")
    return rows.values_list("visibility").distinct()


def _dicts(*, kind: str) -> QuerySet[Wishlist, Any]:
    return Wishlist.objects.filter(event_type=kind).order_by("pk").values("name", "owner__name", "created_at")


def prices_over(*, price: int) -> QuerySet[Item, Any]:
    return Item.objects.filter(quantity__gt=price).order_by("pk").values_list("price", flat=True)


def _constants(*, pk: int) -> QuerySet[Wishlist]:
    """What it always says: texts, a pattern, a time, a day, a number, a truth, nothing."""
    prices = Item.objects.filter(wishlist=OuterRef("pk"), price__lte=Decimal("0.50")).values("price")
    texts = {f"text_{n}": Value(text) for n, text in enumerate(NAMES)}
    rows = Wishlist.objects.filter(pk__gte=pk, created_at__gte=BEGIN, event_date__lt=DAY + timedelta(days=9))
    rows = rows.exclude(name__contains="%").annotate(price=Subquery(prices[:1]), nothing=NOTHING, **texts)
    return rows.filter(owner__is_active=True).order_by("name", "pk")[:5]


@dataclass(frozen=True)
class Query:
    """A query, the kinds of its values, and values at random."""

    make: Make
    kinds: dict[str, type]
    draw: Callable[[random.Random], dict[str, Any]]

    def __str__(self) -> str:
        return self.make.__name__


def _pk(chance: random.Random) -> int:
    return chance.choice(list(Wishlist.objects.values_list("pk", flat=True)))


def _owner(chance: random.Random) -> int:
    return chance.choice(list(User.objects.values_list("pk", flat=True)))


def _day(chance: random.Random) -> date:
    return DAY + timedelta(days=chance.randrange(-1, LISTS))


def _time(chance: random.Random) -> datetime:
    """Also in other zones: the same moment has to be bound."""
    moment = BEGIN + timedelta(hours=chance.randrange(LISTS))
    return moment.astimezone(chance.choice([UTC, ZoneInfo("America/Sao_Paulo"), ZoneInfo("Asia/Kolkata")]))


QUERIES = [
    Query(circle, {"viewer": int, "today": date}, lambda c: {"viewer": _owner(c), "today": _day(c)}),
    Query(
        behind_place,
        {"since": datetime, "name": str, "pk": int},
        lambda c: {"since": _time(c), "name": c.choice(NAMES), "pk": _pk(c)},
    ),
    Query(_wishes, {"one": int, "other": int}, lambda c: {"one": _pk(c), "other": _pk(c)}),
    Query(with_list_on, {"day": date, "name": str}, lambda c: {"day": _day(c), "name": c.choice(NAMES)}),
    Query(_counts, {"least": int}, lambda c: {"least": c.choice([*Role, 0, 1, 2])}),
    Query(_prices_and_days, {"least": int}, lambda c: {"least": c.randrange(4)}),
    Query(_ordered_by_another, {"least": int}, lambda c: {"least": c.randrange(3)}),
    Query(_dicts, {"kind": str}, lambda c: {"kind": c.choice([*EventType, "none", "wedding"])}),
    Query(_constants, {"pk": int}, lambda c: {"pk": _pk(c)}),
    Query(prices_over, {"price": int}, lambda c: {"price": c.randrange(4)}),
]
