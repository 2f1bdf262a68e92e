"""The values a list or a wish may take; the numbers are those of the database since the first release."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventType(models.TextChoices):
    NONE = "none", _("No occasion")
    BIRTHDAY = "birthday", _("Birthday")
    WEDDING = "wedding", _("Wedding")
    BABY_SHOWER = "baby_shower", _("Baby shower")
    CHRISTMAS = "christmas", _("Christmas")
    ANNIVERSARY = "anniversary", _("Anniversary")
    GRADUATION = "graduation", _("Graduation")
    HOUSEWARMING = "housewarming", _("Housewarming")
    VALENTINES = "valentines", _("Valentine’s Day")
    MOTHERS_DAY = "mothers_day", _("Mother’s Day")
    FATHERS_DAY = "fathers_day", _("Father’s Day")
    OTHER = "other", _("Another occasion")


class Priority(models.IntegerChoices):
    LOW = 0, _("Nice to have")
    MEDIUM = 1, _("Would like")
    HIGH = 2, _("Most wanted")


class Currency(models.TextChoices):
    BRL = "BRL", "BRL"
    USD = "USD", "USD"
    EUR = "EUR", "EUR"
    GBP = "GBP", "GBP"
    JPY = "JPY", "JPY"
    CAD = "CAD", "CAD"
    AUD = "AUD", "AUD"
    CHF = "CHF", "CHF"
    CNY = "CNY", "CNY"
    INR = "INR", "INR"
    KRW = "KRW", "KRW"
    MXN = "MXN", "MXN"
    SGD = "SGD", "SGD"
    NOK = "NOK", "NOK"
    SEK = "SEK", "SEK"
    DKK = "DKK", "DKK"
    PLN = "PLN", "PLN"
    CZK = "CZK", "CZK"
    HUF = "HUF", "HUF"
    RUB = "RUB", "RUB"


class Lookup(models.TextChoices):
    """How looking at a wish's link is going. For its owner only: others see what was filled in."""

    NONE = ""
    LOOKING = "looking"
    FOUND = "found"
    BLOCKED = "blocked"
    UNREACHABLE = "unreachable"
    NOT_HTML = "not_html"
    NO_DATA = "no_data"


class ItemStatus(models.IntegerChoices):
    """What a giver sees of an item; always derived from its claims."""

    AVAILABLE = 0, _("Available")
    PURCHASED = 1, _("Bought")
    RESERVED = 2, _("Reserved")
