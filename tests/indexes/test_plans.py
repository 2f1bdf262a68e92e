"""Every index serves a page, every page has its index: on a hundred thousand lists, with the pages' own queries."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey

from tests.indexes.pages import LONG_PAGES, PAGES, Page
from tests.indexes.plans import effort, used_indexes, without_statistics

pytestmark = pytest.mark.usefixtures("data_set")

#: Rows of a page with their owners and lists, and some that are skipped, where the tables have up to 500,000. In
#: thousands of SQLite's steps: each row costs some dozens.
FEW = {"postgresql": 1_500, "sqlite": 60}
#: Without data in the set: a handful of rows for each account.
NOT_IN_THE_DATA = {"index_invitations_recipient"}


@pytest.mark.parametrize("page", [*PAGES, *LONG_PAGES], ids=str)
def test_the_page_is_served_by_its_index(page: Page) -> None:
    assert set(page.indexes) <= used_indexes(page.load)
    with without_statistics():
        assert set(page.indexes) <= used_indexes(page.load)


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_the_page_reads_few_rows(page: Page) -> None:
    assert effort(page.load) <= page.times * FEW[connection.vendor]
    with without_statistics():
        assert effort(page.load) <= page.times * FEW[connection.vendor]


def test_every_index_has_a_page() -> None:
    models = [
        model for name in ("accounts", "connections", "wishlists") for model in apps.get_app_config(name).get_models()
    ]
    declared = {index.name for model in models for index in model._meta.indexes}
    named = {name for page in [*PAGES, *LONG_PAGES] for name in page.indexes}
    assert named == declared - NOT_IN_THE_DATA


def test_no_foreign_key_is_indexed_twice() -> None:
    models = [
        model for name in ("accounts", "connections", "wishlists") for model in apps.get_app_config(name).get_models()
    ]
    twice = [
        f"{model.__name__}.{field.name}"
        for model in models
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.db_index  # type: ignore[attr-defined]
        for index in model._meta.indexes
        if index.fields[:1] == [field.name] and index.condition is None
    ]
    assert twice == []


def test_a_plan_without_the_index_is_told_apart() -> None:
    """The measures above can fail: the same pages' tables, asked in a way that no index serves."""
    from wishare.wishlists.models import Wishlist

    def slow() -> object:
        return list(Wishlist.objects.filter(description__contains="person 77").order_by("name")[:10])

    assert used_indexes(slow) == set()
    assert effort(slow) > FEW[connection.vendor]
