"""Reads of lists and wishes for a viewer. Nothing here knows that claims exist: owners are served from here."""

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from wishare.access import rules
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.core.pagination import Page, cursor_at, page_of, start
from wishare.wishlists.choices import Currency
from wishare.wishlists.models import Item, Wishlist

OPEN = Q(deleted_at=None, received_at=None)
#: The owner's order.
IN_ORDER = ("position", "pk")


def lists_of(owner: User, viewer: Viewer) -> QuerySet[Wishlist]:
    """The lists of one person that the viewer may see."""
    visible = Wishlist.objects.filter(rules.list_visible_to(viewer), owner=owner)
    return visible.select_related("owner")


def visible_lists(viewer: Viewer) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_visible_to(viewer)).select_related("owner")


def owned_lists(viewer: Viewer) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_owned_by(viewer)).select_related("owner")


def lists_to_add_to(viewer: User) -> QuerySet[Wishlist]:
    """The viewer's own, the most likely first."""
    return Wishlist.objects.filter(rules.list_owned_by(viewer)).order_by("-is_default", "-updated_at", "-pk")


def deleted_lists(viewer: User) -> QuerySet[Wishlist]:
    """What the owner may restore."""
    return Wishlist.objects.filter(owner=viewer, deleted_at__isnull=False)


def shared_lists(token: str) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_shared_by(token)).select_related("owner")


def open_items(wishlist: Wishlist) -> QuerySet[Item]:
    """The wishes of a list that somebody may still give, in the owner's order."""
    return wishlist.items.filter(OPEN).order_by(*IN_ORDER)


def owner_items(wishlist: Wishlist, cursor: str, size: int) -> tuple[Page[Item], list[Item]]:
    """A page of open wishes after `cursor`, and the latest received ones, in one query."""
    first_open = start(open_items(wishlist), IN_ORDER, cursor).values("pk")[: size + 1]
    latest_received = received_items(wishlist).values("pk")[:size]
    chosen = wishlist.items.filter(Q(pk__in=first_open) | Q(pk__in=latest_received)).order_by(*IN_ORDER)
    rows = list(chosen)
    received = sorted((row for row in rows if row.received_at), key=lambda row: (row.received_at, row.pk), reverse=True)
    return page_of([row for row in rows if not row.received_at], IN_ORDER, size), received


def cursor_to(wishlist: Wishlist, public_id: str, size: int) -> str:
    """Where a page begins that shows a certain wish; empty for the first page, and if it is not on the list."""
    rows = list(open_items(wishlist).only("wishlist", "public_id", "position"))
    at = next((place for place, row in enumerate(rows) if row.public_id == public_id), 0)
    first = at - size // 2
    return cursor_at(rows[first - 1], IN_ORDER) if at >= size else ""


def received_items(wishlist: Wishlist) -> QuerySet[Item]:
    return wishlist.items.filter(deleted_at=None, received_at__isnull=False).order_by("-received_at", "-pk")


def usual_currency(owner: User) -> str:
    """What to offer for a new wish: the currency of the owner's latest one, else that of their language."""
    latest = Item.objects.filter(wishlist__owner=owner).order_by("-pk").values_list("currency", flat=True).first()
    return latest or (Currency.BRL if get_language() == "pt-br" else Currency.USD).value


def owned_items(viewer: Viewer) -> QuerySet[Item]:
    """Wishes the viewer may change."""
    owned = Item.objects.filter(rules.list_owned_by(viewer, at="wishlist__"), deleted_at=None)
    return owned.select_related("wishlist")


def deleted_items(viewer: Viewer) -> QuerySet[Item]:
    """Wishes the viewer has removed and may restore."""
    owned = Item.objects.filter(rules.list_owned_by(viewer, at="wishlist__"), deleted_at__isnull=False)
    return owned.select_related("wishlist")
