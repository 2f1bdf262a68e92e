"""Whoever sends a form without an account is told so, and comes back to the page with the form."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests.support.cast import World

ADDRESS = "/wishlists/new"
HERE = "http://testserver"
TOLD = "You were signed out meanwhile, so this was not saved. Sign in to go on."


def back(response: HttpResponse) -> str:
    """Where signing in leads to."""
    address = urlsplit(response.headers.get("HX-Redirect") or response["Location"])
    assert address.path == "/account/login"
    return parse_qs(address.query)["next"][0]


@pytest.mark.parametrize("headers", [{}, {"hx-request": "true"}], ids=["form", "htmx"])
@pytest.mark.parametrize(
    ("came_from", "leads_to"),
    [
        (f"{HERE}/wishlists/new?occasion=wedding", "/wishlists/new?occasion=wedding"),
        (f"{HERE}{reverse('notifications_read')}", "/"),  # takes no GET
        (f"{HERE}/nowhere", "/"),
        ("https://elsewhere.example/wishlists/new", "/"),
        ("", "/"),
    ],
)
def test_a_form_leads_back_to_its_page(
    client: Client, db: None, came_from: str, leads_to: str, headers: dict[str, str]
) -> None:
    response = client.post(ADDRESS, {"name": "Kitchen"}, headers={"referer": came_from, **headers})
    assert back(response) == leads_to
    assert [str(message) for message in get_messages(response.wsgi_request)] == [TOLD]
    assert TOLD in client.get("/account/login").content.decode()


def test_more_of_a_page_leads_back_to_the_page(client: Client, world: World) -> None:
    """Not to the part."""
    response = client.get("/gifts?after=x", headers={"hx-request": "true", "referer": f"{HERE}/gifts"})
    assert back(response) == "/gifts"
    assert not list(get_messages(response.wsgi_request))


@pytest.mark.parametrize("now", ["visitor", "friend"])
@pytest.mark.parametrize("address", ["/notifications/bell", "/discover", "/staff/queues"])
def test_a_page_that_fetches_a_part_of_itself_stays_as_it_is(world: World, address: str, now: str) -> None:
    """Also when somebody else signed in meanwhile, who sees other things there."""
    headers = {"hx-request": "true", "x-by-itself": world.owner.public_id, "referer": f"{HERE}/gifts?after=x"}
    response = world.client(now).get(address, headers=headers)
    assert "hx-redirect" not in response.headers
    assert (response.status_code, response["hx-retarget"]) == (286, "#messages")
    assert "You are signed out" in response.content.decode()
    assert 'href="/account/login?next=/gifts%3Fafter%3Dx"' in response.content.decode()


def test_a_page_leads_back_to_itself_and_is_no_loss(client: Client, world: World) -> None:
    response = client.get("/gifts?after=x")
    assert back(response) == "/gifts?after=x"
    assert not list(get_messages(response.wsgi_request))
