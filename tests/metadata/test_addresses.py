"""When two addresses mean the same product."""

import pytest

from wishare.metadata.addresses import TRACKING, product_key

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
