"""The whole story in a browser, told by those who live it: accounts, friends, lists, gifts, guests."""

import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.people import Crowd, Person, in_days

pytestmark = [pytest.mark.browser, pytest.mark.once]


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    path = tmp_path / "cover.png"
    Image.new("RGB", (640, 360), "#e0457b").save(path)
    return path


def test_an_account_from_the_first_day_to_the_last(crowd: Crowd) -> None:
    anna = crowd.visitor("Anna")
    anna.open("/")
    anna.follow("Start your list")
    anna.complete_sign_up()
    anna.make_list("Birthday")
    anna.sign_out()
    anna.reads_heading("Wishes shared, surprises kept")

    forget_password(anna)
    anna.sign_out()
    anna.sign_in()
    anna.reads_heading("Hello, Anna")

    assert download(anna)["profile"]["email"] == anna.email
    delete_account(anna)
    anna.sign_in()
    anna.reads_heading("Welcome back")
    expect(anna.page.get_by_role("alert")).to_be_visible()


def forget_password(person: Person) -> None:
    person.follow("Sign in")
    person.follow("Forgot")
    person.fill(email=person.email)
    person.press("Send me the link")
    person.open_mail("Choose a new password")
    person.password = "Apricot-Tart-1987"
    person.fill(password1=person.password, password2=person.password)
    person.press("Set my new password")
    expect(person.page.get_by_role("navigation", name="Main")).to_be_visible()


def download(person: Person) -> dict[str, dict[str, str]]:
    person.tab("Account")
    with person.page.expect_download() as started:
        person.press("Download my data")
    assert started.value.suggested_filename == "wishare-export.json"
    content: dict[str, dict[str, str]] = json.loads(Path(started.value.path()).read_text())
    return content


def delete_account(person: Person) -> None:
    person.open("/account/settings")
    person.follow("Delete my account")
    person.fill(password="a guess")
    person.press("Delete everything")
    person.sees("This is not your password.")
    person.fill(password=person.password)
    person.press("Delete everything")
    person.sees("Your account and everything in it are gone.")


def test_friends_find_each_other_and_part(crowd: Crowd) -> None:
    berta, carl, dora = crowd.member("Berta"), crowd.visitor("Carl"), crowd.visitor("Dora")
    carl.open(berta.make_invitation_link())
    carl.reads_heading("Berta invites you")
    carl.follow("Create an account")
    carl.complete_sign_up()
    carl.reads_heading("Berta invites you")
    carl.press("Accept")
    carl.sees("You and Berta are friends now.")

    decline_by_mail(berta, dora)
    berta.open("/friends")
    expect(berta.page.locator("#friends .person__name")).to_have_text(["Carl"])

    berta.follow("Carl")
    berta.page.get_by_text("Disconnect").first.click()
    berta.press("Disconnect")
    berta.sees("Done. You no longer see each other’s lists for friends and family.")
    berta.sees("Nobody here yet")


def decline_by_mail(sender: Person, guest: Person) -> None:
    """Also by somebody who has no account."""
    sender.open("/friends")
    sender.fill(email=guest.email)
    sender.press("Send invitation")
    sender.sees(f"Invitation sent to {guest.email}.")
    expect(sender.page.get_by_label(guest.email)).to_be_visible()
    guest.open_mail(f"{sender.name} invites you to Wishare")
    link = guest.page.url
    guest.press("No, thank you")
    guest.sees("Declined.")
    guest.open(link)
    guest.reads_heading("This invitation is no longer open")


def test_a_list_is_made_and_looked_after(crowd: Crowd, picture: Path) -> None:
    emma = crowd.member("Emma")
    address = emma.make_list(
        "My wedding", event_type="wedding", event_date=in_days(30), visibility=2, description="At last", cover=picture
    )
    assert emma.page.locator(".cover").evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    for text in ("Wedding", "Everyone", "At last"):
        emma.sees(text)

    add_wishes(emma, address, picture)
    edit_a_wish(emma)
    emma.choose("Up", "Kettle")
    emma.sees("Kettle")
    expect(emma.page.locator("#wishes .item__name")).to_have_text(["Kettle", "Six plates", "Rug"])
    drag(emma, "Kettle", "Rug")
    emma.open(address)
    assert emma.wishes() == ["Six plates", "Rug", "Kettle"]

    receive_and_remove(emma)
    delete_and_restore_list(emma, address)


def add_wishes(owner: Person, address: str, picture: Path) -> None:
    url = "https://shop.example.org/plates?id=7&utm_source=mail"
    owner.add_wish(
        address,
        "Plates",
        url=url,
        price="49.90",
        currency="EUR",
        quantity=6,
        priority=2,
        description="White",
        image=picture,
    )
    for text in ("€49.90", "6 wanted", "Most wanted", "White", "shop.example.org"):
        expect(owner.wish("Plates")).to_contain_text(text)
    assert owner.wish("Plates").locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0

    owner.follow("Add a wish")
    owner.fill(name="The same plates", url="https://shop.example.org/plates?id=7", description="Oh")
    owner.press("Add to the list")
    expect(owner.page.get_by_role("alert")).to_contain_text("This product is on the list already, as “Plates”.")
    expect(owner.page.get_by_label("Name")).to_have_value("The same plates")
    owner.fill(name="Kettle", url="", description="")
    owner.press("Add and write another")
    owner.fill(name="Rug", priority=0)
    owner.press("Add to the list")
    owner.sees("“Rug” is on your list.")
    assert owner.wishes() == ["Plates", "Kettle", "Rug"]


def edit_a_wish(owner: Person) -> None:
    owner.choose("Edit", "Plates")
    owner.fill(name="Six plates", price="45")
    owner.press("Save")
    owner.sees("Saved.")
    expect(owner.wish("Six plates")).to_contain_text("€45.00")


def drag(owner: Person, wish: str, below: str) -> None:
    """To the lower half of another wish; nothing is reloaded. Both are in view: a page that is scrolled meanwhile by a
    program takes nothing along."""
    owner.page.locator("#wishes").evaluate("list => list.scrollIntoView({ block: 'center' })")
    target = owner.wish(below)
    box = target.bounding_box()
    assert box
    with owner.page.expect_response(lambda response: response.url.endswith("/move")):
        owner.wish(wish).drag_to(target, target_position={"x": box["width"] / 2, "y": box["height"] - 4})
    expect(owner.page.locator("#wishes .item__name").last).to_have_text(wish)


def receive_and_remove(owner: Person) -> None:
    owner.choose("I have received it", "Kettle")
    owner.sees("How lovely! “Kettle” is under Received.")
    assert owner.wishes() == ["Six plates", "Rug"]
    expect(owner.wish("Kettle")).to_contain_text("Received")

    owner.choose("Remove", "Rug")
    owner.sees("“Rug” is removed.")
    assert owner.wishes() == ["Six plates"]
    toast = owner.page.locator("#messages")
    owner.press("Undo", within=toast.locator(".toast").filter(has_text="Rug"))
    owner.sees("“Rug” is back.")
    assert owner.wishes() == ["Six plates", "Rug"]


def delete_and_restore_list(owner: Person, address: str) -> None:
    owner.open(address)
    owner.page.locator(".page-head").get_by_role("link", name="Edit").click()
    owner.page.get_by_text("Delete this list").first.click()
    owner.press("Delete this list", within=owner.page.locator(".confirm__body"))
    owner.sees("“My wedding” is deleted.")
    owner.misses("My wedding")
    owner.press("Undo", within=owner.page.locator("#messages"))
    owner.reads_heading("My wedding")
