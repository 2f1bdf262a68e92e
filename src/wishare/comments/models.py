"""What people say to each other about a list or a wish: with its owner, or among those who give."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wishare.access.choices import CommentAudience
from wishare.core.ids import PublicIdField
from wishare.core.indexes import Index
from wishare.core.models import Row
from wishare.core.versions import VersionField
from wishare.wishlists.models import Item, Wishlist

LONGEST_TEXT = 1000


class Givers(Row):
    """All who may give to one person, as those who talk behind that person's back.

    `version` moves with each of their comments. A row of its own rather than a column of `User`: it is not for the
    person, and nothing that serves them depends on it.
    """

    owner = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, db_column="id", related_name="givers"
    )
    version = VersionField()


class Comment(Row):
    """On a list, or on one of its wishes. `givers` are those it is for, if it is for givers alone.

    Numbers of rows are not shown to anybody, as they also count what is said among givers: pages go by `public_id`.
    """

    public_id = PublicIdField()
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="comments")
    wishlist = models.ForeignKey(Wishlist, models.CASCADE, related_name="comments", db_index=False)
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="comments")
    audience = models.PositiveSmallIntegerField(choices=CommentAudience)
    givers = models.ForeignKey(Givers, models.CASCADE, null=True, related_name="comments")
    text = models.TextField(_("comment"), max_length=LONGEST_TEXT)
    version = VersionField()
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    deleted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(audience=CommentAudience.EVERYONE, givers=None)
                | Q(audience=CommentAudience.GIVERS, givers__isnull=False),
                name="comment_for_everyone_or_givers",
            ),
        )
        indexes = (
            Index(fields=["wishlist", "audience", "item", "created_at", "public_id"], name="index_comments_of_thread"),
            Index(fields=["deleted_at"], condition=Q(deleted_at__isnull=False), name="index_comments_deleted"),
        )

    def __str__(self) -> str:
        return self.text
