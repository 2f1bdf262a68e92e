"""People at a browser, and what they do there. They find things by what is written on the page."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from playwright.sync_api import APIResponse, Browser, BrowserContext, Locator, expect

from tests.browser.watching import Watch

PASSWORD = "Plum-Cake-2041"  # (of nobody)
_numbers = count(1)
_CSRF = re.compile(r'(csrfmiddlewaretoken" value="|"X-CSRFToken": ")([A-Za-z0-9]+)')
_LETTER = re.compile(r'class="letter">.*?href="([^"]+)"', re.DOTALL)
_INVITATION = re.compile(r'value="[^"]*(/invitations/[\w-]{43})"')


def in_days(days: int) -> date:
    """By the clock of the server, which runs in UTC."""
    return datetime.now(UTC).date() + timedelta(days)


class Person:
    """Somebody in a browser of their own, with or without an account."""

    def __init__(self, name: str, context: BrowserContext, origin: str) -> None:
        self.name = name
        self.email = f"{name.lower()}.{next(_numbers)}@example.org"
        self.password = PASSWORD
        self.context = context
        self.origin = origin
        self.page = context.new_page()

    # --- a browser's verbs ---
    def open(self, address: str) -> None:
        """A path, or a link that was sent."""
        self.page.goto(address if address.startswith("http") else f"{self.origin}{address}")

    def press(self, button: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).get_by_role("button", name=button).first.click()

    def follow(self, link: str, within: Locator | None = None) -> None:
        (within or self.page.locator("main")).get_by_role("link", name=link).first.click()

    def tab(self, name: str) -> None:
        """One of the sections of the application."""
        self.page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()

    def fill(self, **fields: Any) -> None:
        """By the name of the field: radio buttons and selections by value, pictures by path."""
        form = self.page.locator("main form").filter(has=self.page.locator(f'[name="{next(iter(fields))}"]')).first
        for name, value in fields.items():
            field = form.locator(f'[name="{name}"]')
            kind = field.first.evaluate("field => field.type")
            if kind == "radio":
                form.locator(f'[name="{name}"][value="{value}"]').check(force=True)
            elif kind == "select-one":
                field.select_option(str(value))
            elif kind == "file":
                field.set_input_files(value)
            else:
                field.fill(str(value))

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(text)

    def misses(self, text: str) -> None:
        expect(self.page.locator("main")).not_to_contain_text(text)

    def reads_heading(self, text: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_have_text(text)

    def source(self, address: str) -> str:
        """The page as it is sent, without the token that is new in every answer."""
        body: str = self.context.request.get(address).text()
        assert _CSRF.search(body)
        return _CSRF.sub(r"\1", body)

    def read(self, address: str) -> str:
        """The page as it is sent, without being drawn."""
        body: str = self.context.request.get(f"{self.origin}{address}").text()
        return body

    def send(self, address: str, action: str = "", **fields: Any) -> APIResponse:
        """A form of a page, as the browser would send it, without being drawn; returns the page to which it leads."""
        found = _CSRF.search(self.read(address))
        assert found, address
        answer = self.context.request.post(
            f"{self.origin}{action or address}",
            form={"csrfmiddlewaretoken": found[2], **{name: str(value) for name, value in fields.items()}},
            headers={"Referer": f"{self.origin}{address}"},
        )
        assert answer.ok, f"{answer.status}: {answer.url}"
        return answer

    # --- an account ---
    def join(self) -> None:
        """As `complete_sign_up`, by what is sent from there, as `test_story` tells in full."""
        self.send("/account/signup", name=self.name, email=self.email, password1=self.password)
        self.send(self.mailed_link())
        self.open("/dashboard")

    def mailed_link(self) -> str:
        """The path in the newest mail to this person."""
        mail = re.compile(rf'href="([^"]+)">[^<]*</a></p>\s*<p[^>]*>{re.escape(self.email)}<')
        for _ in range(50):  # a job brings it there
            if found := mail.search(self.read("/outbox")):
                link = _LETTER.search(self.read(found[1]))
                assert link
                return link[1].removeprefix(self.origin)
            self.page.wait_for_timeout(50)
        raise AssertionError(f"no mail to {self.email}")

    def complete_sign_up(self) -> None:
        """From the form to the first page as a member, by way of the mailbox."""
        self.fill(name=self.name, email=self.email, password1=self.password)
        self.press("Create my account")
        self.reads_heading("Look into your mailbox")
        self.open_mail("Welcome to Wishare")
        self.press("Yes, this is me")
        expect(self.page.get_by_role("navigation", name="Main")).to_be_visible()

    def sign_in(self) -> None:
        self.open("/account/login")
        self.fill(login=self.email, password=self.password)
        self.press("Sign in")

    def sign_out(self) -> None:
        self.page.get_by_role("banner").get_by_role("button", name="Sign out").click()

    def open_mail(self, subject: str) -> None:
        """Open the link in the newest mail to this person, in the outbox that stands in for a mailbox."""
        mails = self.page.get_by_role("listitem").filter(has_text=self.email)
        for _ in range(50):  # a job brings it there
            self.open("/outbox")
            if mails.get_by_role("link", name=subject).count():
                break
            self.page.wait_for_timeout(100)
        mails.get_by_role("link", name=subject).first.click()
        self.page.locator(".letter a").first.click()

    # --- lists ---
    def has_list(self, name: str, *wishes: str, quantity: int = 1, **fields: Any) -> str:
        """As `make_list` and `add_wish`, by what is sent from there; the list is opened. Returns its address."""
        fields = {"visibility": 1, "event_type": "none", **fields}
        address = self.send("/wishlists/new", name=name, **fields).url
        for wish in wishes:
            self.has_wish(address, wish, quantity=quantity)
        self.open(address)
        return address

    def has_wish(self, list_url: str, name: str, **fields: Any) -> None:
        """Added elsewhere: the page that is open stays as it is."""
        form = f"{list_url.removeprefix(self.origin)}/items/new"
        sent = self.send(form, name=name, **{"quantity": 1, "priority": 1, "currency": "EUR", **fields})
        assert sent.url.startswith(list_url), sent.text()

    def make_list(self, name: str, **fields: Any) -> str:
        """Returns its address."""
        self.open("/wishlists")
        self.follow("New list")
        self.fill(name=name, **fields)
        self.press("Create the list")
        self.reads_heading(name)
        return self.page.url

    def add_wish(self, list_url: str, name: str, **fields: Any) -> None:
        if self.page.url != list_url:
            self.open(list_url)
        self.follow("Add a wish")
        self.fill(name=name, **fields)
        self.press("Add to the list")
        self.sees(f"“{name}” is on your list.")

    def wish(self, name: str) -> Locator:
        """A wish or a gift on the page."""
        heading = self.page.get_by_role("heading", name=name, exact=True)
        return self.page.locator("main li.item").filter(has=heading)

    def wishes(self) -> list[str]:
        """Names in the order of the page."""
        return self.page.locator("#wishes .item__name").all_inner_texts()

    def choose(self, action: str, wish: str) -> None:
        """An entry of a wish's menu."""
        row = self.wish(wish)
        row.locator("summary").click()
        row.locator(".menu__panel").get_by_text(action, exact=True).click()

    def make_share_link(self, list_url: str) -> str:
        self.open(list_url)
        self.press("Make a secret link")
        self.sees("Your link is ready.")
        return self.page.get_by_label("Secret link").input_value()

    # --- friends ---
    def make_invitation_link(self) -> str:
        self.tab("Friends")
        self.press("Make a link instead")
        return self.page.get_by_label("Link for anybody you trust").first.input_value()

    def befriend(self, other: "Person") -> None:
        """By a link, as `test_friends_find_each_other` tells in full."""
        found = _INVITATION.search(self.send("/friends", "/friends/invitations").text())
        assert found
        accepted = other.send(found[1], f"{found[1]}/accept")
        assert f"You and {self.name} are friends now." in accepted.text()


class Crowd:
    """Makes people; whatever happens in their browsers is watched."""

    def __init__(self, browser: Browser, origin: str, watch: Watch) -> None:
        self.browser = browser
        self.origin = origin
        self.watch = watch
        self.contexts: list[BrowserContext] = []

    def visitor(self, name: str = "Vera", **options: Any) -> Person:
        """Somebody without an account, in a browser that knows nothing yet."""
        context = self.browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce", **options})
        self.contexts.append(context)
        self.watch.follow(context)
        return Person(name, context, self.origin)

    def member(self, name: str, **options: Any) -> Person:
        """Somebody who has just signed up."""
        person = self.visitor(name, **options)
        person.join()
        return person

    def friends(self, *names: str, **options: Any) -> list[Person]:
        """Members, all of them friends of the first."""
        first, *others = [self.member(name, **options) for name in names]
        for other in others:
            first.befriend(other)
        return [first, *others]

    def leave(self) -> None:
        for context in self.contexts:
            context.close()
