"""Identifiers in URLs: random, unique, and nothing else matches them."""

import re

import pytest
from django.urls import Resolver404, resolve, reverse

from wishare.core.ids import ALPHABET, LENGTH, PublicIdConverter, TokenConverter, new_public_id, new_token

pytestmark = pytest.mark.once


def test_public_ids_are_sixteen_characters_that_nobody_confuses() -> None:
    ids = {new_public_id() for _ in range(500)}
    assert len(ids) == 500
    assert {len(id) for id in ids} == {LENGTH}
    assert set("".join(ids)) == set(ALPHABET)
    assert set(ALPHABET) & set("01iolu") == set()


def test_tokens_are_32_random_bytes_for_a_url() -> None:
    tokens = {new_token() for _ in range(500)}
    assert len(tokens) == 500
    assert all(re.fullmatch(TokenConverter.regex, token) for token in tokens)


def test_a_route_takes_what_was_made_for_it() -> None:
    id, token = new_public_id(), new_token()
    assert resolve(reverse("wishlist", args=[id])).kwargs == {"public_id": id}
    assert resolve(reverse("share", args=[token])).kwargs == {"token": token}


@pytest.mark.parametrize(
    "id",
    [
        "1",
        "a" * 15,
        "a" * 17,
        "A" * 16,
        "a" * 15 + "0",
        "a" * 15 + "\n",
        "a" * 15 + "ａ",
        "../" * 5 + "a",
        "",
        "a" * 10_000,
    ],
)
def test_anything_else_is_no_id(id: str) -> None:
    assert re.fullmatch(PublicIdConverter.regex, id) is None
    with pytest.raises(Resolver404):
        resolve(f"/wishlists/{id}/edit")


@pytest.mark.parametrize("token", ["x", "a" * 42, "a" * 44, "a" * 42 + ".", "a" * 42 + "\n", "a" * 42 + "é"])
def test_anything_else_is_no_token(token: str) -> None:
    with pytest.raises(Resolver404):
        resolve(f"/g/{token}")
