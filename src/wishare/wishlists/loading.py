"""The lists of one viewer in three sections — mine, my friends', everyone's — in one query, and their cards.

Each section is bounded and paged by key. Cards come from the cache; only what is missing is loaded, in two queries
for all of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from wishare.access import rules
from wishare.access.choices import Visibility
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.core.caching import Audience, Fragment, render_fragments
from wishare.core.pagination import Page, page_of, start
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import OPEN

LISTS_A_SECTION = 12
PREVIEWS_A_CARD = 3
NEWEST = ("-created_at", "-pk")
#: What `sort_by` may be; the unknown falls back to the default.
SORTS = {
    "name_asc": ("name", "pk"),
    "name_desc": ("-name", "-pk"),
    "created_asc": ("created_at", "pk"),
    "created_desc": NEWEST,
    "updated_asc": ("updated_at", "pk"),
    "updated_desc": ("-updated_at", "-pk"),
}
DEFAULT_SORT = "created_desc"
CARD = "components/wishlist_card.html"


@dataclass(frozen=True)
class Section:
    """One section's lists in order, and how to go on: `next_cursor` is empty at the end."""

    lists: list[Wishlist]
    next_cursor: str


@dataclass(frozen=True)
class Sections:
    """What the index and the dashboard show."""

    mine: Section
    friends: Section
    public: Section

    def lists(self) -> list[Wishlist]:
        return [*self.mine.lists, *self.friends.lists, *self.public.lists]


def load_sections(viewer: User, *, sort_by: str = DEFAULT_SORT, cursors: Mapping[str, str] | None = None) -> Sections:
    """One query. Mine and my friends' lists come as `sort_by` says, everyone's newest first."""
    queries, keys = section_queries(viewer), section_keys(sort_by)
    cursors = cursors or {}
    chosen = {
        name: start(lists, keys[name], cursors.get(name, "")).values("pk")[: LISTS_A_SECTION + 1]
        for name, lists in queries.items()
    }
    # A union and not «or»: PostgreSQL would look at every list for the latter.
    first, *others = (Wishlist.objects.filter(pk__in=lists).values("pk") for lists in chosen.values())
    anywhere = first.union(*others, all=True)
    rows = Wishlist.objects.filter(pk__in=anywhere).annotate(section=_section_of(viewer)).select_related("owner")
    parts: dict[str, list[Wishlist]] = defaultdict(list)
    for row in rows.order_by(*keys["mine"]):
        parts[row.section].append(row)
    parts["public"].sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    return Sections(**{name: _section(page_of(parts[name], keys[name], LISTS_A_SECTION)) for name in queries})


def section_queries(viewer: User) -> dict[str, QuerySet[Wishlist]]:
    """Which lists belong to which section; no list is in two."""
    of_friends = Q(owner__in=friend_ids(viewer))
    others = Q(visibility=Visibility.PUBLICLY_VISIBLE, deleted_at=None) & ~Q(owner=viewer) & ~of_friends
    return {
        "mine": Wishlist.objects.filter(rules.list_owned_by(viewer)),
        "friends": Wishlist.objects.filter(rules.list_shown_by_friend_of(viewer)),
        "public": Wishlist.objects.filter(others),
    }


def section_keys(sort_by: str) -> dict[str, tuple[str, ...]]:
    """The keys that order each section. Everyone's lists have one order only: an index serves it."""
    keys = SORTS.get(sort_by, SORTS[DEFAULT_SORT])
    return {"mine": keys, "friends": keys, "public": NEWEST}


def cards(lists: Iterable[Wishlist], viewer: Viewer, *, use_cache: bool = True) -> dict[int, SafeString]:
    """The card of each list by its primary key, from the cache where its version is there."""
    by_pk = {wishlist.pk: wishlist for wishlist in lists}
    fragments = {pk: card_fragment(wishlist, viewer) for pk, wishlist in by_pk.items()}

    def load(missing: list[int]) -> dict[int, dict[str, Any]]:
        previews, counts = load_previews(missing), load_counts(missing)
        return {pk: card_context(by_pk[pk], viewer, previews[pk], counts.get(pk, 0)) for pk in missing}

    return render_fragments(fragments, load, use_cache=use_cache)


def card_context(wishlist: Wishlist, viewer: Viewer, previews: list[Item], count: int) -> dict[str, Any]:
    """What the card's template needs."""
    show_owner = wishlist.owner_id != viewer.pk
    return {"list": wishlist, "previews": previews, "item_count": count, "show_owner": show_owner}


def load_previews(lists: Iterable[int]) -> dict[int, list[Item]]:
    """The first few open wishes of each list, in the owner's order, in one query."""
    place = Window(RowNumber(), partition_by=F("wishlist_id"), order_by=[F("position").asc(), F("pk").asc()])
    wishes = Item.objects.filter(OPEN, wishlist__in=list(lists)).annotate(place=place)
    previews: dict[int, list[Item]] = defaultdict(list)
    for item in wishes.filter(place__lte=PREVIEWS_A_CARD).order_by("wishlist_id", "place"):
        previews[item.wishlist_id].append(item)
    return previews


def load_counts(lists: Iterable[int]) -> dict[int, int]:
    """How many open wishes each list has, in one query; lists without any are left out."""
    counted = Item.objects.filter(OPEN, wishlist__in=list(lists)).values("wishlist").annotate(number=Count("pk"))
    return dict(counted.order_by().values_list("wishlist", "number"))


def audience_of(wishlist: Wishlist, viewer: Viewer) -> Audience:
    """For whom the picture of a list that the viewer may see is made."""
    if wishlist.owner_id == viewer.pk:
        return Audience.OWNER
    return Audience.GIVER if viewer.is_authenticated else Audience.PUBLIC


def card_fragment(wishlist: Wishlist, viewer: Viewer) -> Fragment:
    """What the card of a list shows: the list, which moves with its wishes, and its owner."""
    owner = wishlist.owner
    rows = ("list", wishlist.pk, wishlist.version, "owner", owner.pk, owner.version)
    return Fragment(CARD, audience_of(wishlist, viewer), rows)


def _section(page: Page[Wishlist]) -> Section:
    return Section(page.rows, page.next_cursor)


def _section_of(viewer: User) -> Case:
    return Case(
        When(owner=viewer, then=Value("mine")),
        When(owner__in=friend_ids(viewer), then=Value("friends")),
        default=Value("public"),
    )
