"""Who knows whom, and the invitations that lead there."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Greatest, Least
from django.utils import timezone

from wishare.core.ids import PublicIdField, new_token
from wishare.core.models import Row

INVITATION_LIFETIME = timedelta(days=7)


def invitation_expiry() -> datetime:
    return timezone.now() + INVITATION_LIFETIME


class Connection(Row):
    """An undirected friendship between two people; `user` is who asked, `partner` who answers.

    A declined request stays, so that nobody is asked twice; when its sender takes it back, it is `withdrawn`: to them
    it looks as if it were gone, as it would with one that was not answered.
    """

    class Status(models.IntegerChoices):
        PENDING = 0
        ACCEPTED = 1
        DECLINED = 2

    public_id = PublicIdField()
    # Without indexes of their own: those below begin with them.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="connections_asked", db_index=False)
    partner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="connections_answered", db_index=False
    )
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.PENDING)
    withdrawn = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(user=F("partner")), name="connection_not_with_oneself"),
            models.CheckConstraint(condition=Q(status__in=[0, 1, 2]), name="connection_status_known"),
            models.UniqueConstraint(
                Least("user", "partner"), Greatest("user", "partner"), name="connection_one_per_pair"
            ),
        )
        indexes = (
            models.Index(fields=["user", "status"], name="index_connections_user"),
            models.Index(fields=["partner", "status"], name="index_connections_partner"),
        )


class Invitation(Row):
    """A secret link that makes two people friends: sent by e-mail, or handed over by the sender (no e-mail)."""

    class Status(models.IntegerChoices):
        PENDING = 0
        ACCEPTED = 1
        EXPIRED = 2
        DECLINED = 3

    public_id = PublicIdField()
    sender = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="invitations_sent")
    recipient_email = models.EmailField(max_length=254, blank=True)
    token = models.CharField(max_length=43, unique=True, default=new_token)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.PENDING)
    expires_at = models.DateTimeField(default=invitation_expiry)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(status__in=[0, 1, 2, 3]), name="invitation_status_known"),
            models.UniqueConstraint(
                "sender",
                "recipient_email",
                condition=Q(status=0) & ~Q(recipient_email=""),
                name="invitation_one_pending_per_address",
            ),
        )
        indexes = (models.Index(fields=["recipient_email", "status"], name="index_invitations_recipient"),)

    @property
    def is_open(self) -> bool:
        """Whether it can still be answered."""
        return self.status == self.Status.PENDING and self.expires_at > timezone.now()
