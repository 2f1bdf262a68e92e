"""Draws the dashboard and the feeds of people before they look. `reactions.py` says when: after what.

A picture is kept under the same key that the page asks for, as the page's own functions draw it; where it is there
already, a job finds that out with one query. Nothing depends on any of this: a page that finds nothing draws it itself.

Without Redis a cache is the memory of one process, so only a process that serves and works can warm it. Where jobs do
not reach the pages nothing is enqueued, and a job that is there does nothing.
"""

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone, translation
from django_tasks import task

from wishare.accounts.facts import SignedIn
from wishare.accounts.models import User
from wishare.activity.facts import Did
from wishare.activity.views import feed
from wishare.core.caching.reach import jobs_reach_pages
from wishare.core.facts import Fact
from wishare.core.flags import fragment_caching_for, previous_query_pattern_for
from wishare.core.jobs.coalescing import enqueue_once
from wishare.core.pagination import paginate
from wishare.dashboard.drawing import body
from wishare.dashboard.models import DashboardView
from wishare.wishlists.loading import DEFAULT_SORT
from wishare.wishlists.views.lists import load_index

#: How long a job waits for more that the same person does.
SOON = timedelta(seconds=5)
#: Whoever opened the dashboard in so many days is warmed at the start, so many people at most, a few at a time.
LATELY = timedelta(days=7)
#: By whether it is Redis: the memory of a process keeps 5,000 pictures, a person has up to a hundred.
MOST_PEOPLE = {True: 1000, False: 50}
A_BATCH, PAUSE = 5, timedelta(seconds=1)
#: Of people whose account does not name one: which their browser asks for, nobody knows before they come.
LANGUAGES = [code for code, _name in settings.LANGUAGES]
logger = logging.getLogger(__name__)


def signed_in(fact: SignedIn) -> None:
    if jobs_reach_pages():
        enqueue_once(warm, fact.user.pk, fact.language)


def did(fact: Did) -> None:
    """In the language of whoever does it: as a rule that is the person themselves."""
    if jobs_reach_pages():
        enqueue_once(refresh, fact.actor_id, translation.get_language() or settings.LANGUAGE_CODE, delay=SOON)


def all_is_cold(fact: Fact) -> None:
    """A process has started, or the caches were cleared."""
    if jobs_reach_pages():
        enqueue_once(warm_recent)


@task(queue_name="low_priority")
def refresh(person: int, language: str) -> None:
    """After what somebody did: their numbers of today, the week and the month, and the dashboard that shows them."""
    if viewer := _viewers([person]):
        _draw(viewer[0], [language], _dashboard)


@task(queue_name="low_priority")
def warm(person: int, language: str) -> None:
    """All that one comes home to."""
    if viewer := _viewers([person]):
        _draw(viewer[0], [language], _dashboard, _lists, _news, _own_deeds)


@task(queue_name="low_priority")
def warm_recent(after: str = "", done: int = 0) -> None:
    """The same for those who were here lately, the latest first: a few, and the next few a moment later."""
    if not jobs_reach_pages():
        return
    page = paginate(_lately(), ("-day", "-pk"), after, A_BATCH)
    for viewer in _viewers(view.user_id for view in page):
        languages = [viewer.locale.lower()] if viewer.locale else LANGUAGES
        try:
            _draw(viewer, languages, _dashboard, _lists, _news, _own_deeds)
        except Exception:  # the others are warmed all the same
            logger.exception("person %d was not warmed", viewer.pk)
    done += A_BATCH
    if page.next_cursor and done < MOST_PEOPLE[bool(settings.REDIS_URL)]:
        enqueue_once(warm_recent, page.next_cursor, done, delay=PAUSE)


def _lately() -> QuerySet[DashboardView]:
    """The latest day of each person who opened the dashboard lately."""
    later = DashboardView.objects.filter(user=OuterRef("user"), day__gt=OuterRef("day"))
    return DashboardView.objects.filter(~Exists(later), day__gte=timezone.localdate() - LATELY)


def _viewers(people: Iterable[int]) -> list[User]:
    """Those of the people for whom there is something to keep, in the order they were named."""
    if not jobs_reach_pages():
        return []
    people = list(people)
    active = User.objects.filter(is_active=True).in_bulk(people)
    found = [active[person] for person in people if person in active]
    return [viewer for viewer in found if fragment_caching_for(viewer) and not previous_query_pattern_for(viewer)]


def _draw(viewer: User, languages: Iterable[str], *pages: Callable[[User], object]) -> None:
    for language in languages:
        with translation.override(language):
            for page in pages:
                page(viewer)


def _dashboard(viewer: User) -> None:
    body(viewer, timezone.localdate())


def _lists(viewer: User) -> None:
    load_index(viewer, sort_by=DEFAULT_SORT, cursors={})


def _news(viewer: User) -> None:
    feed(viewer, own=False)


def _own_deeds(viewer: User) -> None:
    feed(viewer, own=True)
