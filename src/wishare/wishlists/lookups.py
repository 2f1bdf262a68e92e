"""Looking at the page of a wish: what the job does, and whom it tells."""

import logging
import time

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile

from wishare.access.channels import of_extraction
from wishare.core.fetching import FetchError, fetch
from wishare.core.images import ImageField
from wishare.core.pubsub import poke
from wishare.metadata.cache import Answer
from wishare.metadata.extractor import NOTHING, Product
from wishare.metadata.lookups import NotNow, look_up, read_handed
from wishare.metadata.models import HandedPage, Outcome
from wishare.wishlists.actions.lookups import OPEN_ENDED, finish_lookup
from wishare.wishlists.facts import ItemLookedUp
from wishare.wishlists.models import Item

PICTURE_SECONDS = 6.0
#: Two of a host at a time: another look-up may be there for a moment.
PICTURE_PAUSES = (0.0, 0.5, 1.5)
NOBODY_ANSWERED = Answer(Outcome.UNREACHABLE, NOTHING)
logger = logging.getLogger(__name__)


class NotReachedError(Exception):
    """The site may answer a little later."""


def run(pk: int, handed: int | None, *, last: bool) -> None:
    """Looks at the page of a wish that still waits for it, and tells the owner what came of it.

    Raises InProgress, and NotNow and NotReachedError for another try unless this is the `last`.
    """
    item = Item.objects.select_related("wishlist").filter(pk=pk, lookup__in=OPEN_ENDED, deleted_at=None).first()
    if item is None:
        return
    found = _ask(item, handed, last)
    finish_lookup(item=item, answer=found, image=_picture(item, found.product))
    if handed:
        HandedPage.objects.filter(pk=handed).delete()
    if found.worth_retrying and not last:
        raise NotReachedError


def tell_owner(fact: ItemLookedUp) -> None:
    """On the channel of its owner, who alone may know."""
    poke(of_extraction(fact.item.wishlist.owner.public_id), "item", fact.item.public_id)


def give_up(pk: int) -> None:
    """For a mistake of ours: the owner is told, while the queue goes on trying."""
    if item := Item.objects.filter(pk=pk).first():
        finish_lookup(item=item, answer=NOBODY_ANSWERED)


def _ask(item: Item, handed: int | None, last: bool) -> Answer:
    """What the person's browser has read comes first; the site is asked for what that does not say."""
    page = HandedPage.objects.filter(pk=handed).first() if handed else None
    told = read_handed(page, item.url).product if page else NOTHING
    if told["title"] and told["price"] and told["image_url"]:
        return Answer(Outcome.FOUND, told)
    try:
        found = look_up(item.url, user=item.wishlist.owner_id)
    except NotNow:
        if not last:
            raise
        found = NOBODY_ANSWERED
    return _together(told, found)


def _together(told: Product, found: Answer) -> Answer:
    """Price and currency belong together. A title alone is no find: every page has one."""
    first, second = (told, found.product) if told["price"] else (found.product, told)
    both = Product(
        title=told["title"] or found.product["title"],
        description=told["description"] or found.product["description"],
        image_url=told["image_url"] or found.product["image_url"],
        price=first["price"] or second["price"],
        currency=first["currency"] if first["price"] else second["currency"],
        site_name=found.product["site_name"],
    )
    if told["price"] or told["image_url"]:
        return Answer(Outcome.FOUND, both)
    return Answer(found.outcome, both, found.worth_retrying)


def _picture(item: Item, product: Product) -> "ContentFile[bytes] | None":
    """The product's picture, made small and ours; None if it cannot be had, which costs nothing else."""
    if item.image or not product["image_url"]:
        return None
    try:
        body = _fetched(product["image_url"], item.wishlist.owner_id)
        return ImageField().clean(SimpleUploadedFile("picture", body))  # type: ignore[no-any-return]
    except (FetchError, ValidationError) as error:
        logger.info("no picture for a wish: %s", getattr(error, "reason", "unreadable"))
        return None


def _fetched(url: str, user: int) -> bytes:
    """Raises FetchError."""
    for pause in PICTURE_PAUSES:
        time.sleep(pause)
        try:
            return fetch(url, accept="image", user=user, seconds=PICTURE_SECONDS).body
        except FetchError as error:
            refused = error
            if error.reason != "limited":
                break
    raise refused
