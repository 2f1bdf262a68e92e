"""How widely something is shared; the numbers are those of the database since the first release."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.IntegerChoices):
    PRIVATE_LIST = 0, _("Only me")
    PARTNER_ONLY = 1, _("Friends & family")
    PUBLICLY_VISIBLE = 2, _("Everyone")
