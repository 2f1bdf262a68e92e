"""Whatever a page says, a wish holds what a wish may hold."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tests.support.cast import person
from tests.support.products import PATH, product, with_product
from tests.support.shops import Shop, page
from tests.support.working import work_off
from tests.wishlists.making import a_list, a_wish
from wishare.metadata.cache import Answer
from wishare.metadata.extractor import NOTHING, Product
from wishare.metadata.models import Outcome
from wishare.wishlists.actions.lookups import LONGEST_NAME, LONGEST_NOTE, finish_lookup
from wishare.wishlists.choices import Currency, Lookup
from wishare.wishlists.models import LARGEST_PRICE, Item, Wishlist


def found(wishlist: Wishlist, **said: object) -> Item:
    item = a_wish(wishlist, "", url="https://shop.example/a-kettle", look_up=True)
    answer = Answer(Outcome.FOUND, Product(**{**NOTHING, **said}))  # type: ignore[typeddict-item]
    assert finish_lookup(item=item, answer=answer)
    return Item.objects.get(pk=item.pk)


@pytest.mark.parametrize(
    ("price", "currency", "kept"),
    [
        ("12.5", "EUR", Decimal("12.50")),
        ("1980", "JPY", Decimal(1980)),
        ("12.345", "EUR", Decimal("12.35")),
        ("9999999999.99", "EUR", LARGEST_PRICE),
        ("9999999999.995", "EUR", None),
        ("1e400", "EUR", None),
        ("Infinity", "EUR", None),
        ("NaN", "EUR", None),
        ("-1", "EUR", None),
        ("0", "EUR", None),
        ("0.001", "EUR", None),
        ("12.5", None, None),
        ("12.5", "TRY", None),  # not one that wishes may have
        ("12.5", "<b>", None),
    ],
)
def test_a_price_fits_or_is_left_out(
    wishlist: Wishlist, price: str, currency: str | None, kept: Decimal | None
) -> None:
    item = found(wishlist, title="Kettle", price=Decimal(price), currency=currency)
    assert (item.name, item.price) == ("Kettle", kept)
    assert item.currency == (currency if kept is not None else Currency.USD)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("x" * 5_000_000, "x" * (LONGEST_NAME - 1) + "…"),
        ("word " * 1000, ("word " * 39).strip() + "…"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("A\0b\ud800c\u202ed", "Abcd"),
        ("\0\u200b ", "A kettle"),
        ("", "A kettle"),
        (None, "A kettle"),
    ],
)
def test_a_title_is_text_that_fits(wishlist: Wishlist, title: str | None, name: str) -> None:
    item = found(wishlist, title=title, description=title)
    assert item.name == name
    assert len(item.description) <= LONGEST_NOTE


def test_a_page_with_a_title_of_five_megabytes(wishlist: Wishlist, shop: Shop) -> None:
    url = with_product(shop, title="x" * 4_900_000)
    item = a_wish(wishlist, "", url=url, look_up=True)
    work_off()
    item.refresh_from_db()
    assert len(item.name) <= LONGEST_NAME
    assert item.lookup in {Lookup.FOUND, Lookup.NO_DATA}


@pytest.mark.parametrize("price", ["-39.90", "1e99", "99999999999999", "free", "0x10", "1;2"])
def test_a_price_of_a_hostile_page(wishlist: Wishlist, shop: Shop, price: str) -> None:
    shop.pages[PATH] = page(product(price=price))
    item = a_wish(wishlist, "", url=with_product(shop, price=price), look_up=True)
    work_off()
    item.refresh_from_db()
    assert item.price is None or 0 < item.price <= LARGEST_PRICE
    assert item.lookup == Lookup.FOUND


class AnythingAtAll(TestCase):
    @given(
        st.fixed_dictionaries(
            {
                "title": st.none() | st.text(st.characters(codec=None)),
                "description": st.none() | st.text(st.characters(codec=None), max_size=600),
                "price": st.none() | st.decimals(),
                "currency": st.none() | st.sampled_from(["EUR", "JPY", "XXX", "eur"]),
            }
        )
    )
    def test_can_be_stored(self, said: dict[str, object]) -> None:
        if not Wishlist.objects.exists():
            a_list(person("Olga"))
        item = found(Wishlist.objects.get(), **said)
        assert item.name
        Item.objects.all().delete()
