"""A conversation in browsers: givers talk among themselves, and the owner's pages stay what they were."""

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Crowd, Person

pytestmark = [pytest.mark.browser, pytest.mark.once]
AMONG_GIVERS, WITH_OWNER = "#whispers", "#comments"


def thread(person: Person, which: str) -> Locator:
    return person.page.locator(which)


def said(person: Person, which: str, *texts: str) -> None:
    """These comments, in this order, are all there are in the thread."""
    expect(thread(person, which).locator(".comment__text")).to_have_text(list(texts))


def say(person: Person, which: str, text: str) -> None:
    """As somebody types who does not reach for the mouse."""
    field = thread(person, which).locator(".thread__form textarea")
    field.fill(text)
    field.press("Control+Enter")
    expect(thread(person, which).locator(".comment__text").last).to_have_text(text)
    expect(field).to_be_focused()
    expect(field).to_have_value("")


def hears(person: Person, about: str = "") -> None:
    """What a page does when it is told that there are news."""
    names = ["live:comment", *([f"live:comment:{about}"] if about else [])]
    person.page.evaluate("names => names.forEach(name => document.body.dispatchEvent(new Event(name)))", names)


def choose(person: Person, which: str, text: str, action: str) -> None:
    row = thread(person, which).locator(".comment").filter(has_text=text)
    row.locator("summary").click()
    row.locator(".menu__panel").get_by_text(action, exact=True).click()


def test_givers_talk_and_the_owner_notices_nothing(crowd: Crowd) -> None:
    flora, gustav, hanna = crowd.friends("Flora", "Gustav", "Hanna")
    address = flora.has_list("Birthday", "Lamp")
    of_owner = [address, f"{address}/comments", f"{flora.origin}/wishlists", f"{flora.origin}/dashboard"]
    before = [flora.source(page) for page in of_owner]
    for giver in (gustav, hanna):
        giver.open(address)

    say(gustav, AMONG_GIVERS, "Who takes the lamp?")
    hears(hanna)
    said(hanna, AMONG_GIVERS, "Who takes the lamp?")
    say(hanna, AMONG_GIVERS, "I do. It is blue.")
    hears(gustav)
    said(gustav, AMONG_GIVERS, "Who takes the lamp?", "I do. It is blue.")
    correct_and_take_back(hanna, gustav)
    talk_about_the_wish(hanna)
    assert [flora.source(page) for page in of_owner] == before
    assert flora.context.request.get(f"{address}/whispers").status == 404


def correct_and_take_back(hanna: Person, gustav: Person) -> None:
    """Without a reload; who looks on sees it, too."""
    row = thread(gustav, AMONG_GIVERS).locator(".comment").last
    public_id = (row.get_attribute("id") or "").removeprefix("comment-")
    choose(hanna, AMONG_GIVERS, "It is blue", "Edit")
    hanna.page.locator(".comment textarea").fill("I do. It is green.")
    hanna.press("Save", within=thread(hanna, AMONG_GIVERS))
    said(hanna, AMONG_GIVERS, "Who takes the lamp?", "I do. It is green.")
    hears(gustav, public_id)
    said(gustav, AMONG_GIVERS, "Who takes the lamp?", "I do. It is green.")
    choose(hanna, AMONG_GIVERS, "It is green", "Delete")
    hanna.sees("The comment is deleted.")
    said(hanna, AMONG_GIVERS, "Who takes the lamp?")
    hears(gustav, public_id)
    said(gustav, AMONG_GIVERS, "Who takes the lamp?")
    hanna.page.locator("#messages").get_by_role("button", name="Undo").click()
    hanna.sees("The comment is back.")
    said(hanna, AMONG_GIVERS, "Who takes the lamp?", "I do. It is green.")


def talk_about_the_wish(hanna: Person) -> None:
    hanna.follow("Givers", within=hanna.wish("Lamp"))
    say(hanna, AMONG_GIVERS, "With a bulb?")
    said(hanna, WITH_OWNER)
    hanna.follow("Birthday")
    expect(hanna.wish("Lamp").get_by_role("link", name="Givers")).to_contain_text("1")


def test_the_owner_answers_what_was_asked(crowd: Crowd) -> None:
    flora, gustav = crowd.friends("Flora", "Gustav")
    address = flora.has_list("Birthday")
    gustav.open(address)
    say(gustav, WITH_OWNER, "Which size do you take?")
    said(gustav, AMONG_GIVERS)
    flora.open(address)
    said(flora, WITH_OWNER, "Which size do you take?")
    expect(thread(flora, AMONG_GIVERS)).to_have_count(0)
    say(flora, WITH_OWNER, "Medium, thank you!")
    hears(gustav)
    said(gustav, WITH_OWNER, "Which size do you take?", "Medium, thank you!")
    choose(flora, WITH_OWNER, "Which size", "Delete")
    said(flora, WITH_OWNER, "Medium, thank you!")
