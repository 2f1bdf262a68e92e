"""When two addresses mean the same product, and what one says about it."""

import pytest

from wishare.metadata.addresses import LONGEST_NAME, TRACKING, guessed_name, page_key, product_key, without_tracking

PRODUCT = "https://shop.example/kettle?id=7"


@pytest.mark.parametrize(
    "same",
    [
        "http://shop.example/kettle?id=7",
        "https://www.shop.example/kettle?id=7",
        "https://SHOP.example/kettle?id=7",
        "https://shop.example/kettle/?id=7",
        "https://shop.example:443/kettle?id=7",
        "http://shop.example:80/kettle?id=7",
        "https://shop.example/kettle?id=7#reviews",
        "  https://shop.example/kettle?id=7 ",
        "https://shop.example/kettle?utm_source=a&id=7&utm_medium=b",
        "https://shop.example/kettle?id=7&UTM_Campaign=x&pf_rd_r=1&pd_rd_w=2",
        *(f"https://shop.example/kettle?{name}=anything&id=7" for name in sorted(TRACKING)),
    ],
)
def test_scheme_case_slash_fragment_and_tracking_do_not_make_another_product(same: str) -> None:
    assert product_key(same) == product_key(PRODUCT)


@pytest.mark.parametrize(
    "other",
    [
        "https://shop.example/kettle?id=8",
        "https://shop.example/kettle?ID=7",
        "https://shop.example/kettle",
        "https://shop.example/Kettle?id=7",
        "https://shop.example/kettle?id=7&v=blue",
        "https://shop.example/kettle?id=7&id=8",
        "https://shop.example/kettle?id=7&v=",
        "https://shop.example:8080/kettle?id=7",
        "https://other.example/kettle?id=7",
        "https://m.shop.example/kettle?id=7",
    ],
)
def test_host_port_path_and_parameters_make_another_product(other: str) -> None:
    assert product_key(other) != product_key(PRODUCT)


def test_the_order_of_parameters_does_not_matter() -> None:
    assert product_key("https://a.example/?v=1&id=2") == product_key("https://a.example/?id=2&v=1")


def test_a_video_keeps_its_v() -> None:
    watch = "https://videos.example/watch?v="
    assert product_key(f"{watch}abc&utm_source=x") == product_key(f"{watch}abc")
    assert product_key(f"{watch}abc") != product_key(f"{watch}abd")


def test_no_address_has_no_key_and_every_key_fits_its_column() -> None:
    assert product_key("") == ""
    assert len(product_key("https://shop.example/" + "x" * 1900)) == 64


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.amazon.com.br/Bialetti-Moka-3-Cups/dp/B0001XYZ12/ref=sr_1_1?k=x", "Bialetti Moka 3 Cups"),
        ("https://shop.example/us/en/p/lack-side-table-white-30449908/", "Lack side table white"),
        ("https://shop.example/caf%C3%A9_filtro.html", "Café filtro"),
        ("https://shop.example/products/The%20Big%20Lebowski", "The Big Lebowski"),
        ("https://shop.example/p/12345", ""),
        ("https://shop.example/", ""),
        ("https://shop.example/%ff%fe", ""),
        ("https://shop.example/a1b2c3d4e5", ""),
        ("https://shop.example/%3Cscript%3Ealert", "<script>alert"),
    ],
)  # fmt: skip
def test_a_name_is_guessed_from_what_people_can_read(url: str, name: str) -> None:
    assert guessed_name(url) == name


def test_a_guess_is_never_long() -> None:
    assert len(guessed_name("https://shop.example/" + "very-" * 300 + "long")) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("url", "opened"),
    [
        ("https://WWW.Shop.example:443/p?utm_source=a&v=2&ref=b#mine", "https://www.shop.example/p?v=2"),
        ("http://shop.example", "http://shop.example/"),
        ("https://shop.example/p/?a&b=&c=%20", "https://shop.example/p/?a&b=&c=%20"),
        ("http://shop.example:8080/p", "http://shop.example:8080/p"),
        ("http://[2001:db8::1]:80/p", "http://[2001:db8::1]/p"),
        ("https://who:secret@shop.example/p", "https://shop.example/p"),
    ],
)
def test_the_address_that_is_opened_says_nothing_of_the_person(url: str, opened: str) -> None:
    assert without_tracking(url) == opened


def test_the_same_product_may_be_several_pages() -> None:
    """Whoever cannot be reached without `www.` must not keep others from reaching it with."""
    assert page_key("https://shop.example/p") != page_key("https://www.shop.example/p")
    assert page_key("https://shop.example/p") != page_key("http://shop.example/p")
    assert page_key("https://shop.example/p?utm_source=x") == page_key("https://SHOP.example/p#reviews")
