"""Rules and queries that were put into words an index answers say the same as the plain sentences."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q, QuerySet

from bench.people import FIXTURE
from bench.sizes import SIZES
from tests.indexes.pages import first
from wishare.access import rules
from wishare.accounts.models import User
from wishare.connections.queries import friend_ids
from wishare.core.pagination import page_of, paginate
from wishare.wishlists.models import Item, Wishlist
from wishare.wishlists.queries.discover import public_items
from wishare.wishlists.queries.lists import OPEN

pytestmark = pytest.mark.usefixtures("data_set")

VIEWERS = [FIXTURE, 2, 10, 777, 12_345, SIZES["M"].hubs[0]]


@pytest.mark.parametrize("pk", VIEWERS)
def test_rules_among_friends_are_the_rule_of_sight(pk: int) -> None:
    viewer = User.objects.get(pk=pk)
    of_friends, own = Q(owner__in=friend_ids(viewer)), Q(owner=viewer)
    visible = Wishlist.objects.filter(rules.list_visible_to(viewer))
    shown = Wishlist.objects.filter(rules.list_shown_by_friend_of(viewer))
    assert _keys(shown) == _keys(visible.filter(of_friends)) != []
    circle = Wishlist.objects.filter(rules.list_visible_in_circle(viewer)).filter(of_friends | own)
    assert _keys(circle) == _keys(visible.filter(of_friends | own))


@pytest.mark.parametrize("currency", ["BRL", "CHF"])
def test_public_wishes_are_those_of_public_lists(currency: str) -> None:
    visible = rules.list_visible_to(AnonymousUser(), at="wishlist__")
    plain = Item.objects.filter(OPEN, visible, currency=currency, price__gte=30, price__lte=90)
    expected = plain.order_by("-created_at", "-pk").values_list("pk", flat=True)[:24]
    assert [item.pk for item in first(public_items(currency=currency, low=30, high=90))] == list(expected)


def test_pages_follow_each_other_without_a_gap() -> None:
    public = Wishlist.objects.filter(rules.list_visible_to(AnonymousUser()))
    for keys in (["-created_at", "-pk"], ["name", "pk"], ["pk"], ["-visibility", "pk"]):
        whole = list(public.order_by(*keys).values_list("pk", flat=True)[:60])
        found, cursor = [], ""
        for _ in range(6):
            page = paginate(public, keys, cursor, 10)
            found += [row.pk for row in page]
            cursor = page.next_cursor
        assert found == whole
    assert page_of(list(public[:3]), ["pk"], 3).next_cursor == ""


def _keys(lists: QuerySet[Wishlist]) -> list[int]:
    return sorted(lists.values_list("pk", flat=True))
