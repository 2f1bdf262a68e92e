"""What people did, kept to be told to those who may see what it was done to."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from wishare.comments.models import Comment, Givers
from wishare.connections.models import Connection
from wishare.core.ids import PublicIdField
from wishare.core.indexes import Index
from wishare.core.models import Row
from wishare.core.versions import VersionField
from wishare.wishlists.models import Claim, Item, Wishlist


class Kind(models.TextChoices):
    WISHLIST_CREATED = "wishlist_created"
    ITEM_ADDED = "item_added"
    ITEM_PURCHASED = "item_purchased"
    WISHLIST_COMMENTED = "wishlist_commented"
    ITEM_COMMENTED = "item_commented"
    FRIEND_CONNECTED = "friend_connected"
    PROFILE_UPDATED = "profile_updated"
    WISHLIST_SHARED = "wishlist_shared"


class Actor(Row):
    """A person as one who does things. `version` moves with every activity of theirs.

    A row of its own rather than a column of `User`: it moves with gifts, too, which nobody else may read.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, db_column="id", related_name="actor"
    )
    version = VersionField()


class Activity(Row):
    """One thing somebody did, and what it was done to: a list, perhaps with one of its wishes, or a person, who is
    the owner where something was bought or said. Goes with its target; what is merely hidden hides it, too.

    Numbers of rows are not shown to anybody, as they also count gifts: pages go by `public_id`.
    """

    public_id = PublicIdField()
    actor = models.ForeignKey(Actor, models.CASCADE, related_name="activities", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    wishlist = models.ForeignKey(Wishlist, models.CASCADE, null=True, related_name="+")
    item = models.ForeignKey(Item, models.CASCADE, null=True, related_name="+")
    # Nothing that serves an owner may be held up by what hangs on a gift, so the database does not check this one.
    claim = models.ForeignKey(Claim, models.CASCADE, null=True, related_name="+", db_constraint=False)
    connection = models.ForeignKey(Connection, models.CASCADE, null=True, related_name="+")
    # The same: nobody who deletes a list waits for what was said about it.
    comment = models.ForeignKey(
        Comment, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False
    )
    #: Those whom it is told to, if it is for givers alone.
    givers = models.ForeignKey(Givers, models.CASCADE, null=True, related_name="+", db_constraint=False, db_index=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="activity_kind_known"),
            models.CheckConstraint(
                condition=Q(wishlist__isnull=False) | Q(item__isnull=False) | Q(person__isnull=False),
                name="activity_has_a_target",
            ),
        )
        indexes = (
            models.Index(fields=["actor", "-created_at"], name="index_activities_of_actor"),
            Index(fields=["comment"], condition=Q(comment__isnull=False), name="index_activities_of_comment"),
            Index(fields=["givers"], condition=Q(givers__isnull=False), name="index_activities_of_givers"),
        )
