"""Who reads, edits, deletes and restores a comment: the rules against the sentences of docs/privacy.md."""

from collections.abc import Callable

import pytest
from django.db.models import Q
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.access.test_rules import Small, build, worlds
from tests.support.cast import rolled_back
from wishare.access import rules
from wishare.access.choices import CommentAudience
from wishare.access.rules import Viewer
from wishare.comments.models import Comment, Givers
from wishare.wishlists.models import Item

pytestmark = pytest.mark.django_db
EVERYONE, GIVERS = CommentAudience.EVERYONE, CommentAudience.GIVERS
#: By whom; on the list or its wish; for whom; deleted by whom; whether the wish is gone, received, or elsewhere.
drawn_comments = st.tuples(
    st.integers(0, 3), st.booleans(), st.booleans(), st.none() | st.integers(0, 3), st.sampled_from(["", *"drm"])
)


Said = tuple[int, bool, bool, int | None, str]


def reads(small: Small, viewer: Viewer, row: Comment, *, deleted: bool = False) -> bool:
    owns = row.wishlist.owner_id == viewer.pk
    if viewer.pk is None or not row.author.is_active or bool(row.deleted_at) != deleted:
        return False
    if row.item and (row.item.deleted_at or row.item.wishlist_id != row.wishlist_id):
        return False
    if row.item and row.item.received_at and not owns:
        return False
    return small.sees(viewer, row.wishlist) and (row.audience == EVERYONE or not owns)


def edits(small: Small, viewer: Viewer, row: Comment) -> bool:
    return reads(small, viewer, row) and row.author_id == viewer.pk


def deletes(small: Small, viewer: Viewer, row: Comment) -> bool:
    return reads(small, viewer, row) and viewer.pk in {row.author_id, row.wishlist.owner_id}


def restores(small: Small, viewer: Viewer, row: Comment) -> bool:
    return reads(small, viewer, row, deleted=True) and row.deleted_by_id == viewer.pk


Rule = tuple[Callable[..., Q], Callable[[Small, Viewer, Comment], bool]]
RULES: list[Rule] = [
    (rules.comment_visible_to, reads),
    (rules.comment_editable_by, edits),
    (rules.comment_deletable_by, deletes),
    (rules.comment_restorable_by, restores),
]


@given(drawn=worlds, said=st.lists(drawn_comments, min_size=1, max_size=6))
@settings(max_examples=60)
def test_rules_about_comments_say_what_the_document_says(drawn: tuple, said: list[Said]) -> None:  # type: ignore[type-arg]
    with rolled_back():
        small = build(drawn)
        rows = [comment_of(small, number, one) for number, one in enumerate(said)] if small.lists else []
        for viewer in small.viewers():
            for rule, oracle in RULES:
                expected = {row.pk for row in rows if oracle(small, viewer, row)}
                assert set(Comment.objects.filter(rule(viewer)).values_list("pk", flat=True)) == expected
                for row in rows:
                    assert rules.holds(rule(viewer), row) == (row.pk in expected)
                    same = row.audience in rules.comments_readable_by(viewer, row.wishlist.owner_id)
                    assert same or not reads(small, viewer, row)


def comment_of(small: Small, number: int, drawn: Said) -> Comment:
    author, on_wish, among_givers, deleter, wish = drawn
    wishlist = small.lists[number % len(small.lists)]
    item = Item.objects.get(wishlist=wishlist) if on_wish and number < len(small.lists) else None
    if item:
        item.deleted_at = small.now if wish == "d" else None
        item.received_at = small.now if wish == "r" else None
        item.save()
    givers = Givers.objects.get_or_create(pk=wishlist.owner_id)[0] if among_givers else None
    made = Comment.objects.create(
        wishlist=small.lists[-1] if wish == "m" else wishlist,
        item=item,
        author=small.people[author],
        audience=GIVERS if givers else EVERYONE,
        givers=givers,
        text="Hm",
        deleted_at=None if deleter is None else small.now,
        deleted_by=None if deleter is None else small.people[deleter],
    )
    return Comment.objects.select_related("wishlist__owner", "item", "author").get(pk=made.pk)
