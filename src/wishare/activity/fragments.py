"""How an activity is drawn: as who did it or as a friend reads it."""

from collections.abc import Iterable
from typing import Any

from django.utils.safestring import SafeString

from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import SHOWN_PERSON
from wishare.activity.sentences import sentence
from wishare.core.caching import Audience, Fragment, render_fragments

ROW = "activity/row.html"
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
    return render_fragments(fragments, lambda pks: {pk: context(by_pk[pk], viewer) for pk in pks}, use_cache=use_cache)


def fragment(activity: Activity, viewer: User) -> Fragment:
    """Names all that the sentence shows, with its version; activities come from `queries`, with their targets."""
    own = activity.actor_id == viewer.pk
    actor = () if own else ("actor", activity.actor_id, _version_of_actor(activity))
    shown = (activity.person, activity.wishlist, activity.item, activity.comment)
    rows = (part for row in shown if row for part in (row._meta.model_name or "", row.pk, row.version))
    own_columns = ("activity", activity.pk, activity.kind, activity.created_at.isoformat())
    return Fragment(ROW, Audience.OWNER if own else Audience.GIVER, (*own_columns, *actor, *rows))


def context(activity: Activity, viewer: User) -> dict[str, Any]:
    """What the template needs."""
    shown: dict[str, Any] = {"activity": activity}
    if activity.comment:
        shown |= {"comment": activity.comment, "item": activity.item, "wishlist": activity.wishlist}
        shown |= {"among_givers": activity.givers_id is not None}
    if activity.actor_id == viewer.pk:
        return {**shown, "sentence": sentence(activity), "sign": SIGNS[activity.kind]}
    actor = _actor(activity)
    return {**shown, "sentence": sentence(activity, actor.name), "actor": actor}


def _actor(activity: Activity) -> User:
    """`queries.of_friends` brings along what is shown of them."""
    if not hasattr(activity, "actor_name"):
        return activity.actor.user
    shown = [getattr(activity, f"actor_{name}") for name in SHOWN_PERSON]
    return User.from_db(None, ("id", *SHOWN_PERSON), (activity.actor_id, *shown))


def _version_of_actor(activity: Activity) -> int:
    return int(activity.actor_version if hasattr(activity, "actor_version") else activity.actor.user.version)
