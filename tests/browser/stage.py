"""Every kind of page, with something on it: who looks at it, and at which address."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.browser.people import Crowd, Person, in_days
from wishare.core.ids import new_public_id


@dataclass(frozen=True)
class Stage:
    """An owner with lists in all states, a friend who gives, a guest who gives, and a passer-by."""

    owner: Person
    friend: Person
    guest: Person
    passer_by: Person
    list_url: str
    share_url: str
    manage_url: str
    edit_url: str

    def addresses(self) -> dict[str, str]:
        """What the words in braces of `PAGES` stand for."""
        return {"list": self.list_url, "share": self.share_url, "manage": self.manage_url, "wish": self.edit_url}


def set_up(crowd: Crowd) -> Stage:
    owner, friend = crowd.friends("Paula", "Quentin")
    guest, passer_by = crowd.visitor("Rosa"), crowd.visitor("Sam")
    list_url, edit_url = fill_a_list(owner)
    share_url = owner.make_share_link(list_url)
    invite(owner)
    receive_one(owner, list_url)
    choose_a_gift(friend, list_url)
    talk(friend, list_url)
    manage_url = give_as_guest(guest, share_url)
    change_a_gift(owner, edit_url)
    return Stage(owner, friend, guest, passer_by, list_url, share_url, manage_url, edit_url)


def fill_a_list(owner: Person) -> tuple[str, str]:
    """Returns the addresses of the list and of the form of a wish."""
    list_url = owner.has_list("Anniversary", event_type="anniversary", event_date=in_days(25), visibility=2)
    for name, fields in WISHES.items():
        owner.has_wish(list_url, name, **fields)
    owner.open(list_url)
    owner.choose("Edit", "Vase")
    owner.reads_heading("Edit wish")
    return list_url, owner.page.url


WISHES: dict[str, dict[str, object]] = {
    "Vase": {"price": "25", "priority": 2, "url": "https://shop.example.org/vase", "description": "The green one"},
    "Glasses": {"quantity": 6, "priority": 0},
    "A very long name for a wish that " + "somehow" * 12: {},
    "Clock": {},
}


def invite(owner: Person) -> None:
    owner.make_invitation_link()
    owner.fill(email="somebody@example.org")
    owner.press("Send invitation")


def receive_one(owner: Person, list_url: str) -> None:
    owner.open(list_url)
    owner.choose("I have received it", "Clock")
    owner.sees("“Clock” is under Received.")


def choose_a_gift(friend: Person, list_url: str) -> None:
    friend.open(list_url)
    friend.press("I’ll give this", within=friend.wish("Vase"))
    friend.sees("“Vase” is yours to give.")


def talk(friend: Person, list_url: str) -> None:
    """With the owner, and among givers."""
    friend.open(list_url)
    for thread, text in (
        ("comments", "Which green? " + "very" * 30),
        ("whispers", "See https://shop.example.org/vase"),
    ):
        section = friend.page.locator(f"#{thread}")
        section.locator(".thread__form textarea").fill(text)
        section.locator(".thread__form button").click()
        section.locator(".comment").wait_for()


def give_as_guest(guest: Person, share_url: str) -> str:
    """Returns the address of the private page."""
    guest.open(share_url)
    guest.press("I come to give")
    row = guest.wish("Glasses")
    row.locator("summary").click()
    row.get_by_label("Your name").fill(guest.name)
    guest.press("Reserve it", within=row)
    guest.reads_heading("Your gift")
    return guest.page.url


def change_a_gift(owner: Person, edit_url: str) -> None:
    """Of which its giver is told."""
    owner.open(edit_url)
    owner.fill(price="27")
    owner.press("Save")
    owner.sees("Saved.")


def at(who: str, path: str) -> Callable[[Stage], Person]:
    """A page of somebody."""

    def visit(stage: Stage) -> Person:
        person: Person = getattr(stage, who)
        person.open(path.format(**stage.addresses()))
        return person

    return visit


def sent_empty(who: str, path: str, button: str, **fields: object) -> Callable[[Stage], Person]:
    """A form that comes back with errors."""

    def visit(stage: Stage) -> Person:
        person = at(who, path)(stage)
        person.fill(**fields)
        person.press(button)
        person.page.locator("main [role=alert]").first.wait_for()
        return person

    return visit


def opened(who: str, path: str, selector: str) -> Callable[[Stage], Person]:
    """With a part of the page unfolded."""

    def visit(stage: Stage) -> Person:
        person = at(who, path)(stage)
        person.page.locator(selector).first.click()
        return person

    return visit


def with_person(stage: Stage) -> Person:
    stage.friend.open(stage.list_url)
    stage.friend.follow("Paula")
    return stage.friend


def with_token(stage: Stage) -> Person:
    """Just made, and on its page only; about to be revoked."""
    stage.owner.open("/account/tokens")
    stage.owner.fill(name=f"Display {new_public_id()}")
    stage.owner.press("Make a token")
    stage.owner.page.locator("#token").wait_for()
    stage.owner.page.locator(".confirm summary").first.click()
    return stage.owner


def with_comment_edited(stage: Stage) -> Person:
    friend = opened("friend", "{list}/whispers", "#whispers .comment summary")(stage)
    friend.follow("Edit", within=friend.page.locator("#whispers .comment"))
    friend.page.locator("#whispers .comment textarea").wait_for()
    return friend


PAGES: dict[str, Callable[[Stage], Person]] = {
    "landing": at("passer_by", "/"),
    "privacy": at("passer_by", "/privacy"),
    "not found": at("passer_by", "/nothing/here"),
    "sign up": at("passer_by", "/account/signup"),
    "sign up, errors": sent_empty("passer_by", "/account/signup", "Create my account", name="", email="no"),
    "sign in": at("passer_by", "/account/login"),
    "sign in, errors": sent_empty("passer_by", "/account/login", "Sign in", login="a@example.org", password="x"),
    "password reset": at("passer_by", "/account/password/reset"),
    "mail sent": at("passer_by", "/account/password/reset/done"),
    "used link": at("passer_by", "/account/confirm-email/used"),
    "lists": at("owner", "/wishlists"),
    "no lists": at("friend", "/wishlists"),
    "discover": at("friend", "/discover"),
    "discover wishes": at("passer_by", "/discover?show=wishes&low=5"),
    "discover nothing": at("passer_by", "/discover?event_type=wedding"),
    "calendar": at("friend", "/calendar"),
    "calendar, empty": at("owner", "/calendar?past=1"),
    "new list": at("owner", "/wishlists/new"),
    "new list, errors": sent_empty("owner", "/wishlists/new", "Create the list", name="", reveal_on="2001-01-01"),
    "edit list": opened("owner", "{list}/edit", ".confirm summary"),
    "new wish": at("owner", "{list}/items/new"),
    "new wish, errors": sent_empty("owner", "{list}/items/new", "Add to the list", name="", price="-1"),
    "edit wish": at("owner", "{wish}"),
    "shared link": at("owner", "/add?url=https://shop.example.org/kettle&title=Kettle"),
    "shared link, errors": sent_empty("owner", "/add?url=kettle", "Add to the list", url=""),
    "bookmarklet": at("owner", "/add/browser"),
    "pasted link, errors": sent_empty("owner", "{list}", "Add", url="no link"),
    "list of the owner": at("owner", "{list}"),
    "list of the owner, menu": opened("owner", "{list}", ".item summary"),
    "list of a giver": at("friend", "{list}"),
    "list of a visitor": at("passer_by", "{list}"),
    "comments of a giver": opened("friend", "{list}/comments", ".comment summary"),
    "comments of the owner": at("owner", "{list}/comments"),
    "a comment that is edited": with_comment_edited,
    "share door": at("passer_by", "{share}"),
    "share": opened("guest", "{share}", ".item summary"),
    "manage": opened("guest", "{manage}", ".confirm summary"),
    "friends": at("owner", "/friends"),
    "no friends": at("friend", "/friends"),
    "person": with_person,
    "gifts": at("friend", "/gifts"),
    "no gifts": at("owner", "/gifts"),
    "settings": at("owner", "/account/settings"),
    "settings, errors": sent_empty("owner", "/account/settings", "Save", name="", street_address="Rua"),
    "access tokens": with_token,
    "access tokens, errors": sent_empty("owner", "/account/tokens", "Make a token", name=""),
    "for programs": at("passer_by", "/api/v1/"),
    "change password": at("owner", "/account/password"),
    "change e-mail": at("owner", "/account/email"),
    "delete account": at("owner", "/account/delete"),
    "outbox": at("passer_by", "/outbox"),
}
