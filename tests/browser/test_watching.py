"""What the other tests rely on: whatever goes wrong behind a page is noticed, and nothing else is."""

import pytest
from playwright.sync_api import Browser

from tests.browser.people import Crowd
from tests.browser.serving import Server
from tests.browser.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.once]

HARMFUL = {
    "console: ": "console.error('red')",
    "script: ": "setTimeout(() => { throw new Error('broken') })",
    "404: GET": "fetch('/static/gone.css')",
    "403: POST": "fetch('/preferences', {method: 'POST'})",
    "Content Security Policy": "document.body.append(Object.assign(document.createElement('script'), {text: '1'}))",
}


@pytest.mark.parametrize("problem", HARMFUL)
def test_a_problem_is_noticed(chromium: Browser, server: Server, problem: str) -> None:
    watch = Watch(server.origin)
    crowd = Crowd(chromium, server.origin, watch)
    visitor = crowd.visitor()
    visitor.open("/")
    visitor.page.evaluate(f"() => {{ {HARMFUL[problem]} }}")
    visitor.page.wait_for_timeout(100)
    visitor.open("/privacy")
    crowd.leave()
    assert any(problem in found for found in watch.problems), watch.problems


def test_what_the_page_itself_says_is_no_problem(chromium: Browser, server: Server) -> None:
    watch = Watch(server.origin)
    crowd = Crowd(chromium, server.origin, watch)
    visitor = crowd.visitor()
    visitor.open("/nothing/here")
    visitor.reads_heading("There is nothing here")
    visitor.open("/account/login")
    visitor.press("Sign in")
    crowd.leave()
    assert watch.problems == []
