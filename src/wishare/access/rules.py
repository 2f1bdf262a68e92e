"""Who may see what: one function a sentence.

Each returns a condition (`Q`) on the object in question, or on a relation of it when `at` names the way, such as
`"wishlist__"` for items. Use it to filter a query; `holds` asks the same condition about one object.
"""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Model, Q
from django.utils import timezone

from wishare.access.choices import CommentAudience, Visibility
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


def item_visible_to(viewer: Viewer, at: str = "") -> Q:
    """A wish on a list that they may see; one that was received, and is not for others any more, by the owner only."""
    wishlist = f"{at}wishlist__"
    waits = list_visible_to(viewer, wishlist) & _on(at, received_at=None)
    return _on(at, deleted_at=None) & (waits | list_owned_by(viewer, wishlist))


def comments_readable_by(viewer: Viewer, owner_id: int) -> list[CommentAudience]:
    """Which comments somebody reads on a list of `owner_id` that they may see: none without an account."""
    if not isinstance(viewer, User):
        return []
    return [CommentAudience.EVERYONE] if viewer.pk == owner_id else [CommentAudience.EVERYONE, CommentAudience.GIVERS]


def comment_visible_to(viewer: Viewer, at: str = "") -> Q:
    """Whoever has an account and may see the list, and the wish if it is on one; if it is for givers, not the owner.

    Of accounts that are not active nothing is told.
    """
    return _comment_readable_by(viewer, at) & _on(at, deleted_at=None)


def comment_editable_by(viewer: Viewer) -> Q:
    """Who wrote it, while they may see it."""
    return comment_visible_to(viewer) & Q(author=viewer.pk)


def comment_deletable_by(viewer: Viewer) -> Q:
    """Who wrote it, and the owner of the list, of those that they may see."""
    return comment_visible_to(viewer) & (Q(author=viewer.pk) | Q(wishlist__owner=viewer.pk))


def comment_restorable_by(viewer: Viewer) -> Q:
    """Who deleted it, of those that they might see otherwise."""
    return _comment_readable_by(viewer, "") & Q(deleted_at__isnull=False, deleted_by=viewer.pk)


def _comment_readable_by(viewer: Viewer, at: str) -> Q:
    """`comment_visible_to`, whether it was deleted or not."""
    if not isinstance(viewer, User):
        return NOBODY
    wishlist = f"{at}wishlist__"
    for_them = _on(at, audience=CommentAudience.EVERYONE) | ~_on(wishlist, owner=viewer)
    waits = _on(at, item__received_at=None) | _on(wishlist, owner=viewer)
    on_wish = _on(at, item__deleted_at=None, item__wishlist=F(f"{at}wishlist")) & waits
    readable = list_visible_to(viewer, wishlist) & for_them & (_on(at, item=None) | on_wish)
    return readable & _on(at, author__is_active=True)


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
