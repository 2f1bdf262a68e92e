"""The end of the surprise: when the owner learns who gives, and that nobody gets there early."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate as today

from tests.support.cast import World, add_claims, client_of, reveal
from wishare.comments.models import Comment
from wishare.wishlists.actions.lists import create_wishlist, edit_wishlist, reveal_date
from wishare.wishlists.models import Wishlist

DAY = timedelta(days=1)
GIVERS = ("Felix Friend", "Uncle Otto", "Olga Other")


@pytest.fixture
def taken(world: World) -> World:
    """Without what people said to each other, which names them."""
    add_claims(world)
    Comment.objects.all().delete()
    return world


@pytest.fixture
def owner(world: World) -> Client:
    return world.client("owner")


def givers_page(wishlist: Wishlist) -> str:
    return reverse("wishlist_givers", args=[wishlist.public_id])


def list_page(client: Client, wishlist: Wishlist) -> str:
    return client.get(reverse("wishlist", args=[wishlist.public_id])).content.decode()


@pytest.mark.parametrize("days", [1, 2, 400])
def test_before_the_day_there_is_no_givers_page_and_no_way_to_it(days: int, taken: World, owner: Client) -> None:
    reveal(taken.christmas, today() + days * DAY)
    assert owner.get(givers_page(taken.christmas)).status_code == 404
    page = list_page(owner, taken.christmas)
    assert givers_page(taken.christmas) not in page
    assert not [name for name in GIVERS if name in page]


@pytest.mark.parametrize("days", [0, 1, 400])
def test_from_the_day_on_the_owner_learns_who_gave_what(days: int, taken: World, owner: Client) -> None:
    reveal(taken.christmas, today() - days * DAY)
    assert givers_page(taken.christmas) in list_page(owner, taken.christmas)
    response = owner.get(givers_page(taken.christmas))
    assert response.status_code == 200
    assert [name for name in GIVERS if name in response.content.decode()] == list(GIVERS)


def test_a_guests_address_is_not_shown(taken: World, owner: Client) -> None:
    reveal(taken.christmas, today())
    assert "otto@example.org" not in owner.get(givers_page(taken.christmas)).content.decode()


@pytest.mark.parametrize("name", ["friend", "other_friend", "stranger", "admin"])
def test_only_the_owner_learns_it(name: str, taken: World) -> None:
    reveal(taken.christmas, today())
    client = client_of(getattr(taken, name))
    assert client.get(givers_page(taken.christmas)).status_code == 404


def test_a_list_without_a_date_is_never_revealed(taken: World, owner: Client) -> None:
    wishlist = create_wishlist(owner=taken.owner, name="Some day")
    assert wishlist.reveal_on is None
    assert owner.get(givers_page(wishlist)).status_code == 404


def test_a_deleted_list_reveals_nothing(taken: World, owner: Client) -> None:
    reveal(taken.christmas, today())
    assert owner.post(reverse("wishlist_delete", args=[taken.christmas.public_id])).status_code == 302
    assert owner.get(givers_page(taken.christmas)).status_code == 404


EVENT = today() + 30 * DAY


@pytest.mark.parametrize(
    ("event", "chosen", "current", "expected"),
    [
        pytest.param(EVENT, None, None, EVENT + DAY, id="the day after the event"),
        pytest.param(EVENT, EVENT + 5 * DAY, None, EVENT + 5 * DAY, id="the day chosen"),
        pytest.param(None, EVENT, None, EVENT, id="chosen without an event"),
        pytest.param(None, None, EVENT, None, id="no event, no choice: never"),
        pytest.param(EVENT, today(), EVENT + DAY, today() + DAY, id="today is too soon"),
        pytest.param(EVENT, today() - 9 * DAY, EVENT + DAY, today() + DAY, id="so is a day gone by"),
        pytest.param(today() - 9 * DAY, None, EVENT, today() + DAY, id="and an event moved into the past"),
        pytest.param(today() - DAY, None, None, today() + DAY, id="and a new list for a past event"),
        pytest.param(today() - DAY, None, today(), today(), id="what is revealed stays so"),
        pytest.param(EVENT, None, today() - DAY, EVENT + DAY, id="until the event moves into the future"),
    ],
)
def test_the_reveal_date(event: date | None, chosen: date | None, current: date | None, expected: date | None) -> None:
    assert reveal_date(event_date=event, chosen=chosen, current=current) == expected


def edit(owner: Client, wishlist: Wishlist, **changes: object) -> Wishlist:
    """Sends the form of the edit page as it is, apart from the changes."""
    data = owner.get(address := reverse("wishlist_edit", args=[wishlist.public_id])).context["form"].initial
    sent = {name: value for name, value in {**data, **changes}.items() if value not in {None, ""} or name in changes}
    sent.pop("cover", None)
    response = owner.post(address, sent)
    assert response.status_code == 302, response.context["form"].errors
    wishlist.refresh_from_db()
    return wishlist


def test_moving_the_event_moves_the_reveal(taken: World, owner: Client) -> None:
    later = edit(owner, taken.christmas, event_date=EVENT + 30 * DAY)
    assert later.reveal_on == EVENT + 31 * DAY
    sooner = edit(owner, taken.christmas, event_date=today() + 3 * DAY)
    assert sooner.reveal_on == today() + 4 * DAY


def test_moving_the_event_into_the_past_shows_nothing_today(taken: World, owner: Client) -> None:
    moved = edit(owner, taken.christmas, event_date=today() - 30 * DAY)
    assert moved.reveal_on == today() + DAY
    assert owner.get(givers_page(moved)).status_code == 404


@pytest.mark.parametrize("days", [0, -1, -400])
def test_a_reveal_before_tomorrow_is_not_accepted(days: int, taken: World, owner: Client) -> None:
    address = reverse("wishlist_edit", args=[taken.christmas.public_id])
    sent = {"name": "Christmas", "visibility": 1, "event_type": "none", "reveal_on": today() + days * DAY}
    assert owner.post(address, sent).status_code == 422
    assert owner.get(givers_page(taken.christmas)).status_code == 404


def test_moving_the_event_into_the_future_hides_the_givers_again(taken: World, owner: Client) -> None:
    assert owner.get(givers_page(taken.birthday)).status_code == 200
    moved = edit(owner, taken.birthday, event_date=EVENT)
    assert moved.reveal_on == EVENT + DAY
    assert owner.get(givers_page(moved)).status_code == 404


def test_so_it_does_when_the_reveal_was_not_the_day_after(taken: World, owner: Client) -> None:
    """A list used again next year: the old reveal date, still in the form, was for the old event."""
    reveal(taken.birthday, today() - 3 * DAY)
    moved = edit(owner, taken.birthday, event_date=EVENT)
    assert moved.reveal_on == EVENT + DAY


def test_a_day_chosen_for_after_the_event_stays_when_the_event_moves_before_it(taken: World) -> None:
    chosen = EVENT + 60 * DAY
    edit_wishlist(wishlist=taken.christmas, event_date=EVENT, reveal_on=chosen)
    moved = edit_wishlist(wishlist=taken.christmas, event_date=EVENT + 7 * DAY, reveal_on=chosen)
    assert moved.reveal_on == chosen


def test_a_surprise_that_is_over_stays_over_when_something_else_is_edited(taken: World, owner: Client) -> None:
    before = taken.birthday.reveal_on
    assert edit(owner, taken.birthday, name="My birthday").reveal_on == before
    assert owner.get(givers_page(taken.birthday)).status_code == 200
