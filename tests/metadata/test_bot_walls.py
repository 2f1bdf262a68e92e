# ruff: noqa: E501 — a page is easier to read in its own lines
"""A wall is told from a page, and tells nothing of a product."""

from __future__ import annotations

import pytest

from tests.metadata import shapes
from wishare.metadata.extractor import NOTHING, Status, examine

pytestmark = pytest.mark.once

URL = "https://www.shop.example/products/blue-kettle"

WALLS = {
    "Cloudflare": "<html><head><title>Just a moment...</title></head><body><noscript>Enable JavaScript and cookies to continue</noscript>"
    "<script>window._cf_chl_opt={cvId:'3'};</script></body></html>",
    "Cloudflare, refused": "<html><head><title>Attention Required! | Cloudflare</title></head><body><h1>Sorry, you have been blocked</h1>"
    "<div class='cf-error-details'>You are unable to access shop.example</div></body></html>",
    "Amazon": "<html><head><title>Amazon.com</title></head><body><form action='/errors/validateCaptcha'><h4>Enter the characters you see below"
    "</h4><p>Sorry, we just need to make sure you're not a robot.</p></form></body></html>",
    "Amazon, refused": "<html><head><title>Sorry! Something went wrong!</title></head><body><!-- api-services-support@amazon.com --><a>To discuss "
    "automated access to Amazon data please contact api-services-support@amazon.com.</a></body></html>",
    "PerimeterX": "<html><head><title>Access to this page has been denied</title></head><body><div id='px-captcha'></div><p>Press &amp; Hold to "
    "confirm you are a human (and not a bot).</p></body></html>",
    "DataDome": "<html><head><title>shop.example</title></head><body><p>Please enable JS and disable any ad blocker</p><script "
    "src='https://ct.captcha-delivery.com/c.js'></script></body></html>",
    "Akamai": '<html><head><title>Access Denied</title></head><body><h1>Access Denied</h1>You don\'t have permission to access "http://shop.example/" '
    "on this server.<p>Reference #18.5f2c1502.1700000000.1a2b</p></body></html>",
    "Imperva": "<html><body><iframe src='/_Incapsula_Resource?SWUDNSAI=31&xinfo=1&incident_id=1'>Request unsuccessful. Incapsula incident ID: 1"
    "</iframe></body></html>",
    "a plain 403": "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>",
    "too many requests": "<html><head><title>429 Too Many Requests</title></head><body><h1>Too Many Requests</h1></body></html>",
    "eBay": "<html><head><title>Security Measure</title></head><body><p>Please verify yourself to continue. Checking your browser before you access "
    "eBay.</p><form action='/splashui/captcha'></form></body></html>",
}


@pytest.mark.parametrize("html", WALLS.values(), ids=WALLS)
def test_a_wall_is_blocked(html: str) -> None:
    assert examine(html.encode(), URL) == (Status.BLOCKED, NOTHING)


@pytest.mark.parametrize(
    "html",
    [
        shapes.page(
            shapes.buying("49,90 €"),
            "<script src='https://js.datadome.co/tags.js'></script><script>_pxAppId='PX1'</script>",
        ),
        shapes.page(shapes.buying("49,90 €"), title="Access Denied (Board Game) | Shop"),
        shapes.page(shapes.buying("49,90 €").replace("Blue Kettle", "Robot Check Valve"), title="Robot Check Valve"),
    ],
    ids=["sensors on every page", "a game called Access Denied", "a valve called Robot Check"],
)
def test_a_product_behind_sensors_is_found(html: str) -> None:
    assert examine(html.encode(), URL).status is Status.FOUND


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 \xe2\xe3", b'{"name": "Blue Kettle"}', b"", b"\x89PNG\r\n\x1a\n\0\0", b"just words"]
)
def test_what_is_no_page(body: bytes) -> None:
    assert examine(body, URL) == (Status.NOT_HTML, NOTHING)


def test_a_page_that_says_nothing() -> None:
    assert examine(b"<html><body><div id=root></div></body></html>", URL) == (Status.NO_DATA, NOTHING)
