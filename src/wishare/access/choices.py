"""How widely something is shared; the numbers are those of the database since the first release."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.IntegerChoices):
    PRIVATE_LIST = 0, _("Only me")
    PARTNER_ONLY = 1, _("Friends & family")
    PUBLICLY_VISIBLE = 2, _("Everyone")


class CommentAudience(models.IntegerChoices):
    """Who reads a comment: all who may see the list, or only those of them who may give, which its owner may not."""

    EVERYONE = 0, _("Everyone who sees the list")
    GIVERS = 1, _("Only givers")
