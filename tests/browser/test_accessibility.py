"""What axe-core and a ruler find on every kind of page: by day and by night, on a phone and on a desk."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import crowd_of
from tests.browser.serving import Server
from tests.browser.stage import PAGES, Stage, set_up

pytestmark = [pytest.mark.browser, pytest.mark.once]

# Evaluated by the debugger, not by the page: the content policy stays as it is.
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
SERIOUS = {"serious", "critical"}
PHONE, DESK = 360, 1280
#: All rules once for each size and each of the colours; where both change, only the contrast can be new.
LOOKS = ((DESK, "light", ""), (PHONE, "light", "color-contrast"), (PHONE, "dark", ""), (DESK, "dark", "color-contrast"))


@pytest.fixture(scope="module")
def stage(chromium: Browser, server: Server) -> Iterator[Stage]:
    for crowd in crowd_of(chromium, server):
        yield set_up(crowd)


@pytest.mark.parametrize("name", PAGES)
def test_everybody_can_use_it(stage: Stage, name: str) -> None:
    page = PAGES[name](stage).page
    page.evaluate(AXE)
    found = {}
    for width, scheme, rule in LOOKS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
        found[f"{width} px, {scheme}"] = [*violations(page, rule), *overflow(page)]
    assert found == {key: [] for key in found}
    assert outline(page) == []
    expect(page.locator("html")).to_have_attribute("lang", "en")


def violations(page: Page, rule: str = "") -> list[str]:
    """The rules that axe says are broken, seriously, and where; all rules or one."""
    options = {"resultTypes": ["violations"], "reporter": "v1", **({"runOnly": [rule]} if rule else {})}
    result: dict[str, Any] = page.evaluate("options => axe.run(options)", options)
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in result["violations"]
        if rule["impact"] in SERIOUS
        for node in rule["nodes"]
    ]


def overflow(page: Page) -> list[str]:
    """What is wider than the window, so that one would have to scroll sideways."""
    excess = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{excess} px too wide"] if excess > 0 else []


def outline(page: Page) -> list[str]:
    """What is wrong with the headings: there is one first, and none skips a level."""
    levels = page.locator("main").evaluate("main => [...main.querySelectorAll('h1,h2,h3,h4')].map(h => +h.tagName[1])")
    pairs = zip([0, *levels], levels, strict=False)
    skipped = [f"h{above} is followed by h{level}" for above, level in pairs if level > above + 1]
    return [*skipped, *([] if levels.count(1) == 1 else [f"{levels.count(1)} h1"])]


def test_what_is_wrong_is_found(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": PHONE, "height": 800})
    page.set_content(
        '<html lang="en"><title>t</title><main><h1>a</h1><h1>b</h1><h3>c</h3><img src="data:,">'
        '<p style="width: 400px; color: #aaa; background: #fff">pale</p></main></html>'
    )
    page.evaluate(AXE)
    assert {line.split(":")[0] for line in violations(page)} == {"image-alt", "color-contrast"}
    assert len(overflow(page)) == 1
    assert outline(page) == ["h1 is followed by h3", "2 h1"]
    page.close()
