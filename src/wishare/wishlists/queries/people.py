"""Reads of a person and their lists, for a viewer."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from wishare.access import rules
from wishare.access.rules import Viewer
from wishare.accounts.models import User
from wishare.core.pagination import Page, PreparedPages
from wishare.core.prepared import Prepared
from wishare.wishlists.models import Wishlist

NEWEST = {"-created_at": datetime, "-pk": int}


def lists_of(owner: User, viewer: Viewer) -> QuerySet[Wishlist]:
    """The lists of one person that the viewer may see."""
    visible = Wishlist.objects.filter(rules.list_visible_to(viewer), owner=owner)
    return visible.select_related("owner")


def visible_person(viewer: Viewer, public_id: str) -> User | None:
    """Somebody whose page the viewer may open."""
    if isinstance(viewer, User):
        return next(iter(_visible(viewer=viewer.pk, public_id=public_id)), None)
    return next(iter(_visible_to_all(public_id=public_id)), None)


def page_of_lists(owner: User, viewer: Viewer, cursor: str, size: int) -> Page[Wishlist]:
    """The lists of one person that the viewer may see, newest first."""
    if isinstance(viewer, User):
        return _lists(cursor, size, owner=owner.pk, viewer=viewer.pk)
    return _lists_for_all(cursor, size, owner=owner.pk)


_visible = Prepared(
    lambda viewer, public_id: User.objects.filter(rules.person_visible_to(User(pk=viewer)), public_id=public_id),
    viewer=int,
    public_id=str,
)
_visible_to_all = Prepared(
    lambda public_id: User.objects.filter(rules.person_visible_to(AnonymousUser()), public_id=public_id), public_id=str
)
_lists = PreparedPages(
    lambda cut, owner, viewer: cut(lists_of(User(pk=owner), User(pk=viewer))), NEWEST, owner=int, viewer=int
)
_lists_for_all = PreparedPages(lambda cut, owner: cut(lists_of(User(pk=owner), AnonymousUser())), NEWEST, owner=int)
