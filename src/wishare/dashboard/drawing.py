"""The dashboard as one kept picture, and the pictures that it is put together from.

The whole is kept under the versions of all it depends on: if it is there, nothing else is read. If not, the parts are
looked for with one read of the cache, and drawn where they are missing.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.activity import fragments as activities
from wishare.activity.models import Activity
from wishare.core.caching import Audience, Fragment, render_fragments
from wishare.dashboard import reference
from wishare.dashboard.loading import Dashboard, load_dashboard
from wishare.dashboard.versions import versions_of
from wishare.wishlists.loading import card_contexts, card_fragment
from wishare.wishlists.models import Wishlist

#: What kind of fragment, and the primary key of its row.
Name = tuple[str, int]
Contexts = dict[Name, dict[str, Any]]


@dataclass(frozen=True)
class Drawing:
    """The pictures of the page, in order."""

    profile: SafeString
    mine: list[SafeString]
    friends: list[SafeString]
    own_activity: list[SafeString]
    friends_activity: list[SafeString]


def body(viewer: User, today: date, *, use_cache: bool = True) -> SafeString:
    """What is between the top and the bottom of the page, as of a day."""
    versions = versions_of(viewer)
    page = Fragment("dashboard/body.html", Audience.OWNER, ("person", viewer.pk, *versions, today.isoformat()))

    def load(_missing: list[str]) -> dict[str, dict[str, Any]]:
        return {"body": _context(load_dashboard(viewer, today, versions.deeds, use_cache=use_cache), use_cache)}

    return render_fragments({"body": page}, load, use_cache=use_cache)["body"]


def previous_body(viewer: User, today: date) -> SafeString:
    """The same, loaded the way it was done before, and with no cache."""
    page = Fragment("dashboard/body.html", Audience.OWNER, ())
    dashboard = reference.load_dashboard(viewer, today)
    return render_fragments({"body": page}, lambda _: {"body": _context(dashboard, False)}, use_cache=False)["body"]


def _context(page: Dashboard, use_cache: bool) -> dict[str, Any]:
    drawn = draw(page, use_cache=use_cache)
    return {"viewer": page.viewer, "upcoming": page.lists.upcoming, "stats": page.stats, "drawn": drawn}


def draw(page: Dashboard, *, use_cache: bool = True) -> Drawing:
    """The pictures that are kept for themselves, too: other pages have them, or they outlive this one."""
    html = render_fragments(_fragments(page), partial(_contexts, page), use_cache=use_cache)

    def pictures(kind: str, rows: Iterable[Wishlist | Activity]) -> list[SafeString]:
        return [html[kind, row.pk] for row in rows]

    return Drawing(
        profile=html["profile", page.viewer.pk],
        mine=pictures("card", page.lists.mine),
        friends=pictures("card", page.lists.friends),
        own_activity=pictures("activity", page.activity.own),
        friends_activity=pictures("activity", page.activity.friends),
    )


def _fragments(page: Dashboard) -> dict[Name, Fragment]:
    viewer = page.viewer
    profile = Fragment("dashboard/profile.html", Audience.OWNER, ("person", viewer.pk, viewer.version))
    return {
        ("profile", viewer.pk): profile,
        **{("card", row.pk): card_fragment(row, viewer) for row in _carded(page)},
        **{("activity", row.pk): activities.fragment(row, viewer) for row in _told(page)},
    }


def _contexts(page: Dashboard, missing: list[Name]) -> Mapping[Name, dict[str, Any]]:
    """What the templates of missing fragments need; only cards need more than the page has, one query for all."""
    wanted = set(missing)
    contexts: Contexts = {("profile", page.viewer.pk): {"person": page.viewer}}
    contexts |= {
        ("activity", row.pk): activities.context(row, page.viewer)
        for row in _told(page)
        if ("activity", row.pk) in wanted
    }
    cards = card_contexts([row for row in _carded(page) if ("card", row.pk) in wanted], page.viewer)
    return contexts | {("card", pk): card for pk, card in cards.items()}


def _carded(page: Dashboard) -> list[Wishlist]:
    return [*page.lists.mine, *page.lists.friends]


def _told(page: Dashboard) -> list[Activity]:
    return [*page.activity.own, *page.activity.friends]
