"""The queries behind the cards: any number of lists in few statements, and no column missing that a card shows."""

import pytest
from django.core.cache import cache

from tests.support.cast import person
from tests.support.counting import counted
from tests.wishlists.making import a_list, a_wish, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.wishlists import loading
from wishare.wishlists.actions.items import receive_item
from wishare.wishlists.models import Item, Wishlist

pytestmark = pytest.mark.django_db
MOST = loading.BATCHES[-1]


@pytest.fixture
def wishes(owner: User) -> dict[int, list[str]]:
    """The names of the wishes on each list: none on some, and more than a card shows on others."""
    names = {}
    for number in range(MOST + 3):
        made = Wishlist.objects.create(owner=owner, name=f"{number}")
        names[made.pk] = [f"{number}.{n}" for n in range(number % 6)]
        Item.objects.bulk_create(Item(wishlist=made, name=name, position=n) for n, name in enumerate(names[made.pk]))
    return names


@pytest.mark.parametrize("size", [1, *(size + n for size in loading.BATCHES for n in (-1, 0, 1))])
def test_any_number_of_lists_has_its_wishes_and_their_number(wishes: dict[int, list[str]], size: int) -> None:
    keys = list(wishes)[-size:]
    with counted() as cost:
        loaded = loading.load_wishes(keys)
    shown = {key: ([item.name for item in previews], number) for key, (previews, number) in loaded.items()}
    assert shown == {key: (wishes[key][: loading.PREVIEWS_A_CARD], len(wishes[key])) for key in keys if wishes[key]}
    assert len(cost.queries) == (1 if size <= MOST else 2), str(cost)


def test_no_list_costs_no_query() -> None:
    with counted() as cost:
        assert loading.load_wishes([]) == {}
    assert not cost.queries, str(cost)


def test_a_list_that_is_asked_for_twice_is_counted_once(owner: User) -> None:
    made = a_list(owner)
    received, _open = a_wish(made, "One"), a_wish(made, "Two")
    receive_item(item=received)
    [(previews, number)] = loading.load_wishes([made.pk] * 3).values()
    assert ([item.name for item in previews], number) == (["Two"], 1)


def test_cards_read_no_column_again(owner: User) -> None:
    friend, stranger = friend_of(owner, "Fred"), person("Stefan")
    for somebody in (owner, friend, stranger):
        made = a_list(somebody, visibility=Visibility.PUBLICLY_VISIBLE, event_type="wedding")
        a_wish(made)
    sections = loading.load_sections(owner)
    cache.clear()
    with counted(warm=True) as cost:
        assert len(loading.cards(sections.lists(), owner)) == 3
    assert len(cost.queries) == 1, str(cost)


def test_what_comes_with_a_request_makes_no_further_statement(owner: User) -> None:
    def statements() -> int:
        return loading._sections.cache_info().currsize

    loading.load_sections(owner)
    before = statements()
    for text in ("", "name; DROP TABLE", "Name_asc", "x" * 500):
        loading.load_sections(owner, sort_by=text, cursors={"mine": text, "friends": text, "other": text})
    assert statements() == before
