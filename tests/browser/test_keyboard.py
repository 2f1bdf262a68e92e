"""Without a mouse: everything can be reached, one always sees where one is, and nobody is thrown back to the top."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import crowd_of
from tests.browser.people import Crowd, Person
from tests.browser.serving import Server

pytestmark = [pytest.mark.browser, pytest.mark.once]

#: Who has focus, in words; `hidden` when nothing on the screen shows it, empty when it has left the page. A radio
#: button shows it on its card, and the parts inside a date field are drawn by the browser.
FOCUSED = """() => {
  const one = document.activeElement;
  if (one === document.body) return '';
  const shown = one.type === 'radio' ? one.closest('label') : one;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const outlined = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const seen = box.width > 1 && box.height > 1 && (outlined || one.type === 'date');
  return `${seen ? '' : 'hidden '}${one.tagName} ${one.getAttribute('aria-label') || one.name || one.innerText}`;
}"""
#: Marks what can be pressed or filled in; of radio buttons with one name Tab reaches the chosen one.
MARK = """() => document.querySelectorAll('a[href], button, input, select, textarea, summary').forEach(one => {
  const other = one.type === 'hidden' || one.type === 'radio' && !one.checked;
  if (one.checkVisibility() && !one.disabled && !other) one.dataset.unreached = '';
})"""
UNREACHED = "() => [...document.querySelectorAll('[data-unreached]')].map(one => one.outerHTML)"
ROUND = 120


@pytest.fixture(scope="module")
def owner(chromium: Browser, server: Server) -> Iterator[Person]:
    for crowd in crowd_of(chromium, server):
        yield make_owner(crowd)


def make_owner(crowd: Crowd) -> Person:
    owner = crowd.member("Ursula")
    owner.has_list("Garden", "Spade", "Seeds", "Gloves")
    return owner


@pytest.fixture
def page(owner: Person) -> Page:
    """The owner's list, as it is when one arrives."""
    owner.open("/wishlists")
    owner.follow("Garden")
    owner.reads_heading("Garden")
    return owner.page


def test_the_first_key_skips_to_the_content(page: Page) -> None:
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("#main").evaluate("main => main.contains(document.activeElement)")


@pytest.mark.parametrize("path", ["", "/edit", "/items/new"])
def test_every_action_is_reached_and_seen(owner: Person, page: Page, path: str) -> None:
    owner.open(page.url + path)
    page.evaluate(MARK)
    stops = tab_around(page)
    assert [stop for stop in stops if stop.startswith("hidden")] == []
    assert page.evaluate(UNREACHED) == []


def tab_around(page: Page) -> list[str]:
    """Tab until the focus leaves the page again; what it met on the way."""
    stops: list[str] = []
    for _ in range(ROUND):
        page.keyboard.press("Tab")
        page.evaluate("delete document.activeElement.dataset.unreached")
        stop = page.evaluate(FOCUSED)
        if not stop or stop in stops[:1]:
            return stops
        stops.append(stop)
    raise AssertionError(f"Tab does not come around: {stops[-10:]}")


def menu(page: Page, wish: str) -> tuple[Locator, Locator]:
    """The button of a menu, and what it opens."""
    button = page.locator(f'summary[aria-label="What to do with {wish}"]')
    return button, page.locator("details.menu").filter(has=button).locator(".menu__panel")


def test_a_menu_opens_with_enter_and_closes_with_escape(page: Page) -> None:
    button, panel = menu(page, "Seeds")
    button.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    page.keyboard.press("Tab")
    expect(panel.get_by_role("link", name="Edit")).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_be_focused()


def test_a_menu_closes_when_one_presses_elsewhere(page: Page) -> None:
    button, panel = menu(page, "Seeds")
    button.click()
    expect(panel).to_be_visible()
    page.get_by_role("heading", level=1).click()
    expect(panel).to_be_hidden()


def test_focus_stays_in_the_content_when_a_part_of_the_page_is_replaced(page: Page) -> None:
    page.evaluate("() => { window.notReloaded = true }")
    wishes = page.locator("#wishes .item__name")
    before = wishes.all_inner_texts()
    button, panel = menu(page, before[2])
    button.focus()
    page.keyboard.press("Enter")
    panel.get_by_role("button", name="Up", exact=True).focus()
    page.keyboard.press("Enter")
    expect(wishes).to_have_text([before[0], before[2], before[1]])
    assert page.evaluate("window.notReloaded === true")
    expect(page.locator("#main:focus, #main *:focus")).to_have_count(1)


def test_a_message_after_a_replaced_part_can_be_dismissed_and_undone(owner: Person, page: Page) -> None:
    page.evaluate("() => { window.notReloaded = true }")
    owner.choose("I have received it", "Spade")
    toast = page.locator(".toast").filter(has_text="How lovely!")
    close = toast.get_by_role("button", name="Close")
    expect(close).to_be_visible()
    close.click()
    expect(toast).to_have_count(0)
    owner.press("Wish for it again", within=owner.wish("Spade"))
    owner.sees("“Spade” is a wish again.")
    assert page.evaluate("window.notReloaded === true")


def test_a_form_with_errors_leads_to_the_field(owner: Person, page: Page) -> None:
    owner.open(f"{page.url}/items/new")
    owner.fill(name="", price="-1")
    owner.press("Add to the list")
    field = page.get_by_label("Name")
    expect(field).to_have_attribute("aria-invalid", "true")
    described = field.get_attribute("aria-describedby") or ""
    assert "required" in " ".join(page.locator(f"#{id}").inner_text() for id in described.split())
    page.get_by_role("alert").get_by_role("link").first.press("Enter")
    expect(field).to_be_focused()
