"""Pages that are open show by themselves what others do; the owner's page does not even ask."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.people import Crowd, Person
from tests.browser.test_giving import reserve

pytestmark = [pytest.mark.browser, pytest.mark.once]


def listens(person: Person, address: str) -> None:
    """Opens a page and waits for its stream."""
    with person.page.expect_request(lambda request: "/live/stream" in request.url):
        person.open(address)
    person.page.wait_for_timeout(200)
    person.page.evaluate("() => (window.kept = true)")


def was_not_reloaded(person: Person) -> bool:
    return bool(person.page.evaluate("() => window.kept"))


@contextmanager
def requests(page: Page) -> Iterator[list[str]]:
    """What a page asks for meanwhile, but for signs of life."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(f"{request.method} {request.url}"))
    yield asked


def test_what_the_owner_changes_shows_on_open_pages(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    address = olga.has_list("Garden", "Spade", "Rake", event_type="birthday")
    tablet = second_device(crowd, olga)
    for person in (fred, tablet):
        listens(person, address)
        assert person.wishes() == ["Spade", "Rake"]

    olga.add_wish(address, "Hose")
    for person in (fred, tablet):
        expect(person.wish("Hose")).to_be_visible()
    olga.open(address)
    olga.choose("To the top", "Rake")
    expect(olga.page.locator("#wishes .item__name")).to_have_text(["Rake", "Spade", "Hose"])
    olga.choose("Remove", "Spade")
    for person in (fred, tablet):
        expect(person.page.locator("#wishes .item__name")).to_have_text(["Rake", "Hose"])
    olga.open(f"{address}/edit")
    olga.fill(name="Balcony")
    olga.press("Save")
    for person in (fred, tablet):
        person.reads_heading("Balcony")
        assert was_not_reloaded(person)


def second_device(crowd: Crowd, person: Person) -> Person:
    """The same person in another browser."""
    other = crowd.visitor(person.name)
    other.email, other.password = person.email, person.password
    other.sign_in()
    return other


def test_givers_see_each_others_choice_and_the_owners_page_asks_nothing(crowd: Crowd) -> None:
    olga, fred, gina = crowd.friends("Flora", "Fred", "Gina")
    address = olga.has_list("Kitchen", "Pan")
    listens(olga, address)
    listens(gina, address)
    with requests(olga.page) as asked:
        reserve(fred, address, "Pan")
        expect(gina.wish("Pan")).to_contain_text("Reserved")
        fred.press("Undo", within=fred.wish("Pan"))
        expect(gina.wish("Pan").get_by_role("button", name="I’ll give this")).to_be_visible()
        olga.page.wait_for_timeout(1500)
        assert asked == []
    assert was_not_reloaded(gina)


def test_what_one_is_doing_is_not_disturbed(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    address = olga.has_list("Study", "Pens", "Ink", "Paper", quantity=5)
    listens(fred, address)
    field = fred.wish("Ink").get_by_label("How many")
    field.fill("3")
    phone = second_device(crowd, olga)
    listens(phone, address)
    phone.wish("Paper").locator("summary").click()
    menu = phone.wish("Paper").locator(".menu__panel")
    expect(menu).to_be_visible()

    olga.has_wish(address, "Lamp")
    expect(fred.wish("Lamp")).to_be_visible()
    expect(phone.wish("Lamp")).to_be_visible()
    expect(menu).to_be_visible()
    edit(olga, address, "Ink", "Blue ink")
    edit(olga, address, "Pens", "Red pens")
    expect(fred.wish("Red pens")).to_be_visible()
    expect(field).to_have_value("3")
    expect(field).to_be_focused()
    field.fill("5")
    field.fill("1")
    field.blur()
    expect(fred.wish("Blue ink")).to_be_visible()


def edit(owner: Person, address: str, wish: str, name: str) -> None:
    owner.open(address)
    owner.choose("Edit", wish)
    owner.fill(name=name)
    owner.press("Save")
    owner.sees("Saved.")


def test_news_of_friends_come_to_the_dashboard(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    listens(fred, "/dashboard")
    address = olga.has_list("Skiing")
    expect(fred.page.locator("#home-news")).to_contain_text("Skiing")
    olga.has_wish(address, "Goggles")
    expect(fred.page.locator("#home-news")).to_contain_text("Goggles")
    assert was_not_reloaded(fred)


def test_tabs_of_a_browser_share_one_stream(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    first, second = olga.has_list("First"), olga.has_list("Second")
    streams: list[str] = []
    fred.context.on("request", lambda request: streams.append(request.url) if "/live/stream" in request.url else None)
    listens(fred, first)
    tab = Person("Fred", fred.context, fred.origin)
    tab.open(second)
    tab.page.wait_for_timeout(800)
    assert len(streams) == 2, "a new one for both tabs, in the one that leads"
    olga.has_wish(first, "One")
    olga.has_wish(second, "Two")
    expect(fred.wish("One")).to_be_visible()
    expect(tab.wish("Two")).to_be_visible()
    assert len(streams) == 2

    fred.page.close()
    olga.has_wish(second, "Three")
    expect(tab.wish("Three")).to_be_visible()
    assert len(streams) == 3


def test_without_a_stream_pages_look_for_themselves(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    address = olga.has_list("Boat")
    fred.page.add_init_script("delete window.EventSource")
    fred.page.clock.install()
    fred.open(address)
    olga.has_wish(address, "Oar")
    fred.page.clock.run_for(35_000)
    expect(fred.wish("Oar")).to_be_visible()


def test_a_list_that_is_taken_away_is_gone_from_open_pages(crowd: Crowd) -> None:
    olga, fred = crowd.friends("Olga", "Fred")
    address = olga.has_list("Attic")
    listens(fred, address)
    olga.open(f"{address}/edit")
    olga.fill(visibility="0")
    olga.press("Save")
    fred.reads_heading("There is nothing here")
    crowd.watch.problems[:] = [found for found in crowd.watch.problems if f"404: GET {address}" not in found]


def test_a_stream_that_fails_is_done_without_until_it_is_back(crowd: Crowd) -> None:
    """By a proxy that cannot pass it on, say."""
    olga, fred = crowd.friends("Olga", "Fred")
    address = olga.has_list("Boat")
    failed: list[str] = []

    def refuse(route: Route) -> None:
        failed.append(route.request.url)
        route.fulfill(status=503)

    fred.context.route("**/live/stream?*", refuse)
    fred.page.clock.install()
    fred.open(address)
    for _ in range(8):
        fred.page.clock.run_for(1000)
        fred.page.wait_for_timeout(100)
    assert len(failed) >= 3
    olga.has_wish(address, "Oar")
    fred.page.clock.run_for(40_000)
    expect(fred.wish("Oar")).to_be_visible()

    fred.context.unroute("**/live/stream?*", refuse)
    with fred.page.expect_request("**/live/stream?*"):
        fred.page.clock.run_for(80_000)
    olga.has_wish(address, "Sail")
    fred.page.clock.run_for(2000)
    expect(fred.wish("Sail")).to_be_visible()
    crowd.watch.problems[:] = [found for found in crowd.watch.problems if "/live/stream" not in found]
