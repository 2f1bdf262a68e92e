"""Who may listen to which channels."""

from collections.abc import Iterable, Iterator

from wishare.access.channels import of_activity, of_extraction, of_givers, of_list, of_notifications
from wishare.accounts.models import User
from wishare.connections.queries import friends
from wishare.wishlists.queries.lists import visible_lists

LISTS_AT_MOST = 20
#: Those who did something last: of more, a page hears when it asks for its next ticket.
FRIENDS_AT_MOST = 100


def allowed_to(viewer: User, *, lists: Iterable[str], news: bool) -> Iterator[str]:
    """What a viewer may hear: of themselves, of those of `lists` that they may see, and of friends if `news`.

    One query for the lists and one for the friends, if there are any to ask for.
    """
    yield of_extraction(viewer.public_id)
    yield of_notifications(viewer.public_id)
    if wanted := list(lists)[:LISTS_AT_MOST]:
        yield from _of_lists(viewer, wanted)
    if news:
        latest = friends(viewer).filter(is_active=True).order_by("-circle_version").values_list("public_id", flat=True)
        yield from map(of_activity, latest[:FRIENDS_AT_MOST])


def _of_lists(viewer: User, wanted: list[str]) -> Iterator[str]:
    """The owner is told of on the way of the owner, and nothing else; whoever may give hears of the givers, too."""
    seen = visible_lists(viewer).filter(public_id__in=wanted).order_by("public_id")
    for public_id, owner in seen.values_list("public_id", "owner"):
        yield of_list(public_id)
        if owner != viewer.pk:
            yield of_givers(public_id)
