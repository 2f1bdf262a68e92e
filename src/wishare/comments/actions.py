"""Writes of comments. Each is one transaction that locks the list first, as all other writes about it do.

What is said among givers writes nothing that the list's owner can read: see `models.Givers`.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from wishare.access.choices import CommentAudience
from wishare.accounts.models import User
from wishare.comments.facts import CommentChanged, CommentMade
from wishare.comments.models import Comment, Givers
from wishare.core.errors import Refused
from wishare.core.facts import happened
from wishare.wishlists.actions.lists import SAME_AGAIN
from wishare.wishlists.models import Item, Wishlist

#: On one list and its wishes together, for each audience by itself: nobody learns of the one by the end of the other.
COMMENTS_AT_MOST = 1000


@transaction.atomic
def comment_on(
    *, wishlist: Wishlist, author: User, text: str, audience: CommentAudience, item: Item | None = None
) -> Comment:
    """Says something about a list or one of its wishes. The caller has made sure that the author may.

    The same again within a minute is the same comment. Raises Refused when there are too many.
    """
    _lock(wishlist.pk)
    said = Comment.objects.filter(wishlist=wishlist, audience=audience)
    since = timezone.now() - SAME_AGAIN
    again = said.filter(author=author, item=item, text=text, deleted_at=None, created_at__gt=since)
    if same := again.first():
        return same
    if said.filter(deleted_at=None).count() >= COMMENTS_AT_MOST:
        raise Refused(_("There are %(number)d comments here already. Delete one first.") % {"number": COMMENTS_AT_MOST})
    comment = Comment(wishlist=wishlist, item=item, author=author, text=text, audience=audience)
    if audience == CommentAudience.GIVERS:
        comment.givers, _made = Givers.objects.get_or_create(pk=wishlist.owner_id)
    comment.save()
    happened(CommentMade(comment))
    return comment


@transaction.atomic
def edit_comment(*, comment: Comment, text: str) -> Comment:
    """Changes what was said, and shows that it was changed."""
    comment = _locked(comment)
    if text != comment.text:
        comment.text, comment.edited_at = text, timezone.now()
        comment.save(update_fields=["text", "edited_at"])
        happened(CommentChanged(comment))
    return comment


@transaction.atomic
def delete_comment(*, comment: Comment, by: User) -> None:
    """Takes a comment away. Whoever did can bring it back until it is purged."""
    comment = _locked(comment)
    if comment.deleted_at is None:
        comment.deleted_at, comment.deleted_by = timezone.now(), by
        comment.save(update_fields=["deleted_at", "deleted_by"])
        happened(CommentChanged(comment))


@transaction.atomic
def restore_comment(*, comment: Comment) -> None:
    """Brings a deleted comment back to its place."""
    comment = _locked(comment)
    comment.deleted_at = comment.deleted_by = None
    comment.save(update_fields=["deleted_at", "deleted_by"])
    happened(CommentChanged(comment))


@transaction.atomic
def purge_deleted(*, before: datetime) -> int:
    """Removes for good what was deleted before a moment. Returns how many went."""
    gone = Comment.objects.filter(deleted_at__lt=before)
    number = gone.count()
    gone.delete()
    return number


def _lock(wishlist_id: int) -> None:
    list(Wishlist.objects.select_for_update().filter(pk=wishlist_id).values_list("pk"))


def _locked(comment: Comment) -> Comment:
    _lock(comment.wishlist_id)
    return Comment.objects.get(pk=comment.pk)
