"""How an activity is drawn: a sentence for each kind, as who did it or as a friend reads it."""

from typing import Any

from wishare.accounts.models import User
from wishare.activity.models import Activity
from wishare.core.caching import Audience, Fragment


def fragment(activity: Activity, viewer: User) -> Fragment:
    """Names all that the sentence shows, with its version; activities come from `queries`, with their targets."""
    own = activity.actor_id == viewer.pk
    template = f"activity/{'own' if own else 'friend'}/{activity.kind}.html"
    audience = Audience.OWNER if own else Audience.GIVER
    return Fragment(template, audience, ("activity", activity.pk, activity.created_at.isoformat(), *_rows(activity)))


def context(activity: Activity) -> dict[str, Any]:
    """What the templates need."""
    return {
        "activity": activity,
        "actor": activity.actor.user,
        "wishlist": activity.wishlist,
        "item": activity.item,
        "person": activity.person,
    }


def _rows(activity: Activity) -> tuple[str | int, ...]:
    rows = (activity.actor.user, activity.person, activity.wishlist, activity.item)
    return tuple(part for row in rows if row for part in (row._meta.model_name or "", row.pk, row.version))
