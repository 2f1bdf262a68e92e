"""What was typed is there again after it could not be saved: the session had ended, or the page was too old."""

from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.people import Crowd, Person
from tests.browser.serving import Server
from tests.browser.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.once]
NOT_SAVED = "You were signed out meanwhile, so this was not saved. Sign in to go on."


def lose_the_session(person: Person) -> None:
    """As when it has ended, or was ended in another tab."""
    person.context.clear_cookies(name="sessionid")


def sign_in_here(person: Person) -> None:
    """On the page that one was sent to."""
    person.sees(NOT_SAVED)
    person.fill(login=person.email, password=person.password)
    person.press("Sign in")


def field(person: Person, name: str) -> Locator:
    return person.page.locator(f'main [name="{name}"]')


def comment(person: Person) -> Locator:
    return person.page.get_by_label("Write a comment")


def signed_out_while_writing(crowd: Crowd) -> list[Person]:
    """An owner, and a friend on the page of her list, whose session has ended."""
    owner, friend = people = crowd.friends("Nora", "Ben")
    friend.open(owner.has_list("Kitchen", "Kettle"))
    lose_the_session(friend)
    return people


def write_a_comment(person: Person, text: str) -> None:
    comment(person).fill(text)
    comment(person).press("Control+Enter")


def test_a_form_is_filled_in_again_and_saved(crowd: Crowd) -> None:
    nora = crowd.member("Nora")
    nora.open("/wishlists/new")
    typed: dict[str, Any] = {"name": "Kitchen", "description": "Two lines,\none “quoted”.", "visibility": "2"}
    nora.fill(**typed)
    lose_the_session(nora)
    nora.press("Create the list")
    sign_in_here(nora)
    expect(nora.page).to_have_url(f"{nora.origin}/wishlists/new")
    expect(field(nora, "name")).to_have_value("Kitchen")
    expect(field(nora, "description")).to_have_value(typed["description"])
    expect(nora.page.locator('[name="visibility"][value="2"]')).to_be_checked()
    nora.press("Create the list")
    nora.reads_heading("Kitchen")
    nora.sees("one “quoted”.")
    nora.open("/wishlists/new")
    expect(field(nora, "name")).to_have_value("")


def test_a_comment_is_there_again(crowd: Crowd) -> None:
    _nora, ben = signed_out_while_writing(crowd)
    page = ben.page.url
    write_a_comment(ben, "Which colour?")
    sign_in_here(ben)
    expect(ben.page).to_have_url(page)
    expect(comment(ben)).to_have_value("Which colour?")
    comment(ben).press("Control+Enter")
    expect(ben.page.locator(".comment__text")).to_have_text("Which colour?")
    ben.sign_out()
    ben.reads_heading("Wishes shared, surprises kept")
    ben.open(f"/account/login?next={urlsplit(page).path}")
    ben.fill(login=ben.email, password=ben.password)
    ben.press("Sign in")
    expect(ben.page.locator(".comment__text")).to_have_text("Which colour?")
    expect(comment(ben)).to_have_value("")


def test_what_was_saved_is_not_filled_in_again(crowd: Crowd) -> None:
    nora = crowd.member("Nora")
    nora.open("/friends")
    nora.fill(email="ben@example.org")
    nora.press("Send invitation")
    nora.sees("ben@example.org")
    expect(field(nora, "email")).to_have_value("")


def test_somebody_else_does_not_find_it(crowd: Crowd) -> None:
    nora, ben = signed_out_while_writing(crowd)
    write_a_comment(ben, "Which colour?")
    ben.email, ben.password = nora.email, nora.password  # at his computer
    sign_in_here(ben)
    ben.reads_heading("Kitchen")
    expect(comment(ben)).to_have_value("")
    assert ben.page.evaluate("sessionStorage.getItem('wishare:typed')") == "null"


def test_a_page_that_was_open_while_one_signed_in_anew(chromium: Browser, server: Server) -> None:
    watch = Watch(server.origin)
    crowd = Crowd(chromium, server.origin, watch)
    nora = crowd.member("Nora")
    nora.open("/wishlists/new")
    nora.fill(name="Kitchen")
    nora.context.clear_cookies(name="csrftoken")
    nora.press("Create the list")
    nora.reads_heading("This page was open for a while")
    nora.open("/wishlists/new")
    expect(field(nora, "name")).to_have_value("Kitchen")
    crowd.leave()
    assert watch.problems == [f"403: POST {server.origin}/wishlists/new"]
