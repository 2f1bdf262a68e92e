"""Reads of lists and wishes for a viewer. Nothing here knows that claims exist: owners are served from here."""

from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from wishare.access import rules
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.wishlists.choices import Currency
from wishare.wishlists.models import Item, Wishlist

OPEN = Q(deleted_at=None, received_at=None)


def own_lists(viewer: User) -> QuerySet[Wishlist]:
    return with_counts(Wishlist.objects.filter(rules.list_owned_by(viewer)))


def friends_lists(viewer: User) -> QuerySet[Wishlist]:
    """Lists of the viewer's friends that the viewer may see."""
    visible = Wishlist.objects.filter(rules.list_visible_to(viewer), owner__in=friend_ids(viewer))
    return with_counts(visible.select_related("owner"))


def lists_of(owner: User, viewer: Viewer) -> QuerySet[Wishlist]:
    """The lists of one person that the viewer may see."""
    visible = Wishlist.objects.filter(rules.list_visible_to(viewer), owner=owner)
    return with_counts(visible.select_related("owner"))


def with_counts(lists: QuerySet[Wishlist]) -> QuerySet[Wishlist]:
    """Adds `item_count`: the wishes that are still open, whoever looks."""
    is_open = Q(items__deleted_at=None, items__received_at=None)
    return lists.annotate(item_count=Count("items", filter=is_open))


def visible_lists(viewer: Viewer) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_visible_to(viewer)).select_related("owner")


def owned_lists(viewer: Viewer) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_owned_by(viewer)).select_related("owner")


def deleted_lists(viewer: User) -> QuerySet[Wishlist]:
    """What the owner may restore."""
    return Wishlist.objects.filter(owner=viewer, deleted_at__isnull=False)


def shared_lists(token: str) -> QuerySet[Wishlist]:
    return Wishlist.objects.filter(rules.list_shared_by(token)).select_related("owner")


def open_items(wishlist: Wishlist) -> QuerySet[Item]:
    """The wishes of a list that somebody may still give, in the owner's order."""
    return wishlist.items.filter(OPEN).order_by("position", "pk")


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
