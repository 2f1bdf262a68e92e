"""Rows of lists, their wishes and the claims on them, in the order in which the lists were made."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from random import Random

from bench.people import FIXTURE, Row
from bench.sizes import Size
from bench.values import SPAN, day_of, moment, public_id, registered_at, token
from bench.words import CURRENCIES, EVENT_LABELS, EVENTS, KINDS, THINGS, VISIBILITIES, on_its_day
from wishare.access.choices import Visibility
from wishare.wishlists.choices import EventType
from wishare.wishlists.models import Claim

#: How many lists ten people have, and how many wishes ten lists; the first person's are the guide's fixture.
LISTS_OF_TEN = (10, 3, 5, 1, 8, 2, 6, 4, 0, 11)
WISHES_OF_TEN = (5, 3, 8, 1, 4, 12, 0, 6, 2, 9)
FIXTURE_WISHES = 5
OWNER_IN_TEN = tuple(place for place, number in enumerate(LISTS_OF_TEN) for _ in range(number))
#: Prime, so that stepping by it visits every list once whatever power of ten there are.
STRIDE = 7_368_787

LIST = (
    "id", "public_id", "owner", "name", "description", "visibility", "event_type", "event_date", "reveal_on",
    "is_default", "share_token", "deleted_at", "created_at", "updated_at",
)  # fmt: skip
ITEM = (
    "id", "public_id", "wishlist", "name", "price", "currency", "url", "product_key", "priority", "quantity",
    "position", "received_at", "deleted_at", "created_at", "updated_at",
)  # fmt: skip
CLAIM = (
    "id", "public_id", "item", "giver", "guest_name", "manage_digest", "share_token", "status", "snapshot",
    "event_date", "created_at", "purchased_at",
)  # fmt: skip


@dataclass
class Part:
    """Some lists with all that hangs on them: what is copied at a time."""

    lists: list[Row]
    items: list[Row]
    claims: list[Row]


@dataclass(frozen=True)
class _List:
    """What the wishes and claims of a list need to know about it."""

    pk: int
    owner: int
    made_at: int
    visibility: int
    event_date: str | None
    name: str
    is_gone: bool
    is_fixture: bool


class Wishes:
    """Makes lists with wishes and claims, part by part; a part is forgotten when the next one is made."""

    def __init__(self, size: Size, friend_of: list[int]) -> None:
        self.size, self.friend_of = size, friend_of
        self.random = Random("wishes")  # noqa: S311 (no secrets here)
        self.has_default = bytearray(size.people + 1)
        self.items = self.claims = 0

    def parts(self, lists_a_part: int) -> Iterator[Part]:
        """All of them."""
        for first in range(1, self.size.lists + 1, lists_a_part):
            part = Part([], [], [])
            for pk in range(first, min(first + lists_a_part, self.size.lists + 1)):
                self._add_list(pk, part)
            yield part

    def _add_list(self, pk: int, part: Part) -> None:
        turn = pk * STRIDE % self.size.lists
        owner = turn // len(OWNER_IN_TEN) * 10 + OWNER_IN_TEN[turn % len(OWNER_IN_TEN)] + 1
        made, row = self._list(pk, owner)
        part.lists.append(row)
        wishes = FIXTURE_WISHES if made.is_fixture else WISHES_OF_TEN[turn % 10]
        for position in range(wishes):
            self._add_item(made, position, part)

    def _list(self, pk: int, owner: int) -> tuple[_List, Row]:
        random, is_fixture, is_default = self.random, owner == FIXTURE, not self.has_default[owner]
        self.has_default[owner] = 1
        made_at = max(int(SPAN * 0.99 * pk / self.size.lists), registered_at(owner, self.size.people) + 3600)
        event, visibility = random.choice(EVENTS), random.choice(VISIBILITIES)
        day = self._event_day(event)
        reveal = None if day is None or random.random() < 0.3 else day_of(1 + (day - day_of(0)).days).isoformat()
        gone = (
            moment(made_at + random.randrange(10**7))
            if not (is_fixture or is_default or random.random() > 0.03)
            else None
        )
        share = token("share", pk) if random.random() < 0.1 else None
        name = EVENT_LABELS[event] if event != EventType.NONE else f"Wishes {random.randrange(1, 100)}"
        touched = moment(made_at + int(random.expovariate(1) * 3 * 10**6))
        date_text = day.isoformat() if day else None
        made = _List(pk, owner, made_at, visibility, date_text, name, gone is not None, is_fixture)
        return made, (
            pk, public_id("list", pk), owner, name, f"{name} of person {owner}", visibility, event, date_text,
            reveal, int(is_default), share, gone, moment(made_at), touched,
        )  # fmt: skip

    def _event_day(self, event: str) -> date | None:
        """Most occasions are near: within the year around the day, a few far away."""
        if event == EventType.NONE or self.random.random() < 0.04:
            return None
        return on_its_day(event, day_of(int(self.random.gauss(0, 200))))

    def _add_item(self, made: _List, position: int, part: Part) -> None:
        random = self.random
        self.items += 1
        pk, chance = self.items, 1.0 if made.is_fixture else random.random()
        at = made.made_at + random.randrange(5 * 10**6)
        after = moment(at + random.randrange(10**7))
        removed, received = (after if chance < 0.04 else None), (after if 0.04 <= chance < 0.12 else None)
        name = f"{random.choice(KINDS)} {random.choice(THINGS)}"
        price = None if random.random() < 0.1 else f"{random.lognormvariate(3.6, 1):.2f}"
        currency = random.choice(CURRENCIES)
        place = f"shop.example.org/{pk}" if random.random() < 0.6 else ""
        part.items.append((
            pk, public_id("item", pk), made.pk, name, price, currency, place and f"https://{place}",
            place and hashlib.sha256(f"{place}?".encode()).hexdigest(), random.randrange(3),
            1 if random.random() < 0.85 else random.randrange(2, 7), position, received, removed, moment(at), after,
        ))  # fmt: skip
        if chance >= 0.04 and made.visibility != Visibility.PRIVATE_LIST and random.random() < 0.145:
            self._add_claim(made, pk, (name, price or "", currency, place and f"https://{place}"), at, part)

    def _add_claim(self, made: _List, item: int, known: tuple[str, ...], at: int, part: Part) -> None:
        random = self.random
        self.claims += 1
        pk, giver = self.claims, self._giver(made)
        bought = random.random() < 0.6
        status = Claim.Status.PURCHASED if bought else Claim.Status.RESERVED
        fields = dict(zip(("name", "price", "currency", "url"), known, strict=True))
        owner = f"person {made.owner}"
        snapshot = {**fields, "description": "", "list_name": made.name, "owner_name": owner, "state": "open"}
        digest = None if giver else hashlib.sha256(f"manage{pk}".encode()).hexdigest()
        at += random.randrange(5 * 10**6)
        part.claims.append((
            pk, public_id("claim", pk), item, giver, "" if giver else random.choice(KINDS), digest, "", status.value,
            json.dumps(snapshot), made.event_date, moment(at), moment(at + 10**5) if bought else None,
        ))  # fmt: skip

    def _giver(self, made: _List) -> int | None:
        """Mostly a friend; somebody else where the list is for everyone; sometimes a guest."""
        chance = self.random.random()
        if made.visibility == Visibility.PUBLICLY_VISIBLE and chance < 0.3:
            other = self.random.randrange(1, self.size.people + 1)
            return other if other != made.owner else None
        return (self.friend_of[made.owner] or None) if chance < 0.9 else None
