"""Keys of fragments: short, and another one for whatever a picture may depend on."""

from dataclasses import replace
from itertools import combinations

import pytest

from wishare.core.caching import Audience, Fragment, render_fragments

CARD = Fragment("components/crumbs.html", Audience.GIVER, ("list", 7, 3, "owner", 2, 9))


def test_each_thing_that_decides_how_a_picture_looks_makes_another_key() -> None:
    fragments = [
        CARD,
        replace(CARD, template="components/confirm.html"),
        replace(CARD, audience=Audience.OWNER),
        replace(CARD, rows=("list", 7, 4, "owner", 2, 9)),
        replace(CARD, rows=("list", 7, 3, "owner", 29)),
        replace(CARD, rows=CARD.rows[:3]),
    ]
    keys = [*(fragment.key("1:en") for fragment in fragments), CARD.key("2:en"), CARD.key("1:pt-br")]
    assert all(one != other for one, other in combinations(keys, 2))
    assert replace(CARD).key("1:en") == keys[0]


@pytest.mark.django_db
def test_a_picture_may_show_any_number_of_rows() -> None:
    """Django warns of keys that are longer than memcached takes, and a warning fails here."""
    many = replace(CARD, rows=tuple(part for number in range(100) for part in ("row", 10**18 + number, 10**15)))
    drawn = render_fragments({1: many}, lambda names: {name: {} for name in names})
    assert render_fragments({1: many}, lambda _: {}) == drawn
    assert len(many.key("x" * 100)) < 100
