"""Gifts in a browser: friends and guests choose, the owner learns nothing."""

import pytest
from playwright.sync_api import expect

from tests.browser.people import Crowd, Person, in_days

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_friend_gives_and_the_owner_notices_nothing(crowd: Crowd) -> None:
    flora, gustav = crowd.friends("Flora", "Gustav")
    late, soon = make_two_lists(flora)
    unclaimed = [flora.source(address) for address in (late, soon, f"{flora.origin}/wishlists")]
    free = gustav.source(soon)

    reserve(gustav, late, "Sofa")
    reserve(gustav, soon, "Lamp")
    gustav.press("I have bought it", within=gustav.wish("Lamp"))
    gustav.sees("Marked as bought.")
    expect(gustav.wish("Lamp")).to_contain_text("You bought this")
    reserve(gustav, soon, "Cups")
    assert gustav.source(soon) != free
    assert [flora.source(address) for address in (late, soon, f"{flora.origin}/wishlists")] == unclaimed

    gustav.tab("Gifts")
    gustav.reads_heading("My gifts")
    expect(gustav.page.locator("#gifts .item__name").last).to_have_text("Sofa")
    assert set(gifts(gustav)[:2]) == {"Lamp", "Cups"}
    gustav.press("Undo", within=gustav.wish("Cups"))
    gustav.sees("Undone: others can choose it again.")
    assert gifts(gustav) == ["Lamp", "Sofa"]

    change_what_was_chosen(flora, late, soon)
    learn_of_changes(gustav)


def make_two_lists(owner: Person) -> tuple[str, str]:
    """The later one is older, so that only the day can be what sorts the gifts."""
    late = owner.has_list("New home", "Sofa", event_type="housewarming", event_date=in_days(90))
    soon = owner.has_list("Birthday", event_type="birthday", event_date=in_days(9))
    owner.has_wish(soon, "Lamp", price="30", currency="EUR")
    owner.has_wish(soon, "Cups", quantity=4)
    return late, soon


def reserve(giver: Person, address: str, wish: str) -> None:
    giver.open(address)
    giver.press("I’ll give this", within=giver.wish(wish))
    giver.sees(f"“{wish}” is yours to give. Flora will not find out.")
    expect(giver.wish(wish)).to_contain_text("You reserved this")


def gifts(giver: Person) -> list[str]:
    return giver.page.locator("#gifts .item__name").all_inner_texts()


def change_what_was_chosen(owner: Person, late: str, soon: str) -> None:
    owner.open(soon)
    owner.choose("Edit", "Lamp")
    owner.fill(price="35")
    owner.press("Save")
    owner.open(late)
    owner.choose("Remove", "Sofa")
    owner.sees("“Sofa” is removed.")


def learn_of_changes(giver: Person) -> None:
    giver.tab("Gifts")
    expect(giver.wish("Lamp")).to_contain_text("The price is now €35.00.")
    expect(giver.wish("Sofa")).to_contain_text("It was removed from the list. This is what you chose.")
    for wish in ("Lamp", "Sofa"):
        giver.press("Got it", within=giver.wish(wish))
        expect(giver.wish(wish)).not_to_contain_text("Changed since you chose it")
    giver.page.reload()
    giver.misses("Changed since you chose it")
    assert gifts(giver) == ["Lamp", "Sofa"]


def test_a_guest_gives_by_the_secret_link(crowd: Crowd) -> None:
    hanna, guest, other = crowd.member("Hanna"), crowd.visitor("Ida"), crowd.visitor("Jo")
    address = hanna.has_list("Graduation", "Pen")
    hanna.has_wish(address, "Books", quantity=3)
    link = hanna.make_share_link(address)
    unclaimed = hanna.source(address)

    come_to_give(guest, link)
    manage = reserve_as_guest(guest, "Books", quantity=2)
    come_to_give(other, link)
    expect(other.wish("Books")).to_contain_text("1 of 3 still free")
    assert hanna.source(address) == unclaimed

    mark_and_undo(guest, manage)
    other.page.reload()
    expect(other.wish("Books")).to_contain_text("3 of 3 still free")
    rotate(hanna, address, link, guest)


def come_to_give(guest: Person, link: str) -> None:
    """Before the question at the door is answered, nothing tells what is taken."""
    guest.open(link)
    guest.sees("Are you here to give?")
    guest.misses("of 3 still free")
    guest.press("I come to give")
    guest.sees("Whatever you choose here stays secret")


def reserve_as_guest(guest: Person, wish: str, quantity: int) -> str:
    """Returns the address of the private page."""
    row = guest.wish(wish)
    row.locator("summary").click()
    row.get_by_label("Your name").fill(guest.name)
    row.get_by_label("Your e-mail").fill(guest.email)
    row.get_by_label("How many").fill(str(quantity))
    guest.press("Reserve it", within=row)
    guest.reads_heading("Your gift")
    guest.sees("Thank you! We have sent the address of this page to you.")
    assert guest.page.get_by_label("Your private link").input_value() == guest.page.url
    return guest.page.url


def mark_and_undo(guest: Person, manage: str) -> None:
    """Later, coming from the mail."""
    guest.open_mail("Your gift: Books")
    assert guest.page.url == manage
    guest.press("I have bought it")
    guest.sees("Marked as bought.")
    guest.press("Not bought yet")
    guest.sees("Back to reserved.")
    guest.page.get_by_text("I cannot give this after all").click()
    guest.press("Undo my choice")
    guest.sees("Undone: others can choose it again.")
    guest.open(manage)
    guest.reads_heading("There is nothing here")


def rotate(owner: Person, address: str, old: str, guest: Person) -> None:
    owner.open(address)
    owner.press("New link")
    owner.sees("New link made. The old one no longer works.")
    new = owner.page.get_by_label("Secret link").input_value()
    assert new != old
    guest.open(old)
    guest.reads_heading("There is nothing here")
    guest.open(new)
    guest.reads_heading("Graduation")
    owner.press("Switch off")
    owner.sees("The link no longer works.")
    guest.open(new)
    guest.reads_heading("There is nothing here")
