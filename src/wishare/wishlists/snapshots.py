"""What a giver saw when they chose a wish, and what has changed since. Compared when read: editing a wish never
writes to a claim, so that nothing an owner does depends on whether there are any."""

from dataclasses import dataclass
from typing import TypedDict

from django.utils.translation import gettext as _

from wishare.core.formats import money
from wishare.wishlists.models import Claim, Item


class Snapshot(TypedDict):
    """The wish as the giver knows it. `state` is one of open, received, removed, hidden."""

    name: str
    description: str
    price: str
    currency: str
    url: str
    list_name: str
    owner_name: str
    state: str


@dataclass(frozen=True)
class Change:
    """One thing the owner changed; `before` and `after` are texts, empty for nothing. A price has a currency."""

    field: str
    before: str
    after: str
    currency: str = ""


def snapshot_of(item: Item) -> Snapshot:
    """What a giver who may see `item` sees now."""
    return Snapshot(
        name=item.name,
        description=item.description,
        price="" if item.price is None else f"{item.price:.2f}",
        currency=item.currency,
        url=item.url,
        list_name=item.wishlist.name,
        owner_name=item.wishlist.owner.name,
        state="received" if item.received_at else "open",
    )


def current(claim: Claim) -> Snapshot:
    """What the giver would see now: the wish itself, or what they remember of it and why they see no more.

    `claim` comes from `queries.claims`, which says in `sees_item` whether the giver may still look.
    """
    known: Snapshot = claim.snapshot
    item = claim.item
    if item is None or item.deleted_at or item.wishlist.deleted_at:
        return {**known, "state": "removed"}
    if not claim.sees_item:  # type: ignore[attr-defined]
        return {**known, "state": "hidden"}
    return snapshot_of(item)


def changes(claim: Claim) -> list[Change]:
    """What the giver has not acknowledged yet; a new name of the list or its owner is not worth a notice."""
    before, after = claim.snapshot, current(claim)
    if after["state"] != before["state"]:
        return [Change("state", before["state"], after["state"])]
    return [
        Change(field, before[field], after[field], after["currency"])
        for field in ("name", "price", "url", "description")
        if before[field] != after[field] or (field == "price" and _other_currency(before, after))
    ]


def _other_currency(before: Snapshot, after: Snapshot) -> bool:
    """Whether the same number now means another amount."""
    return bool(after["price"]) and before["currency"] != after["currency"]


def sentence(change: Change) -> str:
    """The change as the giver reads it."""
    if change.field == "state":
        return _STATES[change.after]()
    if not change.after:
        return _GONE[change.field]()
    after = money(change.after, change.currency) if change.field == "price" else change.after
    return _NOW[change.field]() % {"after": after}


_NOW = {
    "name": lambda: _("It is now called “%(after)s”."),
    "price": lambda: _("The price is now %(after)s."),
    "url": lambda: _("The link is now %(after)s."),
    "description": lambda: _("The note now says: %(after)s"),
}
_GONE = {
    "price": lambda: _("It has no price any more."),
    "url": lambda: _("It has no link any more."),
    "description": lambda: _("Its note was removed."),
}
_STATES = {
    "open": lambda: _("It is on the list again."),
    "received": lambda: _("It has been marked as received."),
    "removed": lambda: _("It was removed from the list. This is what you chose."),
    "hidden": lambda: _("The list is no longer shared with you. This is what you chose."),
}
