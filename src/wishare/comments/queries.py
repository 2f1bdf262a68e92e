"""Reads of comments, always for one viewer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import RowNumber

from wishare.access import rules
from wishare.access.choices import CommentAudience
from wishare.access.rules import Viewer
from wishare.comments.models import Comment
from wishare.core.pagination import Page, page_of, start
from wishare.core.prepared import PreparedKeys
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.lists import ITEMS_A_PAGE

COMMENTS_A_PAGE = 15
#: For so many wishes at once a query is compiled.
BATCHES = (0, 4, 16, ITEMS_A_PAGE)
#: Never by the number of the row, which also counts what is said among givers.
NEWEST = ("-created_at", "-public_id")
OLDEST = ("created_at", "public_id")
#: What a comment shows; people have thirty columns.
SHOWN = (
    *("public_id", "wishlist_id", "item_id", "audience", "text", "created_at", "edited_at", "deleted_at"),
    *("author__public_id", "author__name", "author__avatar"),
)


@dataclass(frozen=True)
class Said:
    """The newest comments about one thing for one audience, newest first, and how many there are."""

    page: Page[Comment] = field(default_factory=lambda: Page([], ""))
    number: int = 0


#: By what it is about, None for the list itself, and for whom it is.
Talk = dict[tuple[int | None, CommentAudience], Said]


def visible_comments(viewer: Viewer) -> QuerySet[Comment]:
    return _with_places(Comment.objects.filter(rules.comment_visible_to(viewer)))


def editable_comments(viewer: Viewer) -> QuerySet[Comment]:
    return _with_places(Comment.objects.filter(rules.comment_editable_by(viewer)))


def deletable_comments(viewer: Viewer) -> QuerySet[Comment]:
    return _with_places(Comment.objects.filter(rules.comment_deletable_by(viewer)))


def restorable_comments(viewer: Viewer) -> QuerySet[Comment]:
    return _with_places(Comment.objects.filter(rules.comment_restorable_by(viewer)))


def commented_items(viewer: Viewer) -> QuerySet[Item]:
    """Wishes that the viewer may see, and so the comments on them."""
    return Item.objects.filter(rules.item_visible_to(viewer)).select_related("wishlist__owner")


def talk_about(wishlist: Wishlist, viewer: Viewer, *, item: Item | None = None, counted: Iterable[int] = ()) -> Talk:
    """The newest comments on a list, or on one of its wishes, for each audience that the viewer belongs to.

    Of the wishes `counted`, a page of them at most, only how many there are and the newest. One query; the caller has
    seen to it that the viewer may see the list and the wish.
    """
    audiences = tuple(rules.comments_readable_by(viewer, wishlist.owner_id))
    about = {"item": item.pk} if item else {}
    found: dict[tuple[int | None, CommentAudience], list[Any]] = {}
    for row in _newest(audiences, *about)(counted, wishlist=wishlist.pk, **about):
        found.setdefault((row.item_id, CommentAudience(row.audience)), []).append(row)
    return {key: Said(page_of(rows, NEWEST, COMMENTS_A_PAGE), rows[0].number) for key, rows in found.items()}


@cache
def _newest(audiences: tuple[CommentAudience, ...], *about: str) -> PreparedKeys[Any]:
    """For these audiences, about a list itself or, with «item», about one of its wishes."""
    over_thread = partial(Window, partition_by=[F("item_id"), F("audience")])
    place = over_thread(RowNumber(), order_by=[F("created_at").desc(), F("public_id").desc()])

    def make(counted: list[int], *, wishlist: int, item: int | None = None) -> QuerySet[Comment]:
        there = _there(Wishlist(pk=wishlist)).filter(audience__in=audiences)
        there = there.filter(Q(item=item) | Q(item__in=counted))
        rows = there.annotate(place=place, number=over_thread(Count("pk")))
        shown = Q(item=item, place__lte=COMMENTS_A_PAGE + 1) | Q(item__in=counted, place=1)
        return rows.filter(shown).order_by(*NEWEST)

    return PreparedKeys(make, BATCHES, wishlist=int, **dict.fromkeys(about, int))


def said_before(wishlist: Wishlist, item: Item | None, audience: CommentAudience, cursor: str) -> Page[Comment]:
    """A page of comments, newest first, from behind a place on."""
    return _part(wishlist, item, audience, cursor, NEWEST)


def said_since(wishlist: Wishlist, item: Item | None, audience: CommentAudience, cursor: str) -> Page[Comment]:
    """The comments that came after a place, oldest first."""
    return _part(wishlist, item, audience, cursor, OLDEST)


def _part(
    wishlist: Wishlist, item: Item | None, audience: CommentAudience, cursor: str, keys: tuple[str, ...]
) -> Page[Comment]:
    rows = start(_there(wishlist).filter(item=item, audience=audience), keys, cursor)
    return page_of(list(rows[: COMMENTS_A_PAGE + 1]), keys, COMMENTS_A_PAGE)


def _there(wishlist: Wishlist) -> QuerySet[Comment]:
    said = Comment.objects.filter(wishlist=wishlist, deleted_at=None, author__is_active=True)
    return said.select_related("author").only(*SHOWN)


def _with_places(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    return comments.select_related("author", "wishlist__owner", "item")
