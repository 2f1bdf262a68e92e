"""Fills a database with a data set, the same every time."""

from allauth.account.models import EmailAddress
from django.core.management import call_command

from bench import deeds, people, wishes
from bench.copying import Table, copy, finish, in_bulk
from bench.progress import Progress
from bench.sizes import Size
from wishare.accounts.models import User
from wishare.activity.models import Activity, Actor
from wishare.connections.models import Connection
from wishare.core import versions
from wishare.wishlists.models import Claim, Item, Wishlist

LISTS_A_PART = 5_000


class NotEmptyError(Exception):
    """There are accounts already, and nobody said that they may go."""


class NotADataSetError(Exception):
    """There are accounts already, and they are somebody's, or those of another data set."""


def seed(size: Size, *, replace: bool = False, quiet: bool = False) -> None:
    """Migrates the database and fills it. Raises NotEmptyError where there are accounts that may not go."""
    call_command("migrate", interactive=False, verbosity=0)
    if User.objects.exists():
        if not replace:
            raise NotEmptyError
        _empty()
    versions.remove()
    try:
        with in_bulk():
            _fill(size, quiet=quiet)
        finish(tables())
    finally:
        versions.install()


def ensure(size: Size, *, quiet: bool = False) -> None:
    """Fills an empty database; leaves one alone that holds this data set. Raises NotADataSetError for any other."""
    try:
        seed(size, quiet=quiet)
    except NotEmptyError:
        if User.objects.count() != size.people or not User.objects.filter(email=people.email_of(size.people)).exists():
            raise NotADataSetError from None


def _empty() -> None:
    versions.remove()
    call_command("flush", interactive=False, verbosity=0)


def tables() -> list[Table]:
    return [
        Table(User, people.PERSON),
        Table(EmailAddress, people.ADDRESS),
        Table(Connection, people.CONNECTION),
        Table(Wishlist, wishes.LIST),
        Table(Item, wishes.ITEM),
        Table(Claim, wishes.CLAIM),
        Table(Actor, deeds.ACTOR),
        Table(Activity, deeds.ACTIVITY),
    ]


def _fill(size: Size, *, quiet: bool) -> None:
    persons, addresses, connections, lists, items, claims, actors, activities = tables()
    progress = Progress("people", size.people, quiet=quiet)
    friend_of, done = [0] * (size.people + 1), deeds.Deeds()
    copy(persons, people.people(size))
    copy(addresses, people.addresses(size))
    copy(connections, people.connections(size, friend_of))
    copy(actors, ((person,) for person in range(1, size.people + 1)))
    copy(activities, done.of_people(people.people(size)))
    copy(activities, done.of_friends(people.connections(size, friend_of)))
    progress.end(f"{size.people:,} people with their friends")
    progress = Progress("lists", size.lists, quiet=quiet)
    made = wishes.Wishes(size, friend_of)
    for part in made.parts(LISTS_A_PART):
        copy(lists, part.lists)
        copy(items, part.items)
        copy(claims, part.claims)
        copy(activities, done.of_part(part))
        progress.add(len(part.lists))
    made_of_them = f"{made.items:,} wishes, {made.claims:,} claims and {done.number:,} activities"
    progress.end(f"{size.lists:,} lists with {made_of_them}")
