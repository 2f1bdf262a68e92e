"""Language and colours, chosen at the foot of any page; they stay."""

import pytest
from django.utils import formats, translation
from playwright.sync_api import expect

from tests.browser.people import Crowd, Person, in_days

pytestmark = [pytest.mark.browser, pytest.mark.once]


def at_the_foot(person: Person, choice: str) -> None:
    person.page.get_by_role("contentinfo").get_by_role("button", name=choice).click()


def expect_language(person: Person, language: str) -> None:
    expect(person.page.locator("html")).to_have_attribute("lang", language)


def test_the_language_stays_when_one_goes_on(crowd: Crowd) -> None:
    olga = crowd.member("Olga")
    day = in_days(20)
    address = olga.has_list("Festa", event_date=day)
    dates = {}
    for language in ("en", "pt-br"):
        with translation.override(language):
            dates[language] = formats.date_format(day, "DATE_FORMAT")
    assert dates["en"] != dates["pt-br"]
    expect_language(olga, "en")
    expect(olga.page.locator("main time")).to_have_text(dates["en"])

    at_the_foot(olga, "Português (Brasil)")
    expect_language(olga, "pt-br")
    assert olga.page.url == address
    expect(olga.page.locator("main time")).to_have_text(dates["pt-br"])
    olga.open("/wishlists")
    expect_language(olga, "pt-br")

    elsewhere = crowd.visitor("Olga")
    elsewhere.email, elsewhere.password = olga.email, olga.password
    elsewhere.open("/account/login")
    expect_language(elsewhere, "en")
    elsewhere.fill(login=elsewhere.email, password=elsewhere.password)
    elsewhere.page.locator("main form button").click()
    expect_language(elsewhere, "pt-br")
    at_the_foot(elsewhere, "English")
    expect_language(elsewhere, "en")


@pytest.mark.parametrize(("browser", "page"), [("pt-BR", "pt-br"), ("en-US", "en"), ("de-DE", "en")])
def test_a_visitor_is_met_in_the_language_of_the_browser(crowd: Crowd, browser: str, page: str) -> None:
    visitor = crowd.visitor(locale=browser)
    visitor.open("/")
    expect_language(visitor, page)


def test_colours_are_chosen_without_scripts(crowd: Crowd) -> None:
    visitor = crowd.visitor(java_script_enabled=False, color_scheme="light")
    visitor.open("/privacy")
    light = background(visitor)
    at_the_foot(visitor, "Dark")
    dark = background(visitor)
    assert dark != light
    visitor.open("/")
    assert background(visitor) == dark
    at_the_foot(visitor, "As my device says")
    assert background(visitor) == light


def background(person: Person) -> str:
    colour: str = person.page.locator("html").evaluate("html => getComputedStyle(html).backgroundColor")
    return colour
