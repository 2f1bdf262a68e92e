"""Wishes with a link, and the jobs that look at its page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from tests.support.working import work_off
from tests.wishlists.making import a_wish
from wishare.core.jobs.models import Job
from wishare.metadata.cache import KEPT_IF_WORTH_RETRYING
from wishare.metadata.models import Extraction
from wishare.wishlists import jobs
from wishare.wishlists.actions.lookups import finish_lookup
from wishare.wishlists.models import Item, Wishlist

GUESS = "Italian coffee maker"


def linked(wishlist: Wishlist, url: str, **fields: Any) -> Item:
    return a_wish(wishlist, **{"name": "", "url": url, "look_up": True, **fields})


def fresh(item: Item) -> Item:
    return Item.objects.get(pk=item.pk)


def looked_up(item: Item) -> Item:
    work_off()
    return fresh(item)


def lookups() -> QuerySet[Job]:
    """Those among the jobs that look at a page; adding a wish has other consequences as well."""
    return Job.objects.filter(task_path=jobs.look_up.module_path)


def run_lookups() -> int:
    """Runs those that are due, which have their queue to themselves here; returns how many there were."""
    return work_off([jobs.look_up.queue_name])


def due_now() -> None:
    """As if the pauses before the next tries were over."""
    lookups().update(run_after=timezone.now())
    Extraction.objects.filter(worth_retrying=True).update(expires_at=timezone.now() - KEPT_IF_WORTH_RETRYING)


def during(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Something happens after the site has answered and before the wish is written."""

    def act_and_finish(**given: Any) -> bool:
        act()
        return finish_lookup(**given)

    monkeypatch.setattr("wishare.wishlists.lookups.finish_lookup", act_and_finish)
