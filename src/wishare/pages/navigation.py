"""What the shell around every page needs: where one can go, and how it looks. A context processor."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from wishare.access.middleware import from_this_computer
from wishare.accounts.models import Theme, User
from wishare.accounts.preferences import theme_of
from wishare.notifications.queries import unread

Text = str | Promise


@dataclass(frozen=True, eq=False)  # each is itself: templates keep what they draw of them
class Entry:
    """One tab of the navigation."""

    label: Text
    icon: str
    url: str
    current: bool


@dataclass(frozen=True, eq=False)
class ThemeChoice:
    """One button of the colour switch."""

    value: str
    label: Text
    icon: str


#: route to go to, label, icon, and how the names of the routes of this section begin
SECTIONS = (
    ("dashboard", _("Home"), "home", ("dashboard", "activity")),
    ("wishlists", _("Lists"), "list", ("wishlist", "item", "calendar")),
    ("discover", _("Discover"), "search", ("discover",)),
    ("friends", _("Friends"), "users", ("friend", "person", "invitation", "connection")),
    ("gifts", _("Gifts"), "gift", ("gift", "claim")),
    ("account_settings", _("Account"), "user", ("account", "notification_settings")),
)
THEMES = tuple(
    ThemeChoice(theme.value, theme.label, icon) for theme, icon in zip(Theme, ("monitor", "sun", "moon"), strict=True)
)


def shell(request: HttpRequest) -> dict[str, object]:
    """`navigation` (empty for visitors), `theme` and `themes`, `unread` for the bell, and `outbox_url` where the outbox
    can be opened."""
    if not hasattr(request, "user"):  # refused before anybody asked who it is: a strange host, a broken body
        return {"navigation": (), "themes": ()}
    outbox: Callable[[], str] = partial(_outbox_url, request)
    return {
        "navigation": _navigation(_section(request)) if request.user.is_authenticated else (),
        "theme": theme_of(request),
        "themes": THEMES,
        "unread": partial(_unread, request.user),
        "outbox_url": outbox,
    }


def _unread(viewer: User | AnonymousUser) -> int:
    return unread(viewer) if isinstance(viewer, User) else 0


def _section(request: HttpRequest) -> str:
    """The route that begins the section of this page, if it is in one."""
    here = (request.resolver_match and request.resolver_match.view_name) or ""
    return next((route for route, _label, _icon, begin in SECTIONS if here.startswith(begin)), "")


@cache
def _navigation(section: str) -> tuple[Entry, ...]:
    return tuple(Entry(label, icon, reverse(route), route == section) for route, label, icon, _begin in SECTIONS)


def _outbox_url(request: HttpRequest) -> str:
    return reverse("outbox") if settings.OUTBOX_DIR and from_this_computer(request) else ""
