"""A link becomes a wish: pasted, shared, or sent by the person's own browser; and the page changes by itself."""

import time
from collections.abc import Iterator
from itertools import count
from socket import socket
from urllib.parse import unquote, urlencode

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.people import Crowd, Person
from tests.support.products import PATH, address, product, with_product
from tests.support.shops import Behaviour, Shop, page, redirect

pytestmark = [pytest.mark.browser, pytest.mark.once]
GUESS = "Italian coffee maker"
variants = count(1)


@pytest.fixture(autouse=True)
def empty_shop(shop: Shop) -> Iterator[None]:
    yield
    shop.pages, shop.otherwise = {}, page()


def sells(shop: Shop, title: str) -> str:
    """The address of a product that nobody has asked for yet: what was found out is kept for everybody."""
    url = with_product(shop, title=title)
    shop.otherwise = shop.pages[PATH]
    return f"{url}?variant={next(variants)}"


def later(answer: Behaviour, seconds: float = 1.5) -> Behaviour:
    assert isinstance(answer, bytes)

    def wait(line: socket) -> None:
        time.sleep(seconds)
        line.sendall(answer)

    return wait


def paste(person: Person, url: str) -> None:
    person.page.get_by_label("Paste a link").fill(url)
    person.page.keyboard.press("Enter")


def never_reloads(person: Person) -> None:
    person.page.evaluate("window.sameDocument = true")


def is_still_the_same_document(person: Person) -> None:
    assert person.page.evaluate("window.sameDocument") is True


def test_a_pasted_link_is_there_at_once_and_fills_itself(crowd: Crowd, shop: Shop) -> None:
    nora = crowd.member("Nora")
    nora.has_list("Kitchen")
    never_reloads(nora)
    url = sells(shop, "Moka pot")
    shop.otherwise = later(shop.otherwise)
    paste(nora, url)
    card = nora.wish(GUESS)
    expect(card).to_contain_text("Looking at 127.0.0.1 for name, price and picture…")
    nora.sees(f"“{GUESS}” is on your list.")
    filled = nora.wish("Moka pot")
    expect(filled).to_contain_text("€39.90")
    expect(filled).not_to_contain_text("Looking at")
    assert filled.locator("img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 640
    expect(nora.page.locator("#heard")).to_contain_text("Moka pot")
    expect(nora.page.get_by_label("Paste a link")).to_be_focused()
    is_still_the_same_document(nora)


def test_a_dead_link_says_so_and_can_be_tried_again(crowd: Crowd, shop: Shop) -> None:
    omar = crowd.member("Omar")
    omar.has_list("Kitchen")
    never_reloads(omar)
    shop.pages["/dead-kettle"] = page(status="404 Not Found")
    paste(omar, address(shop, "/dead-kettle"))
    card = omar.wish("Dead kettle")
    expect(card).to_contain_text("We could not open this page of 127.0.0.1. Is the link right?")
    shop.pages["/dead-kettle"] = page(product(title="Kettle, alive", image=""))
    omar.press("Try again", within=card)
    expect(omar.wish("Kettle, alive")).to_contain_text("€39.90")
    is_still_the_same_document(omar)

    paste(omar, address(shop, "/dead-kettle"))
    omar.sees("This product is on the list already, as “Kettle, alive”.")
    omar.follow("Show it")
    expect(omar.page.locator(".item--new")).to_contain_text("Kettle, alive")


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (page(status="403 Forbidden"), "127.0.0.1 does not let programs read its pages."),
        (page(b"%PDF-1.4", kind="application/pdf"), "leads to a file, not to a page that tells about a product."),
        (page(b"<html><body>Hello"), "We found no product on this page of 127.0.0.1."),
        (redirect("/round-table"), "We could not open this page of 127.0.0.1."),
    ],
)
def test_what_was_not_found_is_said_honestly(crowd: Crowd, shop: Shop, answer: bytes, told: str) -> None:
    paul = crowd.member("Paul")
    paul.has_list("Kitchen")
    path = f"/round-table?{len(told)}"
    shop.pages |= {path: answer, "/round-table": answer}
    paste(paul, address(shop, path))
    card = paul.wish("Round table")
    expect(card).to_contain_text(told)
    paul.follow("Fill in yourself", within=card)
    paul.reads_heading("Edit wish")


