"""Anything at all is posted to every route that takes a POST, by people of all kinds: never an error of ours."""

from copy import deepcopy
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from tests.access.recipes import RECIPES
from tests.fuzz.inputs import changed, examples, texts
from tests.support.cast import World, rolled_back
from wishare.access.routes import ROUTES
from wishare.accounts.forms import CurrentPasswordForm, ProfileForm, SignupFields
from wishare.comments.forms import CommentForm
from wishare.connections.forms import InvitationForm
from wishare.wishlists.forms import ClaimForm, GuestClaimForm, ItemForm, MoveForm, WishlistForm
from wishare.wishlists.models import Claim, Item

POSTED = sorted(name for name, route in ROUTES.items() if "POST" in route.methods)
FORMS = (
    WishlistForm,
    ItemForm,
    ClaimForm,
    GuestClaimForm,
    MoveForm,
    CommentForm,
    InvitationForm,
    ProfileForm,
    SignupFields,
)
FIELDS = sorted(
    {name for form in FORMS for name in form.base_fields}
    | {name for recipe in RECIPES.values() for name in recipe.data}
    | {
        *CurrentPasswordForm.base_fields,
        "next",
        "another",
        "cover-clear",
        "image-clear",
        "avatar-clear",
        "language",
    }
    | {"action_add", "action_remove", "action_primary", "action_send", "remember", "csrfmiddlewaretoken"}
)
HEADERS = st.fixed_dictionaries({}, optional={"Referer": texts, "HX-Request": texts, "HX-Current-URL": texts})
HEADERS = HEADERS.map(
    lambda headers: {name: value.encode("ascii", "ignore").decode() for name, value in headers.items()}
)


@st.composite
def requests(draw: st.DrawFn) -> tuple[str, dict[str, Any], dict[str, str]]:
    """A route, a body and headers."""
    route = draw(st.sampled_from(POSTED))
    return route, draw(changed(dict(RECIPES[route].data), FIELDS)), draw(HEADERS)


def test_there_is_a_recipe_for_every_route() -> None:
    assert RECIPES.keys() == ROUTES.keys()


@pytest.mark.parametrize("who", ["owner", "friend", "asked", "visitor", "guest"])
def test_no_post_whatever_is_in_it_is_an_error_of_ours(who: str, world: World) -> None:
    client = world.client(who)
    cookies = deepcopy(client.cookies)

    @examples(0.6)
    @given(requests())
    def post(request: tuple[str, dict[str, Any], dict[str, str]]) -> None:
        route, data, headers = request
        client.cookies = deepcopy(cookies)
        with rolled_back():
            cache.clear()
            answer(client, RECIPES[route].address(route, world), data, headers)

    post()


def answer(client: Client, address: str, data: dict[str, Any], headers: dict[str, str]) -> None:
    """Posts, and follows a redirect as a browser does: the message is on the next page."""
    response = client.post(address, data, headers=headers)
    assert response.status_code < 500
    if location := response.headers.get("Location"):
        assert location.startswith("/"), location
        assert client.get(location).status_code in {200, 302, 400, 404, 405}
    connection.check_constraints()
    assert Claim.objects.filter(quantity__lt=1).count() == 0
    assert Item.objects.filter(price__lt=0).count() == 0
