"""How an activity is drawn: a sentence for each kind, as who did it or as a friend reads it."""

from collections.abc import Iterable
from functools import cache, partial
from typing import Any

from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import SHOWN_PERSON
from wishare.core.caching import Audience, Fragment, render_fragments

#: The icon of what one did oneself.
SIGNS: dict[str, str] = {
    Kind.WISHLIST_CREATED: "list",
    Kind.ITEM_ADDED: "plus",
    Kind.ITEM_PURCHASED: "gift",
    Kind.WISHLIST_COMMENTED: "message",
    Kind.ITEM_COMMENTED: "message",
    Kind.FRIEND_CONNECTED: "users",
    Kind.PROFILE_UPDATED: "user",
    Kind.WISHLIST_SHARED: "share",
}


def pictures(activities: Iterable[Activity], viewer: User, *, use_cache: bool = True) -> dict[int, SafeString]:
    """One row a picture, by its primary key. Nothing has to be loaded for those that are not cached."""
    by_pk = {activity.pk: activity for activity in activities}
    fragments = {pk: fragment(activity, viewer) for pk, activity in by_pk.items()}
    return render_fragments(fragments, lambda pks: {pk: context(by_pk[pk]) for pk in pks}, use_cache=use_cache)


def fragment(activity: Activity, viewer: User) -> Fragment:
    """Names all that the sentence shows, with its version; activities come from `queries`, with their targets."""
    own = activity.actor_id == viewer.pk
    template, audience = ("activity/own.html", Audience.OWNER) if own else ("activity/friend.html", Audience.GIVER)
    actor = () if own else ("actor", activity.actor_id, _version_of_actor(activity))
    shown = (activity.person, activity.wishlist, activity.item, activity.comment)
    rows = (part for row in shown if row for part in (row._meta.model_name or "", row.pk, row.version))
    own_columns = ("activity", activity.pk, activity.kind, activity.created_at.isoformat())
    return Fragment(template, audience, (*own_columns, *actor, *rows))


def context(activity: Activity) -> dict[str, Any]:
    """What the templates need. They ask who did it where that is not the reader."""
    return {
        "activity": activity,
        "kind": activity.kind,
        "sign": SIGNS[activity.kind],
        "actor": cache(partial(_actor, activity)),
        "wishlist": activity.wishlist,
        "item": activity.item,
        "person": activity.person,
        "comment": activity.comment,
        "among_givers": activity.givers_id is not None,
    }


def _actor(activity: Activity) -> User:
    """`queries.of_friends` brings along what is shown of them."""
    if not hasattr(activity, "actor_name"):
        return activity.actor.user
    return User(pk=activity.actor_id, **{name: getattr(activity, f"actor_{name}") for name in SHOWN_PERSON})


def _version_of_actor(activity: Activity) -> int:
    return int(activity.actor_version if hasattr(activity, "actor_version") else activity.actor.user.version)
