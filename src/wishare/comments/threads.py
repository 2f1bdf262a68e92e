"""Threads as pages show them: for a list or a wish, one with the owner, and one among the givers beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.urls import reverse

from wishare.access import rules
from wishare.access.choices import CommentAudience
from wishare.access.rules import Viewer
from wishare.comments import queries
from wishare.comments.forms import CommentForm
from wishare.comments.models import Comment
from wishare.comments.queries import OLDEST, Said, Talk
from wishare.core.pagination import Page, cursor_at
from wishare.wishlists.models import Item, Wishlist

#: The route of a thread, and what its part of a page is called; the address decides who reads what is said there.
ROUTES = {
    CommentAudience.EVERYONE: ("list_comments", "item_comments"),
    CommentAudience.GIVERS: ("list_whispers", "item_whispers"),
}
NAMES = {CommentAudience.EVERYONE: "comments", CommentAudience.GIVERS: "whispers"}


@dataclass(frozen=True)
class Row:
    """A comment, and what the viewer may do to it."""

    comment: Comment
    editable: bool
    deletable: bool


@dataclass(frozen=True)
class Thread:
    """Some comments, oldest first. `earlier` leads to those before them, `since` to those that come.

    `goes_on`: nothing was said after them yet.
    """

    audience: CommentAudience
    wishlist: Wishlist
    item: Item | None
    rows: list[Row]
    is_owner: bool
    earlier: str = ""
    since: str = ""
    goes_on: bool = True
    form: CommentForm = field(default_factory=CommentForm)

    @property
    def name(self) -> str:
        return NAMES[self.audience]

    @property
    def among_givers(self) -> bool:
        return self.audience == CommentAudience.GIVERS

    @property
    def address(self) -> str:
        return address(self.wishlist, self.item, self.audience)


@dataclass(frozen=True)
class Conversation:
    """The threads about a list, and what is said about its wishes."""

    threads: list[Thread]
    talk: Talk
    audiences: list[CommentAudience]

    def number(self, item: Item, audience: CommentAudience) -> int:
        return self.talk.get((item.pk, audience), Said()).number


def address(wishlist: Wishlist, item: Item | None, audience: CommentAudience) -> str:
    """Of a thread: where it is read, and where one posts to."""
    of_list, of_item = ROUTES[audience]
    return reverse(of_item, args=[item.public_id]) if item else reverse(of_list, args=[wishlist.public_id])


def conversation(
    wishlist: Wishlist, viewer: Viewer, *, item: Item | None = None, counted: Iterable[Item] = ()
) -> Conversation:
    """All that the viewer may read about a list that they may see, or about one of its wishes. One query, or none."""
    audiences = rules.comments_readable_by(viewer, wishlist.owner_id)
    if not audiences:
        return Conversation([], {}, [])
    talk = queries.talk_about(wishlist, viewer, item=item, counted=[row.pk for row in counted])
    key = item.pk if item else None
    threads = [_thread(wishlist, item, part, viewer, talk.get((key, part), Said()).page) for part in audiences]
    return Conversation(threads, talk, audiences)


def earlier(wishlist: Wishlist, item: Item | None, audience: CommentAudience, viewer: Viewer, cursor: str) -> Thread:
    """The part of a thread before a place."""
    page = queries.said_before(wishlist, item, audience, cursor)
    return replace(_thread(wishlist, item, audience, viewer, page), goes_on=False)


def later(wishlist: Wishlist, item: Item | None, audience: CommentAudience, viewer: Viewer, cursor: str) -> Thread:
    """The part of a thread after a place."""
    page = queries.said_since(wishlist, item, audience, cursor)
    since = cursor_at(page.rows[-1], OLDEST) if page.rows else cursor
    return Thread(audience, wishlist, item, _rows(page, wishlist, viewer), wishlist.owner_id == viewer.pk, since=since)


def alone(comment: Comment, viewer: Viewer, form: CommentForm | None = None) -> Thread:
    """One comment with nothing around it, to be looked at or edited."""
    wishlist = comment.wishlist
    rows = _rows([comment], wishlist, viewer)
    is_owner = wishlist.owner_id == viewer.pk
    audience = CommentAudience(comment.audience)
    return Thread(audience, wishlist, comment.item, rows, is_owner, goes_on=False, form=form or CommentForm())


def with_form(thread: Thread, form: CommentForm) -> Thread:
    """With what somebody has typed, and what is wrong with it."""
    return replace(thread, form=form)


def _thread(
    wishlist: Wishlist, item: Item | None, audience: CommentAudience, viewer: Viewer, newest_first: Page[Comment]
) -> Thread:
    comments = newest_first.rows[::-1]
    since = cursor_at(comments[-1], OLDEST) if comments else ""
    rows, is_owner = _rows(comments, wishlist, viewer), wishlist.owner_id == viewer.pk
    return Thread(audience, wishlist, item, rows, is_owner, newest_first.next_cursor, since)


def _rows(comments: Iterable[Comment], wishlist: Wishlist, viewer: Viewer) -> list[Row]:
    """What `rules` say of single comments, of those that the viewer may see."""
    owns = wishlist.owner_id == viewer.pk
    return [Row(row, row.author_id == viewer.pk, owns or row.author_id == viewer.pk) for row in comments]
