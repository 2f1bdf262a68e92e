"""Lists, wishes and claims. A claim is a row of its own, so that what an owner reads cannot contain it."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wishare.access.choices import Visibility
from wishare.core.ids import PublicIdField
from wishare.core.indexes import Index
from wishare.core.models import Row
from wishare.core.versions import VersionField
from wishare.wishlists.choices import Currency, EventType, Lookup, Priority

LARGEST_PRICE = Decimal("9999999999.99")
LARGEST_QUANTITY = 999


class Wishlist(Row):
    """Somebody's wishes, perhaps for an occasion. `version` changes with what the owner may know;
    `claims_version` changes with claims, and no page for the owner depends on it."""

    public_id = PublicIdField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="wishlists", db_index=False)
    name = models.CharField(_("name"), max_length=100)
    description = models.TextField(_("description"), max_length=2000, blank=True)
    visibility = models.PositiveSmallIntegerField(
        _("who may see it"), choices=Visibility, default=Visibility.PARTNER_ONLY
    )
    event_type = models.CharField(_("occasion"), max_length=20, choices=EventType, default=EventType.NONE)
    event_date = models.DateField(_("date"), null=True, blank=True)
    reveal_on = models.DateField(_("reveal the givers on"), null=True, blank=True)
    cover = models.ImageField(_("cover picture"), upload_to="covers", blank=True, max_length=100)
    is_default = models.BooleanField(default=False)
    share_token = models.CharField(max_length=43, null=True, blank=True, unique=True)
    version = VersionField()
    claims_version = VersionField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(visibility__in=Visibility.values), name="wishlist_visibility_known"),
            models.CheckConstraint(condition=Q(event_type__in=EventType.values), name="wishlist_event_type_known"),
            models.UniqueConstraint("owner", condition=Q(is_default=True), name="wishlist_one_default_per_owner"),
        )
        indexes = (
            Index(fields=["owner", "visibility", "updated_at"], name="index_wishlists_user_visibility_time"),
            Index(fields=["visibility", "event_type", "event_date"], name="index_wishlists_visibility_event"),
            Index(fields=["owner", "event_date", "event_type"], name="index_wishlists_event_calendar"),
            Index(
                fields=["visibility", "-created_at", "-id"],
                condition=Q(visibility=Visibility.PUBLICLY_VISIBLE, deleted_at=None),
                name="index_wishlists_public_newest",
            ),
            Index(
                fields=["visibility", "event_date", "id"],
                condition=Q(visibility=Visibility.PUBLICLY_VISIBLE, deleted_at=None),
                name="index_wishlists_public_upcoming",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Item(Row):
    """One wish. `product_key` stands for the product's address without tracking (see `metadata/addresses.py`)
    and is unique among a list's open wishes. `lookup` is how looking at that page is going; a name that
    is a guess was made from the address, and counts as left empty until the owner writes another."""

    public_id = PublicIdField()
    wishlist = models.ForeignKey(Wishlist, models.CASCADE, related_name="items", db_index=False)
    name = models.CharField(_("name"), max_length=200)
    description = models.TextField(_("note"), max_length=2000, blank=True)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, choices=Currency, default=Currency.USD)
    url = models.URLField(_("link"), max_length=2000, blank=True)
    product_key = models.CharField(max_length=64, blank=True, editable=False)
    image = models.ImageField(_("picture"), upload_to="items", blank=True, max_length=100)
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority, default=Priority.MEDIUM)
    quantity = models.PositiveSmallIntegerField(_("how many"), default=1)
    position = models.PositiveIntegerField(default=0)
    lookup = models.CharField(max_length=12, choices=Lookup, blank=True, default="", db_default="", editable=False)
    name_is_guess = models.BooleanField(default=False, db_default=False, editable=False)
    version = VersionField()
    claims_version = VersionField()
    received_at = models.DateTimeField(null=True, blank=True)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gte=0), name="item_price_not_negative"),
            models.CheckConstraint(condition=Q(quantity__range=(1, LARGEST_QUANTITY)), name="item_quantity_in_range"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="item_priority_known"),
            models.CheckConstraint(condition=Q(currency__in=Currency.values), name="item_currency_known"),
            models.UniqueConstraint(
                "wishlist",
                "product_key",
                condition=~Q(product_key="") & Q(deleted_at=None, received_at=None),
                name="item_one_per_product",
            ),
        )
        indexes = (
            Index(
                fields=["wishlist", "position", "id"],
                condition=Q(deleted_at=None, received_at=None),
                name="index_wishlist_items_open_in_order",
            ),
            Index(fields=["wishlist", "received_at", "created_at"], name="index_wishlist_items_status_time"),
            Index(
                fields=["currency", "-created_at", "-id", "price"],
                condition=Q(deleted_at=None, received_at=None),
                name="index_wishlist_items_price_trending",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Claim(Row):
    """A promise to give an item, by a person or by a guest who holds a secret manage link.

    It outlives the item: `snapshot` (see `snapshots.py`) is what the giver saw when they chose it.
    `share_token` is the link they came by, which goes on showing them the item while it is valid.
    """

    class Status(models.IntegerChoices):
        PURCHASED = 1, _("Bought")
        RESERVED = 2, _("Reserved")

    public_id = PublicIdField()
    item = models.ForeignKey(Item, models.SET_NULL, null=True, related_name="claims", db_index=False)
    giver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="claims", db_index=False
    )
    guest_name = models.CharField(_("your name"), max_length=100, blank=True)
    guest_email = models.EmailField(_("your e-mail"), max_length=254, blank=True)
    manage_digest = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 (unique)
    share_token = models.CharField(max_length=43, blank=True)
    quantity = models.PositiveSmallIntegerField(_("how many"), default=1)
    status = models.PositiveSmallIntegerField(choices=Status, default=Status.RESERVED)
    snapshot = models.JSONField(default=dict)
    event_date = models.DateField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    purchased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(giver__isnull=False, manage_digest__isnull=True)
                | (Q(giver__isnull=True, manage_digest__isnull=False) & ~Q(guest_name="")),
                name="claim_by_person_or_guest",
            ),
            models.CheckConstraint(condition=Q(quantity__range=(1, LARGEST_QUANTITY)), name="claim_quantity_in_range"),
            models.CheckConstraint(condition=Q(status__in=[1, 2]), name="claim_status_known"),
            models.UniqueConstraint("item", "giver", name="claim_one_per_item_and_giver"),
        )
        indexes = (Index(fields=["giver", "purchased_at"], name="index_wishlist_items_purchase_tracking"),)
