"""Discover: what people show to everybody, as lists or as wishes. The same pages with and without an account."""

from collections.abc import Iterable

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import SafeString

from wishare.accounts.requests import Request
from wishare.core.caching import Audience, Fragment, render_fragments
from wishare.core.flags import fragment_caching_for
from wishare.core.pagination import paginate
from wishare.wishlists.filters import ItemFilters, ListFilters, understood
from wishare.wishlists.loading import cards
from wishare.wishlists.models import Item
from wishare.wishlists.queries.discover import NEWEST, public_items, public_lists

CARDS_A_PAGE = 24
TILE = "wishlists/discover_tile.html"


def discover(request: Request) -> HttpResponse:
    return _wishes(request) if request.GET.get("show") == "wishes" else _lists(request)


def _lists(request: Request) -> HttpResponse:
    user, chosen = request.user, understood(ListFilters, request.GET, bounds=("since", "until"))
    found = public_lists(**chosen)
    keys = tuple(str(key) for key in found.query.order_by)
    page = paginate(found, keys, request.GET.get("after", ""), CARDS_A_PAGE)
    context = {
        "form": ListFilters(initial=chosen),
        "filtered": bool(chosen),
        "upcoming": keys != NEWEST,
        "next_cursor": page.next_cursor,
        "pictures": list(cards(page, user, use_cache=fragment_caching_for(user)).values()),
    }
    return render(request, "wishlists/discover.html", context)


def _wishes(request: Request) -> HttpResponse:
    chosen = understood(ItemFilters, request.GET, bounds=("low", "high"))
    found = public_items(**chosen)
    keys = tuple(str(key) for key in found.query.order_by)
    page = paginate(found, keys, request.GET.get("after", ""), CARDS_A_PAGE)
    context = {
        "form": ItemFilters(initial=chosen),
        "filtered": bool(chosen),
        "next_cursor": page.next_cursor,
        "pictures": tiles(page, use_cache=fragment_caching_for(request.user)),
    }
    return render(request, "wishlists/discover_wishes.html", context)


def tiles(items: Iterable[Item], *, use_cache: bool = True) -> list[SafeString]:
    """One picture a wish, whoever looks."""
    by_pk = {item.pk: item for item in items}
    fragments = {pk: _tile(item) for pk, item in by_pk.items()}
    made = render_fragments(fragments, lambda pks: {pk: {"item": by_pk[pk]} for pk in pks}, use_cache=use_cache)
    return list(made.values())


def _tile(item: Item) -> Fragment:
    wishlist, owner = item.wishlist, item.wishlist.owner
    versions = ("item", item.pk, item.version, "list", wishlist.pk, wishlist.version, "owner", owner.pk, owner.version)
    return Fragment(TILE, Audience.PUBLIC, versions)
