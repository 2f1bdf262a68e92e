"""Pages by key: complete, in order, bounded, and indifferent to forged cursors."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

import pytest
from django.core import signing
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from wishare.accounts.models import User
from wishare.core.pagination import Page, PreparedPages, paginate

KEYS = ("name", "pk")


def make_users(names: str) -> None:
    """One person a letter."""
    rows = [User(name=name, email=f"{number}@example.org") for number, name in enumerate(names)]
    User.objects.bulk_create(rows)


def walk(rows: QuerySet[User], keys: Sequence[str], size: int) -> list[Page[User]]:
    """All pages, one after the other."""
    pages = [paginate(rows, keys, "", size)]
    while pages[-1].next_cursor:
        assert len(pages) < 100
        pages.append(paginate(rows, keys, pages[-1].next_cursor, size))
    return pages


def letters(page: Page[User]) -> str:
    return "".join(user.name for user in page)


@pytest.mark.django_db
def test_pages_of_two_hold_everybody_once_in_order() -> None:
    make_users("cabca")
    pages = walk(User.objects.all(), KEYS, 2)
    assert [letters(page) for page in pages] == ["aa", "bc", "c"]
    assert [len(page) for page in pages] == [2, 2, 1]


@pytest.mark.django_db
def test_a_last_page_that_is_full_has_no_next_one() -> None:
    make_users("abcd")
    assert [letters(page) for page in walk(User.objects.all(), KEYS, 2)] == ["ab", "cd"]


@pytest.mark.django_db
def test_nothing_is_one_empty_page() -> None:
    assert [(page.rows, page.next_cursor) for page in walk(User.objects.all(), KEYS, 2)] == [([], "")]


@pytest.mark.django_db
def test_moments_descend_to_the_microsecond() -> None:
    make_users("abcde")
    pages = walk(User.objects.all(), ("-created_at", "-pk"), 2)
    assert [letters(page) for page in pages] == ["ed", "cb", "a"]


@pytest.mark.django_db
def test_what_is_added_before_the_cursor_does_not_repeat_a_row() -> None:
    make_users("bdf")
    first = paginate(User.objects.all(), KEYS, "", 2)
    User.objects.create(name="a", email="a@example.org")
    assert letters(paginate(User.objects.all(), KEYS, first.next_cursor, 2)) == "f"


@pytest.mark.django_db
def test_a_page_is_one_query_with_a_limit() -> None:
    make_users("abcde")
    with CaptureQueriesContext(connection) as queries:
        paginate(User.objects.all(), KEYS, "", 2)
    assert [query["sql"].endswith("LIMIT 3") for query in queries.captured_queries] == [True]


def forged() -> dict[str, str]:
    """Cursors nobody was given for these keys."""
    make = signing.Signer(salt="cursor:-name,pk").sign_object
    return {
        "garbage": "garbage",
        "colons": ":::",
        "empty parts": ":",
        "not text": "\ufffd\x01é",
        "long": "x" * 100_000,
        "of other keys": make(["a", 1]),
        "without salt": signing.Signer().sign_object(["a", 1]),
        "with another signature": make(["a", 1])[:-1] + "x",
        "quoted": "' OR 1=1 --",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", forged())
def test_a_forged_cursor_starts_at_the_beginning(kind: str) -> None:
    make_users("abc")
    assert letters(paginate(User.objects.all(), KEYS, forged()[kind], 2)) == "ab"


class AnyRows(TestCase):
    @settings(max_examples=30)
    @given(
        names=st.text("abAB", max_size=12),
        size=st.integers(1, 5),
        keys=st.sampled_from([("name", "pk"), ("-name", "pk"), ("-name", "-pk"), ("role", "-name", "pk"), ("-pk",)]),
    )
    def test_pages_together_are_the_whole_in_order(self, names: str, size: int, keys: tuple[str, ...]) -> None:
        make_users(names)
        pages = walk(User.objects.all(), keys, size)
        assert [user for page in pages for user in page] == list(User.objects.order_by(*keys))
        assert {len(page) for page in pages[:-1]} <= {size}


@pytest.mark.django_db
@pytest.mark.parametrize("size", [1, 2, 3, 9])
@pytest.mark.parametrize(
    "keys",
    [
        {"name": str, "pk": int},
        {"-name": str, "-pk": int},
        {"-created_at": datetime, "-pk": int},
        {"date_of_birth": date, "public_id": str},
    ],
    ids=" ".join,
)
def test_prepared_pages_are_the_same(keys: dict[str, type], size: int) -> None:
    make_users("cabcadb")
    for number, user in enumerate(User.objects.order_by("pk")):
        User.objects.filter(pk=user.pk).update(date_of_birth=date(2000, 1, 1 + number % 3))
    rows = User.objects.filter(name__gt="a")
    prepared = PreparedPages(lambda cut, letter: cut(User.objects.filter(name__gt=letter)), keys, letter=str)
    cursor = ""
    for page in walk(rows, tuple(keys), size):
        assert prepared(cursor, size, letter="a") == page
        cursor = page.next_cursor
    assert prepared("forged", size, letter="a") == paginate(rows, tuple(keys), "", size)


@pytest.mark.django_db
def test_prepared_pages_of_a_few_rows_among_others() -> None:
    """The query may show more than the page, and in an order of its own."""
    make_users("abcd")

    def first_and_named(cut: Callable[[QuerySet[User]], QuerySet[User]], *, name: str) -> QuerySet[User]:
        page = cut(User.objects.all()).values("pk")
        return User.objects.filter(Q(pk__in=page) | Q(name=name)).order_by("-name")

    prepared = PreparedPages(first_and_named, {"name": str, "pk": int}, name=str)
    assert [user.name for user in prepared.rows("", 1, name="d")] == ["d", "b", "a"]
    behind = paginate(User.objects.all(), KEYS, "", 1).next_cursor
    assert [user.name for user in prepared.rows(behind, 1, name="a")] == ["c", "b", "a"]
