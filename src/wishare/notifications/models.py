"""What people are told, and how each wants to hear of it.

Nothing here is checked against other tables by the database: writing a notification holds up nobody who writes the
list, wish or person that it is about, and the reads show only what is there and may be seen.
"""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wishare.connections.models import Connection, Invitation
from wishare.core.ids import PublicIdField
from wishare.core.indexes import Index
from wishare.core.models import Row
from wishare.wishlists.models import Claim, Item, Wishlist


class Kind(models.TextChoices):
    """In the order of the settings page."""

    INVITATION_RECEIVED = "invitation_received", _("Somebody would like to be your friend")
    INVITATION_ACCEPTED = "invitation_accepted", _("Somebody accepts your invitation")
    INVITATION_DECLINED = "invitation_declined", _("Somebody declines your invitation")
    CONNECTION_REMOVED = "connection_removed", _("A friendship ends")
    WISHLIST_SHARED = "wishlist_shared", _("A friend shares a list with you")
    NEW_ITEM_ADDED = "new_item_added", _("A friend wishes for something new")
    ITEM_PURCHASED = "item_purchased", _("Something is bought from a list you give from")
    COMMENT = "comment", _("Somebody writes a comment")


class Frequency(models.IntegerChoices):
    """When a mail tells of it."""

    NEVER = 0, _("Never")
    NOW = 1, _("At once")
    DAILY = 2, _("Once a day")
    WEEKLY = 3, _("Once a week")


#: For who has chosen nothing.
DEFAULTS: dict[str, Frequency] = {
    Kind.INVITATION_RECEIVED: Frequency.NOW,
    Kind.INVITATION_ACCEPTED: Frequency.NOW,
    Kind.INVITATION_DECLINED: Frequency.NEVER,
    Kind.CONNECTION_REMOVED: Frequency.NEVER,
    Kind.WISHLIST_SHARED: Frequency.DAILY,
    Kind.NEW_ITEM_ADDED: Frequency.WEEKLY,
    Kind.ITEM_PURCHASED: Frequency.NEVER,
    Kind.COMMENT: Frequency.DAILY,
}


def reference(model: Any, **options: Any) -> Any:
    """A foreign key to what goes together with the notifications of it."""
    options = {"null": True, "related_name": "+", **options}
    return models.ForeignKey(model, models.CASCADE, db_constraint=False, **options)


class Notification(Row):
    """One thing that one person is told. Goes with what it is about; what is merely hidden hides it, too.

    A row about new wishes tells of those that were added from `begins_at` until `ends_at`, so that twenty wishes in an
    hour are one row. It ends when it is read or mailed.
    """

    public_id = PublicIdField()
    recipient = reference(settings.AUTH_USER_MODEL, null=False, related_name="notifications", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    actor = reference(settings.AUTH_USER_MODEL)
    wishlist = reference(Wishlist)
    item = reference(Item)
    claim = reference(Claim)
    connection = reference(Connection)
    invitation = reference(Invitation)
    #: The public identifier of a comment.
    about = models.CharField(max_length=16, blank=True, db_index=True)
    #: The owner of the list does not know that there is such a thing.
    for_givers = models.BooleanField(default=False)
    #: How somebody was called whom the recipient need not be able to see any more.
    told_name = models.CharField(max_length=100, blank=True)
    begins_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True)
    dismissed_at = models.DateTimeField(null=True)
    #: When a mail is to tell of it; null when none is, or has.
    mail_due_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="notification_kind_known"),
            models.CheckConstraint(
                condition=Q(begins_at=None, ends_at=None) | Q(begins_at__isnull=False, ends_at__isnull=False),
                name="notification_begins_and_ends",
            ),
        )
        indexes = (
            Index(fields=["recipient", "-created_at"], name="index_notifications_of_recipient"),
            Index(
                fields=["recipient", "-created_at"],
                condition=Q(read_at=None),
                name="index_notifications_unread",
            ),
            Index(
                fields=["mail_due_at", "recipient"],
                condition=Q(mail_due_at__isnull=False),
                name="index_notifications_to_mail",
            ),
            Index(fields=["created_at"], name="index_notifications_by_age"),
        )


class MailChoice(models.Model):
    """How often a person wants mail about a kind, where that is not the default."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mail_choices", db_index=False)
    kind = models.CharField(max_length=20, choices=Kind)
    frequency = models.PositiveSmallIntegerField(choices=Frequency)

    class Meta:
        constraints = (
            models.UniqueConstraint("person", "kind", name="mail_choice_one_per_kind"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="mail_choice_kind_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="mail_choice_frequency_known"),
        )


class Announcement(models.Model):
    """Of a list: whether a job waits that tells of its new wishes. A lock, too, so that two jobs tell nobody twice."""

    wishlist = models.OneToOneField(
        Wishlist, models.CASCADE, primary_key=True, db_constraint=False, related_name="announcement"
    )
    waiting = models.BooleanField(default=False)
