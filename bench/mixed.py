"""A mixed load: people look at their pages, one request in twenty writes, and what the cache knew is counted."""

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

from django.core.cache import caches
from django.core.handlers.wsgi import WSGIHandler
from django.db.models import Q

from bench import people
from bench.browsing import Browser
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.wishlists.actions import claims, items, lists
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import OPEN

#: The fixture's person and neighbours, many of them friends of each other. The fixture's person only looks.
PEOPLE = 20
WRITES = 0.05
ADDRESSES = ("/dashboard", "/dashboard", "/dashboard", "/wishlists", "/wishlists", "/calendar", "/gifts", "/discover")
ON_SHARED_LISTS = OPEN & Q(wishlist__deleted_at=None) & ~Q(wishlist__visibility=Visibility.PRIVATE_LIST)
_numbers = itertools.count(1)


@dataclass
class Asked:
    """Keys that the cache was asked for, and those it had."""

    keys: int = 0
    hits: int = 0

    @property
    def rate(self) -> float:
        return self.hits / self.keys if self.keys else 0.0


def run(handler: WSGIHandler, requests: int) -> float:
    """The hit rate, after everybody has seen their pages once. Writes change lists, wishes and gifts."""
    emails = [people.email_of(people.FIXTURE + step) for step in range(PEOPLE)]
    persons = [*User.objects.filter(email__in=emails).order_by("pk")]
    browsers = [Browser(handler, person) for person in persons]
    for browser, address in itertools.product(browsers, sorted(set(ADDRESSES))):
        browser.get(address)
    random = Random("load")  # noqa: S311 (no secrets here)
    with counted_keys() as asked:
        for _request in range(requests):
            if random.random() < WRITES:
                _write(random, random.choice(persons[1:]))
            else:
                random.choice(browsers).get(random.choice(ADDRESSES))
    return asked.rate


@contextmanager
def counted_keys() -> Iterator[Asked]:
    """Counts while the cache goes on working. The switches live elsewhere and do not count."""
    asked, backend = Asked(), caches["default"]
    get, get_many = backend.get, backend.get_many

    def counting_get(key: str, default: Any = None, **options: Any) -> Any:
        value = get(key, default, **options)
        asked.keys += 1
        asked.hits += value is not default
        return value

    def counting_get_many(keys: Any, **options: Any) -> dict[str, Any]:
        wanted = list(keys)
        with patch.object(backend, "get", get):  # which it may call for each
            found = get_many(wanted, **options)
        asked.keys += len(wanted)
        asked.hits += len(found)
        return found

    with patch.multiple(backend, get=counting_get, get_many=counting_get_many):
        yield asked


def _write(random: Random, person: User) -> None:
    """A wish more, a wish in other words, a list with another name, or a gift; each as often."""
    kind = random.randrange(4)
    own = Item.objects.filter(ON_SHARED_LISTS, wishlist__owner=person)
    if kind == 0:
        add_wish(person)
    elif kind == 1 and (item := own.order_by("pk").first()):
        items.edit_item(item=item, description=f"Note {next(_numbers)}")
    elif kind == 2 and (wishlist := _a_list(person)):
        lists.edit_wishlist(wishlist=wishlist, name=f"List {next(_numbers)}")
    elif others := _unclaimed(person):
        buy(random.choice(others), person)


def _unclaimed(person: User) -> list[Item]:
    free = Item.objects.filter(ON_SHARED_LISTS, claims=None).exclude(wishlist__owner=person)
    return list(free.order_by("pk")[:20])


def add_wish(person: User) -> None:
    """To some list that friends see, if there is one."""
    if wishlist := _a_list(person):
        items.add_item(wishlist=wishlist, name=f"Wish {next(_numbers)}")


def buy(item: Item, giver: User) -> None:
    claims.purchase_claim(claim=claims.claim_item(item=item, giver=giver))


def _a_list(person: User) -> Wishlist | None:
    shown = Wishlist.objects.filter(owner=person, deleted_at=None).exclude(visibility=Visibility.PRIVATE_LIST)
    return shown.order_by("pk").first()
