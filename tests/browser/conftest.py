"""A real server, a real Chromium, and people who use them."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.people import Crowd
from tests.browser.serving import Server, serve
from tests.browser.watching import Watch
from tests.support.shops import Shop

CHROMIUM = ("chromium", "google-chrome", "chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
PATIENCE = 15_000  # milliseconds


@pytest.fixture(scope="session")
def shop() -> Iterator[Shop]:
    """The only one on earth that the server may ask."""
    with Shop() as shop:
        yield shop


@pytest.fixture(scope="session")
def server(shop: Shop) -> Iterator[Server]:
    with serve(WISHARE_FETCH_ALLOW=f"127.0.0.1:{shop.port}") as server:
        yield server


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One for a module, not for the session: while it runs, playwright keeps an event loop in this thread, and
    Django refuses database queries, which the tests of other folders make."""
    program = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if program is None:
        pytest.skip(f"no Chromium: none of {', '.join(CHROMIUM)} is installed")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield browser
        browser.close()


def crowd_of(browser: Browser, server: Server) -> Iterator[Crowd]:
    """People whose every page is watched; fails at the end when something went wrong behind their backs."""
    watch = Watch(server.origin)
    crowd = Crowd(browser, server.origin, watch)
    yield crowd
    crowd.leave()
    assert watch.problems == [], server.last_words()


@pytest.fixture
def crowd(chromium: Browser, server: Server) -> Iterator[Crowd]:
    yield from crowd_of(chromium, server)
