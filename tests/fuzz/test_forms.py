"""Each form on its own, with anything in it: it says what is wrong, or its clean data can be stored and read back."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from tests.access.recipes import ITEM, PROFILE, WISHLIST
from tests.fuzz.inputs import changed, examples, values
from tests.support.cast import World, rolled_back
from wishare.access.choices import CommentAudience
from wishare.accounts.actions import update_profile
from wishare.accounts.forms import CurrentPasswordForm, ProfileForm, SignupFields
from wishare.comments.actions import comment_on
from wishare.comments.forms import CommentForm
from wishare.connections.actions import invite
from wishare.connections.forms import InvitationForm
from wishare.core.errors import Refused
from wishare.wishlists.actions.claims import claim_item, claim_item_as_guest
from wishare.wishlists.actions.items import add_item
from wishare.wishlists.actions.lists import create_wishlist
from wishare.wishlists.forms import ClaimForm, GuestClaimForm, ItemForm, MoveForm, WishlistForm

Check = Callable[[World, dict[str, Any]], None]


def check_list(world: World, data: dict[str, Any]) -> None:
    form = WishlistForm(data)
    if form.is_valid():
        made = create_wishlist(owner=world.friend, **form.cleaned_data)
        made.refresh_from_db()
        stored = {name: getattr(made, name) for name in form.cleaned_data if name not in {"cover", "reveal_on"}}
        assert stored == {name: form.cleaned_data[name] for name in stored}
        assert made.reveal_on is None or made.reveal_on.year <= 2200


def check_wish(world: World, data: dict[str, Any]) -> None:
    form = ItemForm(data)
    if form.is_valid():
        made = add_item(wishlist=world.private, **form.cleaned_data)
        made.refresh_from_db()
        stored = {name: getattr(made, name) for name in form.cleaned_data if name != "image"}
        assert stored == {name: form.cleaned_data[name] for name in stored}


def check_profile(world: World, data: dict[str, Any]) -> None:
    form = ProfileForm(data, instance=world.friend)
    if form.is_valid():
        update_profile(user=world.friend, **form.cleaned_data)
        world.friend.refresh_from_db()
        stored = {name: getattr(world.friend, name) for name in form.cleaned_data if name != "avatar"}
        assert stored == {name: form.cleaned_data[name] for name in stored}


def check_claim(world: World, data: dict[str, Any]) -> None:
    form = ClaimForm(data)
    if form.is_valid():
        claim_item(item=world.book, giver=world.friend, **form.cleaned_data)


def check_guest_claim(world: World, data: dict[str, Any]) -> None:
    form = GuestClaimForm(data)
    if form.is_valid():
        clean = form.cleaned_data
        name, email, quantity = clean["guest_name"], clean["guest_email"], clean["quantity"]
        made = claim_item_as_guest(item=world.book, name=name, email=email, quantity=quantity, share_token="")
        made.claim.refresh_from_db()
        assert (made.claim.guest_name, made.claim.guest_email) == (name, email.lower())


def check_invitation(world: World, data: dict[str, Any]) -> None:
    form = InvitationForm(data)
    if form.is_valid():
        made = invite(sender=world.friend, recipient_email=form.cleaned_data["email"])
        made.refresh_from_db()
        assert made.recipient_email == form.cleaned_data["email"]


def check_comment(world: World, data: dict[str, Any]) -> None:
    form = CommentForm(data)
    if form.is_valid():
        said = {"wishlist": world.christmas, "author": world.friend, "audience": CommentAudience.GIVERS}
        made = comment_on(**said, **form.cleaned_data)
        made.refresh_from_db()
        assert made.text == form.cleaned_data["text"]


def check_move(world: World, data: dict[str, Any]) -> None:
    form = MoveForm(data)
    if form.is_valid():
        assert form.cleaned_data["direction"] in {"", "up", "down", "top", "bottom"}


def check_password(world: World, data: dict[str, Any]) -> None:
    assert CurrentPasswordForm(world.friend, data).is_valid() is False


def check_signup(world: World, data: dict[str, Any]) -> None:
    form = SignupFields(data)
    assert form.is_valid() is bool(form.cleaned_data.get("name"))


CHECKS: dict[str, tuple[Check, dict[str, str]]] = {
    "list": (check_list, WISHLIST),
    "wish": (check_wish, ITEM),
    "profile": (check_profile, PROFILE),
    "claim": (check_claim, {"quantity": "1"}),
    "guest claim": (
        check_guest_claim,
        {"guest_name": "Gil", "guest_email": "gil@example.org", "quantity": "1"},
    ),
    "invitation": (check_invitation, {"email": "gil@example.org"}),
    "comment": (check_comment, {"text": "Hello"}),
    "move": (check_move, {"direction": "up", "before": ""}),
    "password": (check_password, {"password": ""}),
    "signup": (check_signup, {"name": "Nina"}),
}
MORE = {
    "list": ["description", "reveal_on"],
    "wish": ["description"],
    "profile": [
        "bio",
        "website",
        "city",
        "date_of_birth",
        "instagram",
        "facebook",
        "x_twitter",
        "street_address",
    ],
}


@pytest.mark.parametrize("name", CHECKS)
def test_a_form_refuses_or_what_it_lets_through_can_be_stored(name: str, world: World) -> None:
    check, right = CHECKS[name]
    fields = [*right, *MORE.get(name, [])]
    data = st.dictionaries(st.sampled_from(fields), values, max_size=3).map(lambda more: {**right, **more})

    @examples(0.6)
    @given(data)
    def run(data: dict[str, Any]) -> None:
        with rolled_back(), suppress(Refused):
            check(world, data)

    run()


def test_the_strategies_reach_valid_forms_too(world: World) -> None:
    reached = set()

    @examples(0.8)
    @given(changed(dict(ITEM), sorted(ITEM)))
    def run(data: dict[str, Any]) -> None:
        request = RequestFactory().post("/", data)
        reached.add(ItemForm(request.POST, request.FILES).is_valid())

    run()
    assert reached == {True, False}
