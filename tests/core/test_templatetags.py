"""Addresses and faces, as every page shows them."""

from datetime import date

import pytest
from django.template import engines
from django.test import override_settings
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils import translation

from wishare.accounts.models import User
from wishare.core.ids import new_public_id
from wishare.core.templatetags.wishare import address, avatar, datebox


@pytest.mark.parametrize("prefix", ["/", "/gifts/"])
@pytest.mark.parametrize("route", ["wishlist", "person", "wishlist_edit"])
def test_an_address_is_the_one_of_the_route_below_the_prefix_of_now(route: str, prefix: str) -> None:
    before, public_id = get_script_prefix(), new_public_id()
    set_script_prefix(prefix)
    try:
        assert address(route, public_id) == reverse(route, args=[public_id])
        assert address(route, public_id).startswith(prefix)
    finally:
        set_script_prefix(before)


def test_what_surrounds_it_is_escaped_where_it_is_shown() -> None:
    shown = engines["django"].from_string('{{ "person"|address:id }}').render({"id": '"><b>'})
    assert shown == "/people/&quot;&gt;&lt;b&gt;"


def test_without_a_photo_there_are_initials_of_one_of_a_few_colours() -> None:
    html = avatar(User(public_id="2" * 16, name="<Olga> Owner"), "sm")
    assert html == '<span class="avatar avatar--2 avatar--sm" aria-hidden="true">&lt;O</span>\n'


@override_settings(MEDIA_URL="/media/")
def test_a_photo_is_shown_by_its_address() -> None:
    html = avatar(User(public_id="2" * 16, name="Olga", avatar="avatars/a&b.png"))
    photo = '<img src="/media/avatars/a%26b.png" alt="" loading="lazy">'
    assert html == f'<span class="avatar avatar--2" aria-hidden="true">{photo}</span>\n'


def test_a_leaf_of_the_calendar_is_in_the_language_of_the_page() -> None:
    leaves = []
    for language in ("en", "pt-br", "en"):
        with translation.override(language):
            leaves.append(datebox(date(2027, 2, 1)))
    assert leaves[0] == leaves[2]
    assert 'datetime="2027-02-01"' in leaves[0]
    assert ["Feb" in leaf for leaf in leaves] == [True, False, True]
