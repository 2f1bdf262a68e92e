"""The previous query pattern: a query for each section, a look-up for each friend and for each list.

Slow and obvious. It is what `loading.py` is held against, what the benchmark calls «before», and what an operator can
switch back to while the server runs.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.models import Connection
from wishare.connections.queries import connections_of
from wishare.core.caching import Audience
from wishare.core.pagination import Page, page_of, start
from wishare.wishlists.loading import (
    CARD,
    DEFAULT_SORT,
    LISTS_A_SECTION,
    PREVIEWS_A_CARD,
    Section,
    Sections,
    card_context,
    section_keys,
)
from wishare.wishlists.models import Wishlist
from wishare.wishlists.queries.lists import open_items

SHOWN_TO_FRIENDS = (Visibility.PARTNER_ONLY, Visibility.PUBLICLY_VISIBLE)


def load_sections(viewer: User, *, sort_by: str = DEFAULT_SORT, cursors: Mapping[str, str] | None = None) -> Sections:
    """The same lists as `loading.load_sections`."""
    friends = [friend.pk for friend in load_friends(viewer)]
    present = Wishlist.objects.filter(deleted_at=None)
    public = present.filter(visibility=Visibility.PUBLICLY_VISIBLE)
    sections = {
        "mine": present.filter(owner=viewer),
        "friends": present.filter(owner__in=friends, visibility__in=SHOWN_TO_FRIENDS),
        "public": public.exclude(owner=viewer).exclude(owner__in=friends),
    }
    keys, made = section_keys(sort_by), {}
    for name, lists in sections.items():
        found = list(start(lists, keys[name], (cursors or {}).get(name, ""))[: LISTS_A_SECTION + 1])
        page: Page[Wishlist] = page_of(found, keys[name], LISTS_A_SECTION)
        made[name] = Section(page.rows, page.next_cursor)
    return Sections(**made)


def load_friends(viewer: User) -> list[User]:
    """Each friend by a look-up of their own."""
    accepted = connections_of(viewer).filter(status=Connection.Status.ACCEPTED)
    return [row.partner if row.user_id == viewer.pk else row.user for row in accepted]


def cards(lists: Iterable[Wishlist], viewer: User) -> dict[int, SafeString]:
    """The same cards as `loading.cards`, each drawn anew."""
    return {pk: _card(context, viewer) for pk, context in contexts(lists, viewer).items()}


def contexts(lists: Iterable[Wishlist], viewer: User) -> dict[int, dict[str, Any]]:
    """What the template of each card needs, by the list's primary key: two queries for each."""
    made = {}
    for wishlist in lists:
        wishes = open_items(wishlist)
        made[wishlist.pk] = card_context(wishlist, viewer, list(wishes[:PREVIEWS_A_CARD]), wishes.count())
    return made


def _card(context: Mapping[str, Any], viewer: User) -> SafeString:
    audience = Audience.OWNER if context["list"].owner_id == viewer.pk else Audience.GIVER
    return render_to_string(CARD, {**context, "audience": audience.value})
