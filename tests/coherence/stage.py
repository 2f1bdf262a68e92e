"""The people and rows that the writes of the machine choose from."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from random import Random
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import IntegrityError, connection, transaction
from django.db.models import Model, QuerySet

from tests.coherence.clock import Clock
from tests.coherence.pages import Browsers
from tests.support.cast import person
from wishare.accounts.models import Role, User
from wishare.connections.actions import befriend
from wishare.core import flags
from wishare.core.errors import Refused
from wishare.wishlists.actions.items import add_item
from wishare.wishlists.actions.lists import create_wishlist

Row = TypeVar("Row", bound=Model)
PEOPLE_AT_MOST, LISTS_AT_MOST, ITEMS_AT_MOST = 6, 9, 25
_number = count()


class Nothing(Exception):  # noqa: N818 (not an error)
    """There is no row to write."""


@dataclass
class Stage:
    """Who is there, with what they look through, and when; `copies` are rows as they were some time ago."""

    browsers: Browsers = field(default_factory=Browsers)
    clock: Clock = field(default_factory=Clock)
    copies: list[Model] = field(default_factory=list)

    def join(self, role: Role = Role.USER) -> User:
        user = person(new_name("Person"), role=role, bio="About me")
        self.browsers.sign_in(user)
        return user

    @contextmanager
    def kept(self) -> Iterator[None]:
        """What is not in the database goes back to how it was, too."""
        browsers, copies, moment = dict(self.browsers.open), list(self.copies), self.clock.moment
        try:
            yield
        finally:
            self.browsers.open, self.copies, self.clock.moment = browsers, copies, moment
            flags.forget()


Write = Callable[[Stage, Random], Iterable[int | None]]
WRITES: dict[str, Write] = {}
MAKERS = ("item_added", "item_added", "list_created", "friendship_made", "item_reserved")


def write(function: Write) -> Write:
    """Puts a write on the table. It returns whose rows it wrote, by primary key."""
    WRITES[function.__name__] = function
    return function


def set_stage() -> Stage:
    """Four people and an admin: the first two are friends, and the third is a friend of the first. Each has a list."""
    stage = Stage()
    first, second, third, *_ = people = [*(stage.join() for _ in range(4)), stage.join(Role.ADMIN)]
    befriend(user=first, partner=second)
    befriend(user=third, partner=first)
    for number, owner in enumerate(people):
        wishlist = create_wishlist(owner=owner, name=new_name("List"), visibility=(1, 2)[number % 2])
        for _ in range(3):
            add_item(wishlist=wishlist, name=new_name("Wish"))
    return stage


def perform(name: str, stage: Stage, random: Random) -> list[int]:
    """One write in a transaction of its own, or of something new where there is nothing to write; a moment later than
    the one before.

    What is refused, by an action or by the database, is not written.
    """
    stage.clock.go_on()
    browsers = dict(stage.browsers.open)
    try:
        with transaction.atomic():
            return [pk for pk in WRITES[name](stage, random) if pk]
    except (Nothing, Refused, IntegrityError, ObjectDoesNotExist) as error:
        stage.browsers.open = browsers
        flags.forget()
        nothing = isinstance(error, Nothing) and name not in MAKERS
        return perform(random.choice(MAKERS), stage, random) if nothing else []


def pick(rows: QuerySet[Row], random: Random) -> Row:
    """Any of the rows."""
    found = list(rows.order_by("pk"))
    if not found:
        raise Nothing
    return random.choice(found)


def some(rows: QuerySet[Any], random: Random) -> list[Any]:
    """Up to three of the rows."""
    found = list(rows.order_by("pk"))
    return random.sample(found, min(3, len(found)))


def room(rows: QuerySet[Any], at_most: int) -> None:
    """Keeps the stage small, so that writes meet."""
    if rows.count() >= at_most:
        raise Nothing


def raw(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def new_name(kind: str) -> str:
    return f"{kind} {next(_number)}"
