"""The index of lists: its sections, sorts and pages, what it costs, and that both ways of loading agree."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.cast import client_of, person
from tests.support.counting import counted
from tests.wishlists.making import a_list, a_wish, claimed, friend_of
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.connections.actions import ask_to_connect, befriend
from wishare.connections.models import Connection
from wishare.wishlists import loading, reference
from wishare.wishlists.actions.items import delete_item, edit_item, receive_item
from wishare.wishlists.models import Item, Wishlist

PUBLIC = Visibility.PUBLICLY_VISIBLE
COLD, WARM, ROUND_TRIPS = 6, 3, 2


def index(client: Client, **query: str) -> dict[str, list[str]]:
    """The names of the lists in each section of the page."""
    context = client.get(reverse("wishlists"), query).context
    return {name: [_name(card) for card in context[name]["cards"]] for name in ("mine", "friends", "public")}


def _name(card: str) -> str:
    [name] = map(str, re.findall(r'list-card__title"><a [^>]*>([^<]*)<', card))
    return name


def test_each_list_is_in_its_section_and_nowhere_else(owner: User, friend: User) -> None:
    a_list(friend, "Mine", visibility=PUBLIC)
    a_list(owner, "Shared")
    a_list(owner, "Open", visibility=PUBLIC)
    a_list(owner, "Secret", visibility=Visibility.PRIVATE_LIST)
    stranger = person("Stranger")
    a_list(stranger, "Of all", visibility=PUBLIC)
    a_list(stranger, "Not shared")
    expected = {"mine": ["Mine"], "friends": ["Open", "Shared"], "public": ["Of all"]}
    assert index(client_of(friend)) == expected


@pytest.mark.parametrize(
    ("sort_by", "names"),
    [
        ("name_asc", ["Apple", "Bread", "Cake"]),
        ("name_desc", ["Cake", "Bread", "Apple"]),
        ("created_asc", ["Cake", "Apple", "Bread"]),
        ("created_desc", ["Bread", "Apple", "Cake"]),
        ("updated_asc", ["Apple", "Bread", "Cake"]),
        ("updated_desc", ["Cake", "Bread", "Apple"]),
        ("", ["Bread", "Apple", "Cake"]),
        ("name; DROP TABLE", ["Bread", "Apple", "Cake"]),
    ],
)
def test_six_sorts_and_the_default_for_anything_else(owner: User, sort_by: str, names: list[str]) -> None:
    lists = [a_list(owner, name) for name in ("Cake", "Apple", "Bread")]
    for minutes, wishlist in enumerate(lists):
        created = timezone.now() + timedelta(minutes=minutes)
        Wishlist.objects.filter(pk=wishlist.pk).update(created_at=created, updated_at=created)
    Wishlist.objects.filter(name="Cake").update(updated_at=F("updated_at") + timedelta(hours=1))
    assert index(client_of(owner), sort_by=sort_by)["mine"] == names


def test_partner_shows_friends_lists_alone(owner: User, friend: User) -> None:
    a_list(friend, "Mine")
    a_list(owner, "Theirs")
    page = client_of(friend).get(reverse("wishlists"), {"partner": "true"}).content.decode()
    assert re.findall(r'id="(\w+)-lists"', page) == ["friends"]


def test_sections_page_on_their_own(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (loading, reference):
        monkeypatch.setattr(module, "LISTS_A_SECTION", 1)
    friend = friend_of(owner, "Fred")
    for name in "AB":
        a_list(owner, f"mine {name}")
        a_list(friend, f"theirs {name}")
    client = client_of(owner)
    cursor = client.get(reverse("wishlists")).context["mine"]["next_cursor"]
    second = index(client, mine=cursor)
    assert (second["mine"], second["friends"]) == (["mine A"], ["theirs B"])


def test_a_card_shows_the_true_count_and_at_most_three_wishes_and_knows_no_claims(owner: User, friend: User) -> None:
    wishlist = a_list(owner)
    wishes = [a_wish(wishlist, name) for name in ("One", "Two", "Three", "Four", "Five")]
    claimed(wishes[0], friend)
    receive_item(item=wishes[4])
    for user in (owner, friend):
        page = client_of(user).get(reverse("wishlists")).content.decode()
        assert re.findall(r'class="truncate">(\w+)<', page) == ["One", "Two", "Three"]
        assert "4 wishes" in page


def test_a_card_is_never_old(owner: User, friend: User) -> None:
    wishlist, client = a_list(owner), client_of(friend)
    item = a_wish(wishlist, "Kettle")
    writes: list[Any] = [
        lambda: edit_item(item=item, name="Teapot"),
        lambda: Item.objects.all().update(name="Samovar"),
        lambda: delete_item(item=item),
        lambda: Wishlist.objects.all().update(name="Another name"),
        lambda: User.objects.filter(pk=owner.pk).update(name="Olga Anew"),
    ]
    for write in writes:
        client.get(reverse("wishlists"))
        write()
        warm = client.get(reverse("wishlists")).content
        cache.clear()
        assert _without_tokens(warm) == _without_tokens(client.get(reverse("wishlists")).content)


def _without_tokens(page: bytes) -> bytes:
    return re.sub(rb'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*', rb"\1", page)


@pytest.mark.parametrize("wishes", [1, 3, 30])
@pytest.mark.parametrize("friends", [1, 3, 300])
def test_the_page_stays_within_its_budget(owner: User, wishes: int, friends: int) -> None:
    people = User.objects.bulk_create(User(email=f"{n}@example.org", name=f"Friend {n}") for n in range(friends))
    friends_now = {"status": Connection.Status.ACCEPTED, "user": owner}
    Connection.objects.bulk_create(Connection(partner=somebody, **friends_now) for somebody in people)
    for user in (owner, people[0]):
        Item.objects.bulk_create(Item(wishlist=a_list(user), name=f"Wish {n}", position=n) for n in range(wishes))
    client = client_of(owner)
    cache.clear()
    with counted() as cold:
        client.get(reverse("wishlists"))
    with counted(warm=True) as warm:
        client.get(reverse("wishlists"))
    assert len(cold.queries) <= COLD, str(cold)
    assert len(warm.queries) <= WARM, str(warm)
    assert len(warm.cache) <= ROUND_TRIPS, str(warm)


PEOPLE = 4
pairs = st.tuples(st.integers(0, PEOPLE - 1), st.integers(0, PEOPLE - 1)).filter(lambda pair: pair[0] != pair[1])
wishlists = st.tuples(
    st.integers(0, PEOPLE - 1),
    st.sampled_from(Visibility.values),
    st.booleans(),
    st.integers(0, 5),
    st.text("AbcÇ", max_size=3),
)


@settings(max_examples=40)
@given(
    friends=st.lists(st.tuples(pairs, st.booleans()), max_size=6),
    lists=st.lists(wishlists, max_size=9),
    sort_by=st.sampled_from([*loading.SORTS]),
    size=st.integers(1, 4),
)
def test_the_previous_query_pattern_gives_the_same_pages(
    db: None, friends: list[Any], lists: list[Any], sort_by: str, size: int
) -> None:
    people = _build(friends, lists)
    with pytest.MonkeyPatch.context() as patches:
        for module in (loading, reference):
            patches.setattr(module, "LISTS_A_SECTION", size)
        for viewer in people:
            _compare_all_pages(viewer, sort_by)
    User.objects.all().delete()


def _build(friends: list[Any], lists: list[Any]) -> list[User]:
    people = [User.objects.create_user(f"{n}@example.org", name=f"P{n}") for n in range(PEOPLE)]
    for (one, other), accepted in friends:
        (befriend if accepted else ask_to_connect)(user=people[one], partner=people[other])
    for number, (owner, visibility, deleted, wishes, name) in enumerate(lists):
        gone = timezone.now() if deleted else None
        made = Wishlist.objects.create(owner=people[owner], name=name, visibility=visibility, deleted_at=gone)
        Item.objects.bulk_create(Item(wishlist=made, name=f"{number}.{n}", position=n) for n in range(wishes))
    return people


def _compare_all_pages(viewer: User, sort_by: str) -> None:
    """Follows every cursor of every section to the end."""
    for name in ("mine", "friends", "public"):
        cursors: dict[str, str] = {}
        while True:
            ours = loading.load_sections(viewer, sort_by=sort_by, cursors=cursors)
            theirs = reference.load_sections(viewer, sort_by=sort_by, cursors=cursors)
            assert ours == theirs
            assert loading.cards(ours.lists(), viewer) == reference.cards(theirs.lists(), viewer)
            cursors = {name: getattr(ours, name).next_cursor}
            if not cursors[name]:
                break
