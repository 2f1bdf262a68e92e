"""Everything Wishare knows about a person: handed over as data, or deleted."""

from typing import Any

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Model, Prefetch

from wishare.accounts.models import User
from wishare.accounts.tokens import tokens_of
from wishare.activity import queries as activities
from wishare.activity.models import Activity
from wishare.comments.models import Comment
from wishare.comments.queries import visible_comments
from wishare.connections import queries as connections
from wishare.connections.models import Invitation
from wishare.core.files import discard
from wishare.notifications import queries as notifications
from wishare.notifications.actions import frequencies
from wishare.notifications.models import Frequency
from wishare.notifications.sentences import plain
from wishare.wishlists.actions.claims import release_claims
from wishare.wishlists.models import Claim, Item, Wishlist

PROFILE = [
    "public_id",
    "email",
    "name",
    "role",
    "date_of_birth",
    "bio",
    "website",
    "instagram",
    "facebook",
    "x_twitter",
    "street_number",
    "street_address",
    "apartment_unit",
    "city",
    "state",
    "postal_code",
    "country",
    "address_visibility",
    "bio_visibility",
    "website_visibility",
    "socials_visibility",
    "locale",
    "time_zone",
    "theme",
    "avatar",
    "created_at",
    "updated_at",
]
LIST = [
    "public_id",
    "name",
    "description",
    "visibility",
    "event_type",
    "event_date",
    "reveal_on",
    "is_default",
    "share_token",
    "cover",
    "deleted_at",
    "created_at",
    "updated_at",
]
ITEM = [
    "public_id",
    "name",
    "description",
    "price",
    "currency",
    "url",
    "priority",
    "quantity",
    "position",
    "image",
    "received_at",
    "deleted_at",
    "created_at",
    "updated_at",
]
CLAIM = ["public_id", "quantity", "status", "snapshot", "event_date", "created_at", "purchased_at"]
INVITATION = ["recipient_email", "status", "expires_at", "created_at"]
TOKEN = ["public_id", "name", "created_at", "last_used_on"]
COMMENT = ["public_id", "audience", "text", "created_at", "edited_at", "deleted_at"]
NOTIFICATION = ["public_id", "kind", "created_at", "read_at"]
ACTIVITY = ["public_id", "kind", "created_at"]


def export(user: User) -> dict[str, Any]:
    """The person's own data, ready for JSON. What others claimed from their lists is not theirs to see."""
    return {
        "profile": _fields(user, PROFILE),
        "email_addresses": list(
            EmailAddress.objects.filter(user=user).order_by("pk").values("email", "verified", "primary")
        ),
        "friends": [{"name": friend.name} for friend in connections.friends(user).order_by("name", "pk")],
        "invitations": [_fields(row, INVITATION) for row in Invitation.objects.filter(sender=user).order_by("pk")],
        "wishlists": _lists(user),
        "gifts": [_fields(claim, CLAIM) for claim in Claim.objects.filter(giver=user).order_by("pk")],
        "comments": _comments(user),
        "activities": _activities(user),
        "notifications": _notifications(user),
        "access_tokens": [_fields(row, TOKEN) for row in tokens_of(user)],
        "mail": {kind: Frequency(value).name.lower() for kind, value in frequencies(user).items()},
    }


@transaction.atomic
def delete(user: User) -> None:
    """Deletes the account with all lists and pictures. Gifts the person had chosen are free again for others."""
    items = Item.objects.filter(wishlist__owner=user).values_list("image", flat=True)
    covers = Wishlist.objects.filter(owner=user).values_list("cover", flat=True)
    list(Wishlist.objects.select_for_update().filter(owner=user).order_by("pk"))  # before their claims, as all do
    connections.lock_circle(user)
    discard(str(user.avatar), *items, *covers)
    release_claims(giver=user)
    user.delete()


def _lists(user: User) -> list[dict[str, Any]]:
    # In an order that is said: the one rows happen to lie in changes when somebody claims one of them.
    items = Prefetch("items", Item.objects.order_by("pk"))
    lists = Wishlist.objects.filter(owner=user).order_by("pk").prefetch_related(items)
    return [
        {**_fields(wishlist, LIST), "items": [_fields(item, ITEM) for item in wishlist.items.all()]}
        for wishlist in lists
    ]


def _comments(user: User) -> list[dict[str, Any]]:
    """All that the person said; about what only where they may still see that."""
    seen = {row.pk: row for row in visible_comments(user).filter(author=user)}
    said = Comment.objects.filter(author=user).order_by("created_at", "public_id")
    return [{**_fields(row, COMMENT), **_targets(seen.get(row.pk))} for row in said]


def _activities(user: User) -> list[dict[str, Any]]:
    """All that is kept, newest first; what it was done to only where the person may still see that."""
    told = {row.pk: row for row in activities.of_oneself(user)}
    kept = Activity.objects.filter(actor=user.pk).order_by(*activities.NEWEST)
    return [{**_fields(row, ACTIVITY), **_targets(told.get(row.pk))} for row in kept]


def _notifications(user: User) -> list[dict[str, Any]]:
    """What the person may be told now, newest first, in their own words."""
    told = notifications.with_targets(notifications.visible_to(user)).order_by(*notifications.NEWEST)
    return [{**_fields(row, NOTIFICATION), "text": plain(row)} for row in told]


def _targets(row: Activity | Comment | None) -> dict[str, str]:
    """By name."""
    targets = {name: getattr(row, name, None) for name in ("wishlist", "item", "person")}
    return {name: target.name for name, target in targets.items() if target}


def _fields(row: Model, names: list[str]) -> dict[str, Any]:
    """Values as JSON takes them: dates and prices as text, pictures as their file name."""
    values = {name: getattr(row, name) for name in names}
    plain = (str, int, bool, dict, type(None))
    return {name: value if isinstance(value, plain) else str(value) for name, value in values.items()}
