"""hx-swap="merge": what is the same stays the same element, and what somebody is busy with waits."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.people import Crowd
from tests.browser.serving import Server
from tests.browser.watching import Watch

pytestmark = [pytest.mark.browser, pytest.mark.once]
MORE = '<li class="load-more"><a href="?after=x">More</a></li>'
SET_UP = """(rows) => {
  const main = document.getElementById("main");
  main.innerHTML = `<div id="asks" hx-ext="merge"></div><ol id="rows" data-merge>${rows}</ol>`;
  for (const row of document.querySelectorAll("#rows > *")) row.before_ = true;
}"""
MERGE = """(rows) => htmx.swap("#rows", `<ol id="rows" data-merge>${rows}</ol>`, { swapStyle: "merge" },
  { contextElement: document.getElementById("asks") })"""
SEEN = """() => [...document.querySelectorAll("#rows > *")].map((row) =>
  (row.id || row.className) + (row.before_ ? "" : "*"))"""


@pytest.fixture(scope="module")
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    crowd = Crowd(chromium, server.origin, Watch(server.origin))
    yield crowd.member("Merle").page
    crowd.leave()


def row(name: str, text: str = "") -> str:
    return f'<li id="{name}">{text or name}</li>'


def rows(names: str) -> str:
    """«abc+»: three rows, and a way to more."""
    return "".join(MORE if name == "+" else row(name) for name in names)


@pytest.mark.parametrize(
    ("before", "after", "seen"),
    [
        ("abc", "abc", "a b c"),
        ("abc", "abcd", "a b c d*"),
        ("abc", "xabc", "x* a b c"),
        ("abc", "ac", "a c"),
        ("abc", "", ""),
        ("", "ab", "a* b*"),
        ("abcd", "dabc", "d a b c"),
        ("abcd", "bcda", "b c d a"),
        ("abc", "cxb", "c x* b"),
        ("abc+", "abc+", "a b c load-more"),
        ("abc+", "xab+", "x* a b load-more"),
        ("abc+", "abd+", "a b d* load-more"),
        ("abcdef+", "abc+", "a b c d e f load-more"),
        ("abcdef", "xab+", "x* a b c d e f"),
        ("abcdef+", "abc", "a b c"),
    ],
)
def test_rows_are_what_has_come_and_the_same_elements_where_they_can_be(
    page: Page, before: str, after: str, seen: str
) -> None:
    page.evaluate(SET_UP, rows(before))
    page.evaluate(MERGE, rows(after))
    assert page.evaluate(SEEN) == seen.split()


def test_a_row_that_changed_is_replaced(page: Page) -> None:
    page.evaluate(SET_UP, rows("abc"))
    page.evaluate(MERGE, row("a") + row("b", "other") + row("c"))
    assert page.evaluate(SEEN) == ["a", "b*", "c"]
    assert page.locator("#rows #b").inner_text() == "other"


SAME = {
    "a token": ('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', "one", "two"),
    "a moment": ('<time data-relative datetime="2026-01-01" title="{0}">{0}</time>', "1 January", "long ago"),
    "a menu": ('<details class="menu" {}><summary>Menu</summary></details>', "open", ""),
}


@pytest.mark.parametrize("what", SAME)
def test_what_scripts_and_people_did_to_a_row_is_no_change(page: Page, what: str) -> None:
    shape, before, after = SAME[what]
    page.evaluate(SET_UP, row("a", shape.format(before)))
    page.evaluate(MERGE, row("a", shape.format(after)))
    assert page.evaluate(SEEN) == ["a"]


INPUT = '<input id="field">'
MENU = '<details class="menu" id="field"><summary>Menu</summary></details>'
BUSY = {
    "a field with the focus": (INPUT, "field.focus()", "field.blur()"),
    "a field that was filled": (INPUT, "field.value = 'x'", "field.value = ''; field.focus(), field.blur()"),
    "a box that was ticked": ('<input id="field" type="checkbox">', "field.checked = true", "field.click()"),
    "an open menu": (MENU, "field.open = true", "field.open = false"),
}


@pytest.mark.parametrize("what", BUSY)
def test_a_row_that_somebody_is_busy_with_waits_and_is_asked_for_again(page: Page, what: str) -> None:
    inside, begin, end = BUSY[what]
    page.evaluate(SET_UP, row("a", inside) + row("b"))
    page.evaluate("() => { window.asked = 0; document.body.addEventListener('live:again', () => (window.asked += 1)) }")
    page.evaluate(f"() => {{ const field = document.getElementById('field'); {begin} }}")
    page.evaluate(MERGE, row("a", "other") + row("b", "other"))
    assert page.evaluate(SEEN) == ["a", "b*"]
    page.evaluate(MERGE, row("b", "other"))
    assert page.evaluate(SEEN) == ["a", "b*"], "not even when it is gone"
    page.evaluate(f"() => {{ const field = document.getElementById('field'); {end} }}")
    page.wait_for_function("() => window.asked > 0")
    page.evaluate(MERGE, row("a", "other") + row("b", "other"))
    assert page.evaluate(SEEN) == ["a*", "b*"]


def test_a_row_that_moves_keeps_the_focus(page: Page) -> None:
    page.evaluate(SET_UP, row("a", '<button id="press">Press</button>') + rows("bc"))
    page.locator("#press").focus()
    page.evaluate(MERGE, rows("bc") + row("a", '<button id="press">Press</button>'))
    assert page.evaluate(SEEN) == ["b", "c", "a"]
    assert page.evaluate("() => document.activeElement.id") == "press"