def test_a_link_is_pasted_anywhere_and_taken_back(crowd: Crowd, shop: Shop) -> None:
    rita = crowd.member("Rita")
    rita.has_list("Kitchen")
    url = sells(shop, "Moka pot")
    rita.page.locator("h1").click()
    rita.page.evaluate(
        """url => {
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", url);
        document.body.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        url,
    )
    expect(rita.page.locator("#wishes .item")).to_have_count(1)
    rita.page.locator("#messages").get_by_role("button", name="Undo").click()
    rita.sees("is removed.")
    expect(rita.page.locator("#wishes .item")).to_have_count(0)


def test_without_scripts_a_pasted_link_is_a_wish_all_the_same(crowd: Crowd, shop: Shop) -> None:
    sven = crowd.member("Sven")
    address = sven.has_list("Kitchen")
    plain = crowd.visitor("Sven", java_script_enabled=False)
    plain.email = sven.email
    plain.sign_in()
    plain.open(address)
    plain.page.get_by_label("Paste a link").fill(sells(shop, GUESS))
    plain.press("Add")
    expect(card_of(plain, GUESS)).to_be_visible()
    for _ in range(40):
        plain.open(address)
        if card_of(plain, GUESS).get_by_text("€39.90").count():
            return
        plain.page.wait_for_timeout(250)
    raise AssertionError("the wish was never filled")


def card_of(person: Person, name: str) -> Locator:
    return person.page.locator("main li.item").filter(has_text=name)


def test_what_is_shared_from_a_phone_takes_one_tap_even_signed_out(crowd: Crowd, shop: Shop) -> None:
    tina = crowd.member("Tina")
    tina.has_list("Kitchen")
    tina.sign_out()
    tina.reads_heading("Wishes shared, surprises kept")
    shared = {"title": "A fine thing", "text": f"Have a look: {sells(shop, 'Moka pot')}"}
    tina.open(f"/add?{urlencode(shared)}")
    tina.fill(login=tina.email, password=tina.password)
    tina.press("Sign in")
    tina.reads_heading("Add to which list?")
    tina.press("Add to the list")
    expect(tina.wish("Moka pot")).to_contain_text("€39.90")


LD = '{"@type":"Product","name":"Moka pot","offers":{"price":"24.50","priceCurrency":"EUR"}}'


def test_the_bookmarklet_sends_what_the_own_browser_sees(crowd: Crowd, shop: Shop) -> None:
    """In a shop that lets no program in; signed out, so that it has to wait for the sign-in."""
    uma = crowd.member("Uma")
    uma.has_list("Kitchen")
    uma.open("/add/browser")
    code = uma.page.locator("[data-bookmarklet]").get_attribute("href") or ""
    uma.page.locator("[data-bookmarklet]").click()
    uma.sees("It works in the bookmarks bar: drag it there.")
    uma.sign_out()
    uma.reads_heading("Wishes shared, surprises kept")

    shop.pages["/moka"] = page(product(title="Moka pot", price="24.50", image="").replace(b"A page", b"Moka | Shop"))
    uma.open(address(shop, "/moka"))
    shop.pages["/moka"] = page(status="403 Forbidden")
    with uma.context.expect_page() as opened:
        uma.page.evaluate(unquote(code).removeprefix("javascript:"))
    uma.page = opened.value
    uma.fill(login=uma.email, password=uma.password)
    uma.press("Sign in")
    uma.reads_heading("Add to which list?")
    assert uma.page.get_by_label("Name").input_value() == "Moka | Shop"
    assert "handed" not in uma.page.url
    uma.press("Add to the list")
    expect(uma.wish("Moka pot")).to_contain_text("€24.50")
