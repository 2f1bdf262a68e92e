"""Indexes for the pages that list wishlists and wishes. docs/performance.md says which page each serves.

Three differ from those of the guide whose names they have. The calendar is that of a few owners, so its index begins with
the owner. A wish has no status of its own, because a giver's view of it would be the owner's as well: what a list is
filtered by is whether a wish was received, so `index_wishlist_items_status_time` has that column, and the claims'
status stays out of the items' table. And «the newest wishes of a currency within a price range» reads an index in the
order of time and skips what costs too little or too much: beginning with the price, it would have to sort all that cost
the same.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

from wishare.core.indexes import AddIndexOnline, DropForeignKeyIndex, Index, RemoveIndexOnline

CASCADE, SET_NULL = django.db.models.deletion.CASCADE, django.db.models.deletion.SET_NULL


class Migration(migrations.Migration):
    atomic = False
    dependencies = [
        ("wishlists", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        AddIndexOnline(
            "wishlist",
            Index(fields=["owner", "visibility", "updated_at"], name="index_wishlists_user_visibility_time"),
        ),
        AddIndexOnline(
            "wishlist",
            Index(fields=["visibility", "event_type", "event_date"], name="index_wishlists_visibility_event"),
        ),
        AddIndexOnline(
            "wishlist",
            Index(fields=["owner", "event_date", "event_type"], name="index_wishlists_event_calendar"),
        ),
        AddIndexOnline(
            "wishlist",
            Index(
                fields=["visibility", "-created_at", "-id"],
                condition=Q(visibility=2, deleted_at=None),
                name="index_wishlists_public_newest",
            ),
        ),
        AddIndexOnline(
            "wishlist",
            Index(
                fields=["visibility", "event_date", "id"],
                condition=Q(visibility=2, deleted_at=None),
                name="index_wishlists_public_upcoming",
            ),
        ),
        AddIndexOnline(
            "item",
            Index(fields=["wishlist", "received_at", "created_at"], name="index_wishlist_items_status_time"),
        ),
        AddIndexOnline(
            "item",
            Index(
                fields=["wishlist", "position", "id"],
                condition=Q(deleted_at=None, received_at=None),
                name="index_wishlist_items_open_in_order",
            ),
        ),
        RemoveIndexOnline("item", "index_items_in_order"),
        AddIndexOnline(
            "item",
            Index(
                fields=["currency", "-created_at", "-id", "price"],
                condition=Q(deleted_at=None, received_at=None),
                name="index_wishlist_items_price_trending",
            ),
        ),
        AddIndexOnline("claim", Index(fields=["giver", "purchased_at"], name="index_wishlist_items_purchase_tracking")),
        DropForeignKeyIndex(
            "wishlist",
            "owner",
            models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="wishlists", to=settings.AUTH_USER_MODEL),
        ),
        DropForeignKeyIndex(
            "item",
            "wishlist",
            models.ForeignKey(db_index=False, on_delete=CASCADE, related_name="items", to="wishlists.wishlist"),
        ),
        DropForeignKeyIndex(
            "claim",
            "item",
            models.ForeignKey(
                db_index=False, null=True, on_delete=SET_NULL, related_name="claims", to="wishlists.item"
            ),
        ),
        DropForeignKeyIndex(
            "claim",
            "giver",
            models.ForeignKey(
                db_index=False, null=True, on_delete=CASCADE, related_name="claims", to=settings.AUTH_USER_MODEL
            ),
        ),
    ]
