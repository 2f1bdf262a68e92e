"""Reads of lists and wishes for a viewer. Nothing here knows that claims exist: owners are served from here."""

from collections.abc import Callable

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from wishare.access import rules
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.core.pagination import Page, PreparedPages, cursor_at, page_of
from wishare.core.prepared import Prepared
from wishare.wishlists.choices import Currency
from wishare.wishlists.models import Item, Wishlist

OPEN = Q(deleted_at=None, received_at=None)
#: The owner's order, and what its keys are.
PLACES = {"position": int, "pk": int}
IN_ORDER = tuple(PLACES)
ITEMS_A_PAGE = 60


def visible_lists(viewer: Viewer) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_visible_to(viewer)).select_related("owner")


def visible_list(viewer: Viewer, public_id: str) -> Wishlist | None:
    """One that the viewer may see."""
    if isinstance(viewer, User):
        return next(iter(_visible(viewer=viewer.pk, public_id=public_id)), None)
    return next(iter(_visible_to_all(public_id=public_id)), None)


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
    return Item.objects.filter(OPEN, wishlist=wishlist).order_by(*IN_ORDER)


def visitor_items(wishlist: Wishlist, cursor: str) -> Page[Item]:
    """A page of open wishes."""
    page = _open(cursor, ITEMS_A_PAGE, wishlist=wishlist.pk)
    return Page(on_list(wishlist, page.rows), page.next_cursor)


def owner_items(wishlist: Wishlist, cursor: str) -> tuple[Page[Item], list[Item]]:
    """A page of open wishes after `cursor`, and the latest received ones, in one query."""
    rows = on_list(wishlist, _open_and_received.rows(cursor, ITEMS_A_PAGE, wishlist=wishlist.pk))
    received = sorted((row for row in rows if row.received_at), key=lambda row: (row.received_at, row.pk), reverse=True)
    return page_of([row for row in rows if not row.received_at], IN_ORDER, ITEMS_A_PAGE), received


def on_list(wishlist: Wishlist, items: list[Item]) -> list[Item]:
    """The list's own wishes, which do not ask for it any more."""
    for item in items:
        item.wishlist = wishlist
    return items


def cursor_to(wishlist: Wishlist, public_id: str) -> str:
    """Where a page begins that shows a certain wish; empty for the first page, and if it is not on the list."""
    rows = list(open_items(wishlist).only("wishlist", "public_id", "position"))
    at = next((place for place, row in enumerate(rows) if row.public_id == public_id), 0)
    first = at - ITEMS_A_PAGE // 2
    return cursor_at(rows[first - 1], IN_ORDER) if at >= ITEMS_A_PAGE else ""


def received_items(wishlist: Wishlist) -> QuerySet[Item]:
    received = Item.objects.filter(wishlist=wishlist, deleted_at=None, received_at__isnull=False)
    return received.order_by("-received_at", "-pk")


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


def _owners(cut: Callable[[QuerySet[Item]], QuerySet[Item]], *, wishlist: int) -> QuerySet[Item]:
    there = Wishlist(pk=wishlist)
    shown = Q(pk__in=cut(open_items(there)).values("pk"))
    received = Q(pk__in=received_items(there).values("pk")[:ITEMS_A_PAGE])
    return Item.objects.filter(shown | received, wishlist=there).order_by(*IN_ORDER)


_visible = Prepared(
    lambda viewer, public_id: visible_lists(User(pk=viewer)).filter(public_id=public_id), viewer=int, public_id=str
)
_visible_to_all = Prepared(lambda public_id: visible_lists(AnonymousUser()).filter(public_id=public_id), public_id=str)
_open = PreparedPages(lambda cut, wishlist: cut(open_items(Wishlist(pk=wishlist))), PLACES, wishlist=int)
_open_and_received = PreparedPages(_owners, PLACES, wishlist=int)
