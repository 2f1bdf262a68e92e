"""What looking at a wish's page changes. Only what the owner left empty is filled, whenever they left it."""

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from wishare.core.errors import Refused
from wishare.core.facts import happened
from wishare.core.files import keep_file
from wishare.core.formats import host
from wishare.core.texts import printable, shortened
from wishare.metadata import cache
from wishare.metadata.addresses import guessed_name, page_key
from wishare.metadata.cache import Answer
from wishare.metadata.extractor import Product
from wishare.wishlists.actions.lists import touch_wishlist
from wishare.wishlists.choices import Currency, Lookup
from wishare.wishlists.facts import ItemLookedUp, LookupWanted
from wishare.wishlists.models import LARGEST_PRICE, Item, Wishlist

LONGEST_NAME = 200
LONGEST_NOTE = 300
CENT = Decimal("0.01")
#: A job may still bring something.
OPEN_ENDED = frozenset({Lookup.LOOKING, Lookup.UNREACHABLE})


def named(fields: dict[str, Any]) -> dict[str, Any]:
    """A name for a wish that has none but an address, and that it is a guess. Nothing for the others."""
    url = fields.get("url", "")
    if fields.get("name", "-") or not url:
        return {}
    guess = guessed_name(url) or _("A wish from %(shop)s") % {"shop": host(url)}
    return {"name": shortened(printable(guess), LONGEST_NAME), "name_is_guess": True}


def await_lookup(item: Item) -> bool:
    """Whether there is a page to look at, and something to look for. If so, the wish says that it is looked at."""
    wanted = bool(item.url) and (item.name_is_guess or item.price is None or not item.image)
    if wanted:
        item.lookup = Lookup.LOOKING
    return wanted


def forget_lookup(item: Item, former_link: str) -> bool:
    """After an edit: whether the link is another. What was said of the old one, or what went wrong before the owner
    took it into their own hands, counts no longer."""
    changed = item.url != former_link
    if changed or item.lookup != Lookup.LOOKING:
        item.lookup = Lookup.NONE
    return changed


@transaction.atomic
def look_up_again(*, item: Item) -> None:
    """Tries once more, as somebody has asked for it. Raises Refused when there is no link, or nothing to look for."""
    Wishlist.objects.select_for_update().get(pk=item.wishlist_id)
    item = Item.objects.get(pk=item.pk)
    if not await_lookup(item):
        raise Refused(_("There is nothing to look up for this wish."))
    cache.forget_failure(page_key(item.url))
    item.save(update_fields=["lookup"])
    happened(LookupWanted(item))


@transaction.atomic
def finish_lookup(*, item: Item, answer: Answer, image: "File[bytes] | None" = None) -> bool:
    """Fills what is empty with what was found, and says how it ended. `item` is the wish as it was looked at.

    False, and nothing is written, if it is gone, has another link by now, or somebody else has finished this.
    """
    Wishlist.objects.select_for_update().filter(pk=item.wishlist_id).first()
    rows = Item.objects.select_for_update(of=("self",)).select_related("wishlist__owner")
    now = rows.filter(pk=item.pk, url=item.url, lookup__in=OPEN_ENDED).first()
    if now is None:
        return False
    found = _missing(now, answer.product)
    for name, value in found.items():
        setattr(now, name, value)
    if image and not now.image:
        keep_file(now, "image", image)
        found["image"] = image
    now.lookup = Lookup(answer.outcome.value)
    now.save(update_fields=["lookup", "updated_at", *found])
    if found:
        touch_wishlist(now.wishlist_id)
    happened(ItemLookedUp(now))
    return True


def _missing(item: Item, product: Product) -> dict[str, Any]:
    """What the page says of the fields that the owner left empty, as far as a wish can hold it."""
    found: dict[str, Any] = {}
    if item.name_is_guess and (title := _text(product["title"], LONGEST_NAME)):
        found |= {"name": title, "name_is_guess": False}
    if not item.description and (description := _text(product["description"], LONGEST_NOTE)):
        found["description"] = description
    if item.price is None and (price := _price(product)) is not None:
        found |= {"price": price, "currency": product["currency"]}
    return found


def _text(value: str | None, most: int) -> str:
    return shortened(printable((value or "")[: 2 * most]), most)


def _price(product: Product) -> Decimal | None:
    """Only with its currency, and if it is one that wishes may have: an amount alone would be a guess."""
    price = product["price"]
    if price is None or not price.is_finite() or product["currency"] not in Currency.values:
        return None
    return price.quantize(CENT, ROUND_HALF_UP) or None if 0 < price <= LARGEST_PRICE else None
