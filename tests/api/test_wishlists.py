"""`/api/v1/wishlists`: the lists of the index, in its order, no more and no fewer."""

from datetime import date

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder
from django.urls import reverse

from tests.api.programs import Program
from tests.support.cast import client_of, person
from tests.support.counting import counted
from tests.wishlists.making import a_list, a_wish, claimed
from wishare.access.choices import Visibility
from wishare.accounts.models import User
from wishare.wishlists.actions.items import receive_item
from wishare.wishlists.loading import LISTS_A_SECTION, SORTS, load_sections
from wishare.wishlists.models import Item, Wishlist

PUBLIC = Visibility.PUBLICLY_VISIBLE
#: The token with its person, the lists, their wishes; and the limit on calls.
COST = (3, 2)


def test_lists_are_in_the_sections_of_the_page(owner: User, friend: User, program: Program) -> None:
    a_list(friend, "Mine", visibility=PUBLIC)
    a_list(owner, "Shared")
    a_list(owner, "Secret", visibility=Visibility.PRIVATE_LIST)
    stranger = person("Stranger")
    a_list(stranger, "Of all", visibility=PUBLIC)
    a_list(stranger, "Not shared")
    assert program.names() == {"mine": ["Mine"], "friends": ["Shared"], "public": ["Of all"]}


@pytest.mark.parametrize("sort_by", SORTS)
def test_order_and_places_are_those_of_the_page(owner: User, friend: User, program: Program, sort_by: str) -> None:
    for number in range(2 * LISTS_A_SECTION + 3):
        a_list(owner, f"{number * 7 % 30:02}")
    a_list(person("Stranger"), "Of all", visibility=PUBLIC)
    expected, cursor = list[str](), ""
    while True:
        section = load_sections(friend, sort_by=sort_by, cursors={"friends": cursor}).friends
        expected += [row.name for row in section.lists]
        cursor = section.next_cursor
        if not cursor:
            break
    assert program.all_names("friends", sort_by=sort_by) == expected
    assert len(expected) == 2 * LISTS_A_SECTION + 3


def test_only_the_sections_that_were_asked_for(owner: User, friend: User, program: Program) -> None:
    a_list(friend, "Mine")
    a_list(owner, "Shared")
    assert program.names(section="friends") == {"friends": ["Shared"]}
    assert program.names(section=["mine", "public"]) == {"mine": ["Mine"], "public": []}


def test_what_is_told_of_a_list(owner: User, program: Program) -> None:
    wishlist = a_list(owner, "Birthday", event_type="birthday", event_date=date(2199, 4, 5))
    wishes = [a_wish(wishlist, name) for name in ("Kettle", "Scarf", "Book", "Kite", "Old")]
    receive_item(item=wishes[-1])
    kettle = default_storage.save(f"items/{'k' * 32}.webp", ContentFile(b"picture"))
    Item.objects.filter(pk=wishes[0].pk).update(image=kettle)
    wishlist.refresh_from_db()
    [told] = program.sections()["friends"]["lists"]
    assert b"".join(program.client.get(told["previews"][0]["picture"])) == b"picture"
    assert told == {
        "id": wishlist.public_id,
        "name": "Birthday",
        "url": f"http://testserver/wishlists/{wishlist.public_id}",
        "owner": {
            "id": owner.public_id,
            "name": "Olga",
            "url": f"http://testserver/people/{owner.public_id}",
            "picture": None,
        },
        "visibility": None,
        "event_type": "birthday",
        "event_date": "2199-04-05",
        "cover": None,
        "item_count": 4,
        "previews": [
            {"name": "Kettle", "picture": f"http://testserver/media/{kettle}"},
            {"name": "Scarf", "picture": None},
            {"name": "Book", "picture": None},
        ],
        "created_at": _text(wishlist.created_at),
        "updated_at": _text(wishlist.updated_at),
    }


def _text(moment: object) -> str:
    text: str = DjangoJSONEncoder().default(moment)
    return text


@pytest.mark.parametrize(("visibility", "word"), [(0, "private"), (1, "friends"), (2, "public")])
def test_who_sees_a_list_is_told_to_its_owner(owner: User, visibility: int, word: str) -> None:
    a_list(owner, visibility=visibility)
    [told] = Program(owner).sections()["mine"]["lists"]
    assert told["visibility"] == word


def test_an_owner_learns_nothing_of_gifts(owner: User, friend: User, item: Item) -> None:
    program = Program(owner)
    before = program.get().content
    claimed(item, friend)
    assert program.get().content == before


@pytest.mark.parametrize("number", [1, 3, 30])
def test_what_a_call_costs_does_not_depend_on_how_much_there_is(owner: User, friend: User, number: int) -> None:
    for name in range(number):
        wishlist = a_list(owner, str(name))
        Item.objects.bulk_create(Item(wishlist=wishlist, name=str(n), position=n) for n in range(number))
    program = Program(friend)
    program.get()
    with counted() as cost:
        assert len(program.sections()["friends"]["lists"]) == min(number, LISTS_A_SECTION)
    assert cost <= COST, str(cost)
    assert len(cost.queries) == COST[0]


def test_the_first_call_of_a_day_notes_that_the_token_is_used(friend: User, program: Program) -> None:
    assert friend.access_tokens.get().last_used_on is None
    with counted() as cost:
        program.get()
    assert sum("UPDATE" in query for query in cost.queries) == 1
    assert friend.access_tokens.get().last_used_on


@pytest.mark.parametrize(
    ("query", "where"),
    [
        ({"sort_by": "name"}, "sort_by"),
        ({"section": "theirs"}, "section"),
        ({"mine": "x"}, "mine"),
        ({"friends": "WyJhIiwxXQ:forged"}, "friends"),
        ({"public": "é" * 50}, "public"),
    ],
)
def test_a_strange_question_is_told_what_is_strange(program: Program, query: dict[str, str], where: str) -> None:
    response = program.get(**query)
    assert response.status_code == 422
    [problem] = response.json()["detail"]  # type: ignore[attr-defined]
    assert where in problem["loc"]


def test_a_place_in_another_order_is_strange(owner: User, program: Program) -> None:
    for number in range(LISTS_A_SECTION + 1):
        a_list(owner, str(number))
    address = program.sections(sort_by="name_asc")["friends"]["next"]
    assert program.get(address).status_code == 200
    assert program.get(address.replace("name_asc", "created_asc")).status_code == 422


def test_a_list_that_goes_private_is_gone_at_once(owner: User, program: Program, wishlist: Wishlist) -> None:
    assert program.names()["friends"] == ["Birthday"]
    Wishlist.objects.update(visibility=Visibility.PRIVATE_LIST)
    assert program.names()["friends"] == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer wishare_nobody"}])
def test_a_session_opens_nothing_here(owner: User, headers: dict[str, str]) -> None:
    response = client_of(owner).get(reverse("api:wishlists"), headers=headers)
    assert response.status_code == 401
    assert response.json() == {"detail": "Unauthorized"}
