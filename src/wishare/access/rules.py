"""Who may see what: one function a sentence.

Each returns a condition (`Q`) on the object in question, or on a relation of it when `at` names the way, such as
`"wishlist__"` for items. Use it to filter a query; `holds` asks the same condition about one object.
"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q
from django.utils import timezone

from wishare.access.choices import Visibility
from wishare.accounts.models import ProfileVisibility, User
from wishare.connections.queries import connections_of, friend_ids

Viewer = User | AnonymousUser

NOBODY = Q(pk__in=[])


def list_owned_by(viewer: Viewer, at: str = "") -> Q:
    """The owner, of a list that is not deleted."""
    return _on(at, owner=viewer, deleted_at=None) if isinstance(viewer, User) else NOBODY


def list_visible_to(viewer: Viewer, at: str = "") -> Q:
    """The owner; everyone if it is public; the owner's friends if it is for friends & family."""
    public = _on(at, visibility=Visibility.PUBLICLY_VISIBLE, deleted_at=None)
    if not isinstance(viewer, User):
        return public
    friends = _on(at, visibility=Visibility.PARTNER_ONLY, owner__in=friend_ids(viewer), deleted_at=None)
    return list_owned_by(viewer, at) | public | friends


def list_shown_by_friend_of(viewer: User, at: str = "") -> Q:
    """A friend's list, unless it is private. Friendship and `list_visible_to` in one, as an index can answer it."""
    return _on(at, owner__in=friend_ids(viewer), visibility__gt=Visibility.PRIVATE_LIST, deleted_at=None)


def list_visible_in_circle(viewer: User, at: str = "") -> Q:
    """`list_visible_to` for lists of the viewer and of friends, when no others are asked for; an index answers it."""
    shown = _on(at, owner=viewer) | _on(at, visibility__gt=Visibility.PRIVATE_LIST)
    return shown & _on(at, deleted_at=None)


def list_givable_by(viewer: Viewer, at: str = "") -> Q:
    """Whoever is signed in and may see it, except the owner."""
    if not isinstance(viewer, User):
        return NOBODY
    return list_visible_to(viewer, at) & ~_on(at, owner=viewer)


def list_shared_by(token: str, at: str = "") -> Q:
    """Whoever holds the list's present share link."""
    return _on(at, share_token=token, deleted_at=None) if token else NOBODY


def givers_revealed_to(viewer: Viewer, at: str = "") -> Q:
    """The owner, from the list's reveal date on."""
    return list_owned_by(viewer, at) & _on(at, reveal_on__lte=timezone.localdate())


def is_revealed(reveal_on: date | None) -> bool:
    """Whether a list's reveal date has come."""
    return reveal_on is not None and reveal_on <= timezone.localdate()


def person_visible_to(viewer: Viewer) -> Q:
    """Oneself, friends, whoever asked or was asked to be a friend, and who has a public list."""
    public_lists = Q(wishlists__visibility=Visibility.PUBLICLY_VISIBLE, wishlists__deleted_at=None)
    public = Q(pk__in=User.objects.filter(public_lists).values("pk"))
    active = Q(is_active=True)
    if not isinstance(viewer, User):
        return active & public
    known = connections_of(viewer)
    related = Q(pk__in=known.values("user")) | Q(pk__in=known.values("partner"))
    return active & (Q(pk=viewer.pk) | related | public)


def profile_field_visible(*, setting: int, is_self: bool, is_friend: bool) -> bool:
    """A part of a profile: oneself always, friends unless it is private, others only if it is public."""
    if is_self:
        return True
    return setting >= (ProfileVisibility.CONNECTED_USERS if is_friend else ProfileVisibility.PUBLIC)


def holds(rule: Q, thing: Model) -> bool:
    """Whether a rule holds for one object, asked of the database so that there is one source of truth."""
    return type(thing)._default_manager.filter(rule, pk=thing.pk).exists()


def _on(at: str, **conditions: object) -> Q:
    return Q(**{f"{at}{name}": value for name, value in conditions.items()})
