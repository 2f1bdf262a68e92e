"""Every form sent twice, as by an impatient click: the second answer is the same, a sentence or a 4xx."""

import pytest
from django.contrib.messages import get_messages
from django.db.models import Model
from django.test import Client
from waffle.models import Flag

from tests.access.recipes import RECIPES
from tests.fuzz.test_routes import POSTED
from tests.support.cast import World, client_of
from wishare.comments.models import Comment
from wishare.connections.models import Connection, Invitation
from wishare.wishlists.models import Claim, Item, Wishlist

#: Who may use a route where the owner may not.
WHO = {
    **dict.fromkeys(("connection_request", "invitation_accept"), "stranger"),
    **dict.fromkeys(("account_signup", "account_login", "account_reset_password", "invitation_decline"), "visitor"),
    **dict.fromkeys(("account_reset_password_from_key", "account_confirm_email"), "visitor"),
    **dict.fromkeys(("share_enter", "share_claim"), "guest"),
    **dict.fromkeys(("guest_purchase", "guest_unpurchase", "guest_undo", "guest_acknowledge"), "guest"),
    **{name: "friend" for name in POSTED if name.startswith(("claim_", "comment_")) or "whispers" in name},
    **{name: "admin" for name in POSTED if name.startswith("staff_")},
}
#: The second time there is nothing left to do it to.
GONE = {
    "connection_accept",
    "connection_decline",
    "connection_end",
    "invitation_withdraw",
    "claim_undo",
    "guest_undo",
}
GONE |= {"notification_dismiss", "notification_restore"}
GONE |= {"account_confirm_email", "wishlist_delete", "wishlist_restore", "item_delete", "item_restore"}
GONE |= {"comment_delete", "comment_restore", "account_token_revoke"}


def rows() -> dict[str, int]:
    models: list[type[Model]] = [Connection, Invitation, Wishlist, Item, Claim, Comment, Flag]
    return {model.__name__: model._default_manager.count() for model in models}


def post(client: Client, route: str, address: str) -> int:
    return client.post(address, RECIPES[route].data).status_code


@pytest.mark.parametrize("route", POSTED)
def test_the_second_time_changes_nothing_more(route: str, world: World) -> None:
    client = world.client(WHO.get(route, "owner"))
    address = RECIPES[route].address(route, world)
    first = post(client, route, address)
    assert first in {200, 302}
    after_first = rows()
    second = post(client, route, address)
    assert second == 404 if route in GONE else second in {200, 302, 409, 422}
    assert rows() == after_first


def sentences(client: Client, address: str, data: dict[str, str]) -> list[str]:
    response = client.post(address, data)
    return [str(message) for message in get_messages(response.wsgi_request)][-1:]


def test_a_second_claim_by_the_same_friend_is_told_where_the_first_is(world: World) -> None:
    client, address = world.client("friend"), RECIPES["claim_create"].address("claim_create", world)
    text = "You have chosen this already. You find it under My gifts."
    assert sentences(client, address, {}) == ["“Book” is yours to give. Clara Owner will not find out."]
    assert sentences(client, address, {}) == [text]


def test_a_guest_who_sends_the_form_twice_has_one_claim_and_the_page_they_see_works(world: World) -> None:
    client, address = world.client("guest"), RECIPES["share_claim"].address("share_claim", world)
    pages = [client.post(address, {"guest_name": "Gus"}).headers["Location"] for _ in range(2)]
    assert Claim.objects.filter(guest_name="Gus").count() == 1
    assert [client.get(page).status_code for page in pages] == [404, 200]


def test_an_invitation_that_was_accepted_by_one_cannot_be_accepted_by_the_next(world: World) -> None:
    invitation = Invitation.objects.create(sender=world.owner, recipient_email=world.stranger.email)
    address = f"/invitations/{invitation.token}/accept"
    assert client_of(world.stranger).post(address).status_code == 302
    before = Connection.objects.count()
    for user in (world.stranger, world.admin):
        client = client_of(user)
        assert client.post(address).status_code == 302
        assert Connection.objects.count() == before
