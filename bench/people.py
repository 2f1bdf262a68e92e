"""Rows of people and of who knows whom."""

from collections.abc import Iterator
from random import Random

from bench.sizes import Size
from bench.values import SPAN, moment, public_id, registered_at
from bench.words import CITIES, FIRST_NAMES, LAST_NAMES
from wishare.accounts.models import Role
from wishare.connections.models import Connection

Row = tuple[object, ...]

#: The guide's fixture: this person has 10 lists of 5 wishes, and the next five people as friends.
FIXTURE = 1
FIXTURE_FRIENDS = 5
ADMIN = 10
#: Friends live near each other: at most so far apart by number, hubs aside.
NEAR = 40
STATUSES = [Connection.Status.ACCEPTED.value] * 92
STATUSES += [Connection.Status.PENDING.value] * 5 + [Connection.Status.DECLINED.value] * 3

PERSON = (
    "id", "public_id", "email", "name", "role", "password", "date_of_birth", "bio", "city", "country",
    "created_at", "updated_at",
)  # fmt: skip
ADDRESS = ("id", "user", "email", "verified", "primary")
CONNECTION = ("id", "public_id", "user", "partner", "status", "created_at", "updated_at")


def email_of(person: int) -> str:
    return f"person{person}@bench.example"


def people(size: Size) -> Iterator[Row]:
    """Everybody, in the order in which they registered. Nobody has a password: sign them in by a session."""
    random = Random("people")  # noqa: S311 (no secrets here)
    for person in range(1, size.people + 1):
        name = f"{random.choice(FIRST_NAMES)} {random.choice(LAST_NAMES)}"
        at = registered_at(person, size.people)
        role = Role.ADMIN if person % 1000 == ADMIN else Role.USER
        born = f"{random.randrange(1940, 2010)}-{random.randrange(1, 13):02}-{random.randrange(1, 29):02}"
        bio = f"{name.partition(' ')[0]} likes {random.choice(CITIES)}." if random.random() < 0.5 else ""
        seen = moment(at + random.randrange(SPAN))
        yield (
            person, public_id("person", person), email_of(person), name, role.value, "!", born, bio,
            random.choice(CITIES), random.choice(("Brasil", "Portugal", "USA")), moment(at), seen,
        )  # fmt: skip


def addresses(size: Size) -> Iterator[Row]:
    """Everybody has confirmed their address."""
    for person in range(1, size.people + 1):
        yield person, person, email_of(person), 1, 1


def connections(size: Size, friend_of: list[int]) -> Iterator[Row]:
    """Every pair once. Notes in `friend_of` some friend of each person who has any."""
    random = Random("connections")  # noqa: S311 (no secrets here)
    for number, (one, other) in enumerate(pairs(size), 1):
        status = Connection.Status.ACCEPTED.value if one == FIXTURE else random.choice(STATUSES)
        if status == Connection.Status.ACCEPTED:
            friend_of[one], friend_of[other] = other, one
        user, partner = (one, other) if random.random() < 0.5 else (other, one)
        at = registered_at(max(one, other), size.people) + random.randrange(10**7)
        yield number, public_id("connection", number), user, partner, status, moment(at), moment(at + 10**5)


def pairs(size: Size) -> Iterator[tuple[int, int]]:
    """Who knows whom: a few neighbours for most people, very many people for some."""
    random = Random("pairs")  # noqa: S311 (no secrets here)
    hubs = size.hubs
    for person in range(1, size.people + 1):
        number = int(random.paretovariate(1.2)) % 12 + random.randrange(4)
        near = range(1, FIXTURE_FRIENDS + 1) if person == FIXTURE else random.sample(range(1, NEAR), number)
        yield from ((person, person + step) for step in near if person + step <= size.people)
        if person in hubs:
            yield from ((person, other) for other in _far(person, size))


def _far(hub: int, size: Size) -> Iterator[int]:
    """A hub's friends all over the country, none of them near, none a hub, never who the fixture belongs to."""
    stride = max(1, (size.people - 2 * NEAR) // size.hub_friends)
    for step in range(size.hub_friends):
        other = (hub + NEAR + step * stride) % size.people + 1
        if other not in size.hubs and other != FIXTURE and abs(other - hub) >= NEAR:
            yield other
