"""Pages refresh themselves under somebody's hand: menus stay open, the focus stays, nothing jumps."""

import pytest
from playwright.sync_api import Route, expect

from tests.browser.people import Crowd
from tests.browser.test_links import later, paste, sells
from tests.browser.test_live import listens, second_device
from tests.browser.test_typed import lose_the_session
from tests.support.shops import Shop

pytestmark = [pytest.mark.browser, pytest.mark.once]


def test_a_menu_stays_open_while_its_wish_is_filled(crowd: Crowd, shop: Shop) -> None:
    vera = crowd.member("Vera")
    vera.has_list("Kitchen")
    url = sells(shop, "Moka pot")
    shop.otherwise = later(shop.otherwise, 2.5)
    paste(vera, url)
    card = vera.page.locator("#wishes .item")
    card.locator("summary").click()
    expect(vera.page.locator("#heard")).to_contain_text("Moka pot")
    menu = card.locator(".menu__panel")
    expect(menu).to_be_visible()
    expect(card).to_contain_text("Looking at")
    vera.page.keyboard.press("Escape")
    expect(card).to_contain_text("€39.90")
    expect(menu).to_be_hidden()


def test_a_row_that_was_put_anew_can_be_dragged(crowd: Crowd) -> None:
    vera = crowd.member("Vera")
    address = vera.has_list("Kitchen", "Pan")
    phone = second_device(crowd, vera)
    listens(phone, address)
    vera.choose("Edit", "Pan")
    vera.fill(name="Wok")
    vera.press("Save")
    expect(phone.wish("Wok")).to_have_attribute("draggable", "true")


def test_what_one_does_with_a_wish_leaves_the_page_where_it_is(crowd: Crowd) -> None:
    """And the focus in its menu, not in the field for comments further down."""
    vera = crowd.member("Vera", viewport={"width": 800, "height": 400})
    vera.has_list("Kitchen", "Pan", "Pot", "Cup")
    menu = vera.wish("Cup").locator("summary")
    menu.click()
    before = vera.page.evaluate("() => (document.onclick = () => (window.at = scrollY), scrollY)")
    vera.wish("Cup").get_by_role("button", name="Remove").click()
    vera.sees("“Cup” is removed.")
    expect(vera.page.locator("#wishes .item__name")).to_have_text(["Pan", "Pot"])
    expect(vera.page.locator("#comments-text")).not_to_be_focused()
    at = vera.page.evaluate("() => [window.at, scrollY, document.documentElement.scrollHeight - innerHeight]")
    assert before >= 0
    assert at[1] == min(at[0], at[2])


def test_a_comment_with_an_open_menu_waits(crowd: Crowd) -> None:
    vera = crowd.member("Vera")
    address = vera.has_list("Kitchen")
    form = vera.page.locator("#comments")
    form.locator("textarea").fill("Thank you")
    form.get_by_role("button", name="Comment").click()
    expect(form.locator(".comment")).to_contain_text("Thank you")
    phone = second_device(crowd, vera)
    listens(phone, address)
    theirs = phone.page.locator("#comments .comment")
    theirs.locator("summary").click()
    form.locator(".comment summary").click()
    form.locator(".comment").get_by_role("link", name="Edit").click()
    form.locator(".comment textarea").fill("Thank you all")
    with phone.page.expect_response(lambda response: "/comments/" in response.url):
        form.get_by_role("button", name="Save").click()
    expect(theirs.locator(".menu__panel")).to_be_visible()
    phone.page.keyboard.press("Escape")
    expect(theirs).to_contain_text("Thank you all")


def test_what_was_sent_is_answered_where_it_belongs(crowd: Crowd) -> None:
    """Though the wish has changed before the answer: the page would be put into itself."""
    flora, gustav, hanna = crowd.friends("Flora", "Gustav", "Hanna")
    address = flora.has_list("Kitchen", "Cups", quantity=3)
    listens(gustav, address)
    hanna.open(address)

    def after_hanna(route: Route) -> None:
        hanna.press("I’ll give this", within=hanna.wish("Cups"))
        hanna.sees("“Cups” is yours to give.")
        gustav.page.wait_for_timeout(1500)  # what he sees of it has come
        route.continue_()

    gustav.page.route("**/claim", after_hanna, times=1)
    gustav.press("I’ll give this", within=gustav.wish("Cups"))
    gustav.sees("“Cups” is yours to give.")
    expect(gustav.page.locator("main")).to_have_count(1)
    expect(gustav.page.get_by_role("navigation", name="Main")).to_have_count(1)
    expect(gustav.wish("Cups")).to_contain_text("You reserved this")


def test_a_page_whose_session_has_ended_says_so_and_stays(crowd: Crowd) -> None:
    nora, ben = crowd.friends("Nora", "Ben")
    address = nora.has_list("Kitchen", "Kettle")
    listens(ben, address)
    writing = ben.page.get_by_label("Write a comment")
    writing.fill("Which colour?")
    lose_the_session(ben)
    nora.choose("Edit", "Kettle")
    nora.fill(name="Red kettle")
    nora.press("Save")
    told = ben.page.locator("#messages .toast")
    expect(told).to_contain_text("You are signed out: this page is no longer up to date.")
    expect(writing).to_have_value("Which colour?")
    expect(writing).to_be_focused()
    expect(ben.page).to_have_url(address)
    told.get_by_role("link", name="Sign in").click()
    ben.fill(login=ben.email, password=ben.password)
    ben.press("Sign in")
    expect(ben.page).to_have_url(address)
    expect(ben.wish("Red kettle")).to_be_visible()
