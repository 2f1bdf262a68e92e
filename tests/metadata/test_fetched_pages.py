"""From the line to a product: what a site sends is fetched by the real fetcher and read by the real extractor."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.template import engines
from lxml import html as markup

from tests.metadata.shapes import ld
from tests.support.shops import Town, page, town
from wishare.core.fetching import FetchError, fetch
from wishare.metadata.child import Pool
from wishare.metadata.extractor import Product, Result, Status

pytestmark = pytest.mark.once

URL = "http://pub.example/p"
ATTACK = '<script>alert(1)</script>" onerror="alert(2)" \u202egnp.exe\u202c\u2066\x07\x85 <img src=x onerror=alert(3)>'
CARD = '<a title="{{ it.title }}"><b>{{ it.title }}</b><i>{{ it.description }}</i><u>{{ it.site_name }}</u></a>'


@pytest.fixture
def place() -> Iterator[Town]:
    with town() as there:
        yield there


@pytest.fixture(scope="module")
def parsers() -> Iterator[Pool]:
    pool = Pool()
    yield pool
    pool.close()


def read(place: Town, parsers: Pool, html: str) -> Result:
    place.plain.pages["/p"] = page(html.encode())
    found = fetch(URL, network=place.network)
    return parsers.examine(found.body, found.url, found.charset)


def attacking(text: str) -> str:
    """A page that says it wherever a text of ours may come from."""
    escaped = text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    names = ("og:title", "og:description", "og:site_name", "twitter:title")
    head = "".join(f'<meta property="{name}" content="{escaped}">' for name in names)
    return f"<!doctype html><html><head><title>{escaped}</title>{head}</head><body><h1>{escaped}</h1></body></html>"


def texts(product: Product) -> list[str]:
    return [text for text in (product["title"], product["description"], product["site_name"]) if text]


@pytest.mark.parametrize("times", [0, 1, 2, 3], ids=["plain", "escaped", "escaped twice", "three times"])
def test_a_title_that_attacks_is_text(place: Town, parsers: Pool, times: int) -> None:
    """so-xss: nothing that is not seen comes through, and a template shows the rest as the text that it is."""
    attack = ATTACK
    for _ in range(times):
        attack = attack.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
    product = read(place, parsers, attacking(attack)).product
    assert len(texts(product)) == 3
    for text in texts(product):
        assert "alert(1)" in text
        assert text.isprintable()
        assert not set(text) & set("\u202e\u202c\u2066\x07\x85")
    card = markup.fromstring(engines["django"].from_string(CARD).render({"it": product}))
    assert [element.tag for element in card.iter()] == ["a", "b", "i", "u"]
    assert set(card.attrib) == {"title"}
    assert card.get("title") == product["title"]


def test_data_that_attacks_is_text(place: Town, parsers: Pool) -> None:
    """so-xss: the same from JSON-LD, where no browser has taken the tags away."""
    data = {"@type": "Product", "name": ATTACK.replace("</script>", "<\\/script>"), "offers": {"price": "5 <b>€</b>"}}
    product = read(place, parsers, f"<html><head>{ld(data)}</head></html>").product
    assert product["title"]
    assert product["title"].isprintable()
    card = markup.fromstring(engines["django"].from_string(CARD).render({"it": product}))
    assert [element.tag for element in card.iter()] == ["a", "b", "i", "u"]


def test_what_is_endless_is_cut(place: Town, parsers: Pool) -> None:
    """so-xss: lengths have an end."""
    product = read(place, parsers, attacking("A kettle " * 20_000)).product
    assert [len(text) for text in texts(product)] == [500, 5000, 100]


def test_hebrew_and_arabic_stay_as_they_are(place: Town, parsers: Pool) -> None:
    title = "קומקום 1.7 ליטר \u200eK-1\u200e / غلاية"
    assert read(place, parsers, attacking(title)).product["title"] == title


def test_the_same_address_twice_is_the_same_answer(place: Town, parsers: Pool) -> None:
    """abuse-02: fetcher and extractor keep nothing between two looks, so the cache of answers alone decides on both;
    and the same bytes give the same answer, so what is kept is as good as asking again."""
    html = attacking("Blue Kettle")
    assert read(place, parsers, html) == read(place, parsers, html)
    assert len(place.requests) == 2
    assert read(place, parsers, attacking("Red Kettle")).product["title"] == "Red Kettle"


@pytest.mark.parametrize(
    ("answer", "retry"),
    [(page(b"", status="404 Not Found"), False), (page(b"", status="502 Bad Gateway"), True)],
    ids=["gone", "ill"],
)
def test_a_failure_says_whether_it_may_pass(place: Town, answer: bytes, retry: bool) -> None:
    """abuse-02: what the cache needs for keeping failures briefly, those that may pass more briefly still."""
    place.plain.pages["/p"] = answer
    with pytest.raises(FetchError) as caught:
        fetch(URL, network=place.network)
    assert caught.value.worth_retrying is retry


def test_an_empty_page_has_no_product(place: Town, parsers: Pool) -> None:
    assert read(place, parsers, "<!doctype html><html><body></body></html>").status is Status.NO_DATA
