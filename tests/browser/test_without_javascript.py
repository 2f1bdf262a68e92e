"""The core of the story in a browser that runs no scripts: forms and links are enough."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Crowd, Person

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_lists_and_gifts_need_no_scripts(crowd: Crowd) -> None:
    karin, leo = [crowd.visitor(name, java_script_enabled=False) for name in ("Karin", "Leo")]
    for person in (karin, leo):
        person.open("/account/signup")
        person.complete_sign_up()
    leo.open(karin.make_invitation_link())
    leo.press("Accept")
    leo.sees("You and Karin are friends now.")
    address = karin.make_list("Holiday", visibility=1)
    for wish in ("Map", "Tent", "Boots"):
        karin.add_wish(address, wish)

    karin.choose("Up", "Boots")
    expect(karin.page.locator("#wishes .item__name")).to_have_text(["Map", "Boots", "Tent"])
    karin.choose("To the top", "Tent")
    expect(karin.page.locator("#wishes .item__name")).to_have_text(["Tent", "Map", "Boots"])
    karin.choose("Remove", "Map")
    karin.press("Undo", within=karin.page.locator("#messages"))
    karin.sees("“Map” is back.")
    assert karin.wishes() == ["Tent", "Map", "Boots"]

    give_and_take_back(leo, address)


def give_and_take_back(giver: Person, address: str) -> None:
    giver.open(address)
    giver.press("I’ll give this", within=giver.wish("Map"))
    giver.sees("“Map” is yours to give.")
    giver.press("I have bought it", within=giver.wish("Map"))
    giver.sees("Marked as bought.")
    giver.press("Undo", within=giver.page.locator("#messages"))
    giver.sees("Back to reserved.")
    giver.press("Undo", within=giver.wish("Map"))
    giver.sees("Undone: others can choose it again.")
    expect(giver.wish("Map")).to_contain_text("Available")


def test_a_guest_needs_no_scripts(crowd: Crowd) -> None:
    mia, guest = crowd.member("Mia"), crowd.visitor("Nils", java_script_enabled=False)
    address = mia.has_list("Exam", "Pen")
    guest.open(mia.make_share_link(address))
    guest.press("I come to give")
    row = guest.wish("Pen")
    row.locator("summary").click()
    guest.press("Reserve it", within=row)
    expect(row.locator("input:invalid")).to_have_count(1)
    row.get_by_label("Your name").fill("Nils")
    guest.press("Reserve it", within=row)
    guest.reads_heading("Your gift")
    guest.page.get_by_text("I cannot give this after all").click()
    guest.press("Undo my choice")
    expect(guest.wish("Pen")).to_contain_text("Available")
