"""What is there for everybody: public lists by occasion and day, public wishes by price. The same for every viewer."""

from datetime import date
from decimal import Decimal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from wishare.access import rules
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import OPEN

ANYBODY = AnonymousUser()
NEWEST = ("-created_at", "-pk")
#: Primary keys grow with time, so the newest of all wishes are read backwards without an index of their own.
LATEST = ("-pk",)
UPCOMING = ("event_date", "pk")
NOTHING = Decimal(0)


def public_lists(*, event_type: str = "", since: date | None = None, until: date | None = None) -> QuerySet[Wishlist]:
    """The newest first; with an occasion or a day, those that have a date, the next one first."""
    lists = Wishlist.objects.filter(rules.list_visible_to(ANYBODY)).select_related("owner")
    if not (event_type or since or until):
        return lists.order_by(*NEWEST)
    if event_type:
        lists = lists.filter(event_type=event_type)
    if until:
        lists = lists.filter(event_date__lte=until)
    return lists.filter(event_date__gte=since or _from_today(until)).order_by(*UPCOMING)


def public_items(*, currency: str = "", low: Decimal | None = None, high: Decimal | None = None) -> QuerySet[Item]:
    """Open wishes, the newest first; with a currency or a price, those that have a price.

    Whether the list is public is asked of each wish, newest first, until there are enough: joined, SQLite would begin
    with all public lists.
    """
    public = Wishlist.objects.filter(rules.list_visible_to(ANYBODY), pk=OuterRef("wishlist"))
    items = Item.objects.filter(OPEN, Exists(public)).select_related("wishlist__owner")
    items = items.order_by(*(NEWEST if currency else LATEST))
    if currency or low is not None or high is not None:
        items = items.filter(price__gte=low or NOTHING)
    if high is not None:
        items = items.filter(price__lte=high or NOTHING)  # «0e999» is nothing, too
    return items.filter(currency=currency) if currency else items


def _from_today(until: date | None) -> date:
    """Who asks only for what was until some day in the past means the time before it."""
    today = timezone.localdate()
    return date.min if until and until < today else today
