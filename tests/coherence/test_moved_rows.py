"""A row that was given to somebody else shows rows of people whom its first owner may not know; these are written."""

from collections.abc import Callable

import pytest

from tests.coherence.stage import Stage, set_stage
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.activity.models import Activity, Kind
from wishare.connections.models import Connection
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db
People = list[User]


def give_list_away(people: People) -> None:
    first, _second, _third, stranger, *_ = people
    Wishlist.objects.filter(owner=first).update(
        owner=stranger, visibility=Visibility.PUBLICLY_VISIBLE, is_default=False
    )


def give_friendship_away(people: People) -> None:
    """The news of it stay with who were friends."""
    first, second, _third, stranger, *_ = people
    Connection.objects.filter(user=first, partner=second).update(user=stranger)


def give_news_away(people: People) -> None:
    first, _second, _third, stranger, *_ = people
    Wishlist.objects.filter(owner=stranger).update(visibility=Visibility.PUBLICLY_VISIBLE)
    Activity.objects.filter(actor=stranger.pk, kind=Kind.ITEM_ADDED).update(actor=first.pk)


@pytest.mark.parametrize("give", [give_list_away, give_friendship_away, give_news_away])
def test_what_a_moved_row_shows_is_never_stale(give: Callable[[People], None]) -> None:
    stage = set_stage()
    give(list(User.objects.order_by("pk")))
    look(stage)
    for model, pks in ((Item, Item.objects.all()), (Wishlist, Wishlist.objects.all()), (User, User.objects.all())):
        for number, pk in enumerate(pks.order_by("pk").values_list("pk", flat=True)):
            model._default_manager.filter(pk=pk).update(name=f"Renamed {number}")
            look(stage)


def look(stage: Stage) -> None:
    for dashboard in stage.browsers.dashboards():
        stage.browsers.compare(dashboard)
