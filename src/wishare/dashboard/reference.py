"""The previous query pattern of the dashboard: friends one by one, lists and activities of each, look-ups for each row.

Slow and obvious, and written without the queries of `loading.py`, which is held against it. It is what the benchmark
calls «before», and what an operator can switch back to while the server runs.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import cast

from django.utils import timezone

from wishare.access import rules
from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.activity.queries import ACTIVITIES_A_PAGE, NEWEST, NEWS, SHOWN_PERSON, Latest
from wishare.activity.stats import KINDS, WINDOWS, Counts, Stats
from wishare.connections.models import Connection
from wishare.dashboard.loading import EVENTS, LISTS_A_SECTION, Dashboard, Lists
from wishare.wishlists.models import Wishlist
from wishare.wishlists.reference import SHOWN_TO_FRIENDS, load_friends


def load_dashboard(viewer: User, today: date) -> Dashboard:
    """The same rows and numbers as `loading.load_dashboard`."""
    return Dashboard(viewer, load_lists(viewer, today), latest(viewer, today), load_stats(viewer, today))


def load_lists(viewer: User, today: date) -> Lists:
    """All lists of everybody in question; then the few that are shown."""
    present = Wishlist.objects.filter(deleted_at=None)
    mine = list(present.filter(owner=viewer))
    theirs: list[Wishlist] = []
    for friend in load_friends(viewer):
        theirs += present.filter(owner=friend, visibility__in=SHOWN_TO_FRIENDS)
    ahead = [(row.event_date, row.pk, row) for row in mine + theirs if row.event_date and row.event_date >= today]
    return Lists(
        mine=_newest_lists(mine),
        friends=_newest_lists(theirs),
        upcoming=[row for _day, _pk, row in sorted(ahead, key=lambda event: event[:2])[:EVENTS]],
    )


def _newest_lists(lists: list[Wishlist]) -> list[Wishlist]:
    return sorted(lists, key=lambda row: (row.created_at, row.pk), reverse=True)[:LISTS_A_SECTION]


def latest(viewer: User, today: date) -> Latest:
    """The same activities as `queries.latest`: one after the other is looked at until there are enough."""
    friends, since = load_friends(viewer), _midnight(today - NEWS)
    keys = {friend.pk for friend in friends}
    news: list[Activity] = []
    for friend in friends:
        if friend.is_active:
            done = Activity.objects.filter(actor=friend.pk, created_at__gte=since).order_by(*NEWEST)
            told = _first(done, lambda activity: _is_news(activity, viewer, keys))
            for activity in told:
                vars(activity)["actor_shown"] = {name: getattr(friend, name) for name in SHOWN_PERSON}
            news += told
    news.sort(key=lambda activity: (activity.created_at, activity.public_id), reverse=True)
    done = Activity.objects.filter(actor=viewer.pk).order_by(*NEWEST)
    return Latest(own=_first(done, lambda activity: _is_there(activity, viewer)), friends=news[:ACTIVITIES_A_PAGE])


def _first(activities: Iterable[Activity], is_told: Callable[[Activity], bool]) -> list[Activity]:
    return list(islice(filter(is_told, activities), ACTIVITIES_A_PAGE))


def _is_there(activity: Activity, viewer: User) -> bool:
    """What it was done to still is, and still theirs who did it; what was bought only has to be seen by the viewer."""
    wishlist, item = activity.wishlist, activity.item
    on_it = bool(item and item.deleted_at is None and item.wishlist == wishlist)
    match activity.kind:
        case Kind.WISHLIST_CREATED | Kind.WISHLIST_SHARED:
            given = activity.kind == Kind.WISHLIST_CREATED or bool(wishlist and wishlist.share_token)
            return given and _has_still(activity, viewer)
        case Kind.ITEM_ADDED | Kind.ITEM_PURCHASED:
            bought = activity.kind == Kind.ITEM_PURCHASED
            return on_it and (_sees(viewer, wishlist) if bought else _has_still(activity, viewer))
        case Kind.WISHLIST_COMMENTED | Kind.ITEM_COMMENTED:
            return _is_said(activity, viewer)
        case Kind.FRIEND_CONNECTED:
            return _are_friends(activity)
        case Kind.PROFILE_UPDATED:
            return bool(activity.actor_id == activity.person_id)
    return False


def _is_news(activity: Activity, viewer: User, friends: set[int]) -> bool:
    """Of that, what friends are told: their own lists and open wishes, their profile, and friends of both, once."""
    item, person = activity.item, activity.person
    match activity.kind:
        case Kind.ITEM_PURCHASED:
            return False
        case Kind.FRIEND_CONNECTED:
            told = bool(person and person.pk in friends and activity.actor_id < person.pk)
        case Kind.WISHLIST_COMMENTED | Kind.ITEM_COMMENTED:
            told = activity.person_id in {*friends, viewer.pk}
        case _:
            told = not (item and item.received_at)
    return told and _is_there(activity, viewer)


def _has_still(activity: Activity, viewer: User) -> bool:
    wishlist = activity.wishlist
    return wishlist is not None and wishlist.owner_id == activity.actor_id and _sees(viewer, wishlist)


def _is_said(activity: Activity, viewer: User) -> bool:
    """By them, about this list or wish, which is the person's; to everyone or to the person's givers; and for the
    viewer, too."""
    comment, wishlist = activity.comment, activity.wishlist
    if comment is None or wishlist is None or wishlist.owner_id != activity.person_id:
        return False
    about = (comment.author_id, comment.wishlist_id, comment.item_id, comment.givers_id)
    if about != (activity.actor_id, activity.wishlist_id, activity.item_id, activity.givers_id):
        return False
    of_item, givers = activity.kind == Kind.ITEM_COMMENTED, activity.givers_id
    right = (comment.item_id is not None) == of_item and givers in {None, activity.person_id}
    return right and rules.holds(rules.comment_visible_to(viewer), comment)


def _are_friends(activity: Activity) -> bool:
    """By the connection that made them so, with an account that can be visited."""
    connection, person = activity.connection, activity.person
    if not connection or not person or connection.status != Connection.Status.ACCEPTED:
        return False
    between = {connection.user_id, connection.partner_id} == {activity.actor_id, person.pk}
    return bool(person.is_active and between)


def _sees(viewer: User, wishlist: Wishlist | None) -> bool:
    return wishlist is not None and rules.holds(rules.list_visible_to(viewer), wishlist)


def load_stats(viewer: User, today: date) -> Stats:
    """The same numbers as `stats.stats_of`: a count for each."""
    windows, named = {}, cast("dict[str, list[str]]", KINDS)
    for name, days in WINDOWS.items():
        done = Activity.objects.filter(actor=viewer.pk, created_at__gte=_midnight(today - timedelta(days=days - 1)))
        counts = {field: done.filter(kind__in=kinds).count() for field, kinds in named.items()}
        windows[name] = Counts(**counts)
    return Stats(**windows)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
