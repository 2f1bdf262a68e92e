"""The lists of one viewer in three sections — mine, my friends', everyone's — in one query, and their cards.

Each section is bounded and paged by key. Cards come from the cache; only what is missing is loaded, in one query
for all of them.
"""

from collections import ChainMap, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, RowRange, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.safestring import SafeString

from wishare.access import rules
from wishare.access.choices import Visibility
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.core.caching import Audience, Fragment, render_fragments
from wishare.core.pagination import Page, after, page_of, place_of
from wishare.core.prepared import Prepared, PreparedKeys
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import OPEN

SECTIONS = ("mine", "friends", "public")
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
#: What the keys of `SORTS` are.
KINDS = {"name": str, "created_at": datetime, "updated_at": datetime, "pk": int}
#: How many lists' wishes are asked for at once: an index has up to 36 cards, the dashboard 8.
BATCHES = (4, 16, 40)
CARD = "components/wishlist_card.html"
#: The columns that cards and events show, and that keys of fragments carry. Making rows is most of the work of the
#: page, and people have thirty columns.
SHOWN = (
    *("public_id", "name", "visibility", "event_type", "event_date", "cover", "version"),
    *("owner__public_id", "owner__name", "owner__avatar", "owner__version"),
)
PREVIEW = ("wishlist_id", "name", "image")


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


def load_sections(
    viewer: User,
    *,
    sort_by: str = DEFAULT_SORT,
    cursors: Mapping[str, str] | None = None,
    only: Collection[str] = SECTIONS,
) -> Sections:
    """One query. Mine and my friends' lists come as `sort_by` says, everyone's newest first.

    Sections that are not in `only` stay empty.
    """
    sort_by = sort_by if sort_by in SORTS else DEFAULT_SORT
    keys = section_keys(sort_by)
    asked = tuple(name for name in keys if name in only)
    places = {name: place_of((cursors or {}).get(name, ""), keys[name], _kinds(keys[name], name)) for name in asked}
    rows = _sections(sort_by, asked, tuple(name for name in asked if places[name]), LISTS_A_SECTION)
    parts: dict[str, list[Wishlist]] = defaultdict(list)
    for row in rows(viewer=viewer.pk, **ChainMap(*places.values())):
        parts[row.section].append(row)
    parts["public"].sort(key=lambda row: (row.created_at, row.pk), reverse=True)
    return Sections(**{name: _section(page_of(parts[name], keys[name], LISTS_A_SECTION)) for name in keys})


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
        return card_contexts([by_pk[pk] for pk in missing], viewer)

    return render_fragments(fragments, load, use_cache=use_cache)


def card_contexts(lists: Iterable[Wishlist], viewer: Viewer) -> dict[int, dict[str, Any]]:
    """What the cards' template needs for each list, by its primary key; one query for all, none for no list."""
    by_pk = {wishlist.pk: wishlist for wishlist in lists}
    wishes = load_wishes(by_pk)
    return {pk: card_context(wishlist, viewer, *wishes.get(pk, ([], 0))) for pk, wishlist in by_pk.items()}


def card_context(wishlist: Wishlist, viewer: Viewer, previews: list[Item], count: int) -> dict[str, Any]:
    """What the card's template needs."""
    show_owner = wishlist.owner_id != viewer.pk
    return {"list": wishlist, "previews": previews, "item_count": count, "show_owner": show_owner}


def load_wishes(lists: Iterable[int]) -> dict[int, tuple[list[Item], int]]:
    """The first few open wishes of each list in the owner's order, and how many it has, in one query; lists without
    any are left out."""
    wishes: dict[int, tuple[list[Item], int]] = {}
    for item in _wishes(lists):
        wishes.setdefault(item.wishlist_id, ([], item.number))[0].append(item)
    return wishes


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


@cache
def _sections(sort_by: str, asked: tuple[str, ...], continued: tuple[str, ...], size: int) -> Prepared[Any]:
    """For one order and the sections in `asked`, of which those in `continued` begin behind a place."""
    keys = section_keys(sort_by)
    kinds = {name: kind for part in continued for name, kind in _kinds(keys[part], part).items()}

    def make(*, viewer: int, **places: Any) -> QuerySet[Wishlist]:
        person, chosen = User(pk=viewer), []
        sections = section_queries(person)
        for part in asked:
            values = [places[name] for name in _kinds(keys[part], part)] if part in continued else []
            rows = sections[part].filter(after(keys[part], values)) if values else sections[part]
            chosen.append(rows.order_by(*keys[part]).values("pk")[: size + 1])
        # A union and not «or»: PostgreSQL would look at every list for the latter.
        first, *others = (Wishlist.objects.filter(pk__in=lists).values("pk") for lists in chosen)
        rows = Wishlist.objects.filter(pk__in=first.union(*others, all=True))
        rows = rows.annotate(section=_section_of(person)).select_related("owner")
        return rows.only(*SHOWN, "created_at", "updated_at").order_by(*keys["mine"])

    return Prepared(make, viewer=int, **kinds)


def _kinds(keys: tuple[str, ...], part: str) -> dict[str, type]:
    """A name for the value of each key, and what it is."""
    columns = [key.lstrip("-") for key in keys]
    return {f"{part}_{column}": KINDS[column] for column in columns}


def _section_of(viewer: User) -> Case:
    return Case(
        When(owner=viewer, then=Value("mine")),
        When(owner__in=friend_ids(viewer), then=Value("friends")),
        default=Value("public"),
    )


def _previews(lists: list[int]) -> QuerySet[Item]:
    # The same order for both, although it does not matter for the second: an index serves it.
    of_a_list: Any = {"partition_by": F("wishlist_id"), "order_by": [F("position").asc(), F("pk").asc()]}
    place, number = Window(RowNumber(), **of_a_list), Window(Count("pk"), frame=RowRange(), **of_a_list)
    wishes = Item.objects.filter(OPEN, wishlist__in=lists).annotate(place=place, number=number)
    return wishes.filter(place__lte=PREVIEWS_A_CARD).only(*PREVIEW).order_by("wishlist_id", "place")


_wishes: PreparedKeys[Any] = PreparedKeys(_previews, BATCHES)
