"""One answer for everybody, kept for a time that fits it, in bounded space."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from tests.wishlists.at_once import at_once
from wishare.metadata import cache
from wishare.metadata.cache import Answer, Lease
from wishare.metadata.extractor import NOTHING, Product
from wishare.metadata.jobs import evict
from wishare.metadata.models import Extraction, HandedPage, Outcome

pytestmark = pytest.mark.django_db
KETTLE = Product(
    title="Kettle", description="Boils", image_url="https://a.example/k.png", price=Decimal("1299.90"),
    currency="BRL", site_name=None,
)  # fmt: skip
FOUND = Answer(Outcome.FOUND, KETTLE)
Move = Callable[[timedelta], None]


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Moves the clock from where it stands."""
    moment: list[datetime] = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: moment[0])

    def move(by: timedelta) -> None:
        moment[0] += by

    return move


def answered(key: str, answer: Answer = FOUND) -> None:
    lease = cache.take(key)
    assert lease
    cache.keep(lease, answer)


def test_what_was_kept_is_recalled_as_it_was() -> None:
    answered("a")
    assert cache.recall("a") == FOUND
    assert cache.recall("b") is None


def test_an_answer_is_good_for_seven_days(later: Move) -> None:
    answered("a")
    later(timedelta(days=7, seconds=-1))
    assert cache.recall("a")
    later(timedelta(seconds=1))
    assert cache.recall("a") is None


def test_one_that_was_used_ten_times_is_good_for_thirty_days(later: Move) -> None:
    answered("a")
    for _ in range(8):
        cache.recall("a")
    later(timedelta(days=7, seconds=-1))
    cache.recall("a")  # the tenth
    later(timedelta(days=23))
    assert cache.recall("a")
    later(timedelta(seconds=1))
    assert cache.recall("a") is None
    assert Extraction.objects.get().uses == 11


@pytest.mark.parametrize("outcome", list(cache.KEPT_WITHOUT))
def test_an_answer_without_a_product_is_good_for_a_short_time_however_often_it_is_used(
    outcome: Outcome, later: Move
) -> None:
    answered("a", Answer(outcome, NOTHING))
    for _ in range(20):
        assert cache.recall("a") == Answer(outcome, NOTHING)
    assert timedelta(minutes=1) <= cache.KEPT_WITHOUT[outcome] <= timedelta(hours=1)
    later(cache.KEPT_WITHOUT[outcome])
    assert cache.recall("a") is None


def test_a_site_that_may_be_back_is_asked_again_in_seconds(later: Move) -> None:
    down = Answer(Outcome.UNREACHABLE, NOTHING, worth_retrying=True)
    answered("a", down)
    assert cache.recall("a") == down
    later(timedelta(seconds=5))
    assert cache.recall("a") is None


def test_somebody_who_wants_to_try_again_gets_past_a_failure_and_not_past_a_find() -> None:
    answered("a", Answer(Outcome.BLOCKED, NOTHING))
    answered("b")
    cache.forget_failure("a")
    cache.forget_failure("b")
    assert (cache.recall("a"), cache.recall("b")) == (None, FOUND)


def test_a_lease_is_for_one_and_ends_by_itself(later: Move) -> None:
    dead = cache.take("a")
    assert dead
    assert cache.take("a") is None
    later(cache.LEASE)
    heir = cache.take("a")
    assert heir
    cache.keep(dead, Answer(Outcome.NO_DATA, NOTHING))  # it was only slow: its heir's answer counts
    cache.give_back(dead)
    assert (cache.recall("a"), cache.take("a")) == (None, None)
    cache.keep(heir, FOUND)
    assert cache.recall("a") == FOUND


def test_a_lease_that_is_given_back_is_free() -> None:
    lease = cache.take("a")
    assert lease
    cache.give_back(lease)
    assert cache.take("a")


@pytest.mark.django_db(transaction=True)
def test_of_many_who_want_it_at_once_one_gets_the_lease() -> None:
    got = at_once([lambda: cache.take("a")] * 8)
    assert len([lease for lease in got if isinstance(lease, Lease)]) == 1


def test_what_no_database_takes_is_left_out_and_what_is_long_is_cut() -> None:
    answered("a", Answer(Outcome.FOUND, replace_title("K\0e\ud800t\u202etle" + "x" * 10_000)))
    answer = cache.recall("a")
    assert answer
    assert answer.product["title"] == "Kettle" + "x" * (cache.LONGEST_TEXT - 9)


def replace_title(title: str) -> Product:
    return Product(**{**KETTLE, "title": title})


def test_what_has_expired_goes_and_then_what_was_not_used_for_longest(later: Move) -> None:
    answered("expired", Answer(Outcome.BLOCKED, NOTHING))
    for key in "abcd":
        answered(key)
        later(timedelta(minutes=10))
    cache.recall("a")
    working = cache.take("working")
    later(timedelta(seconds=10))
    assert cache.evict(at_most=3) == 3
    assert set(Extraction.objects.values_list("key", flat=True)) == {"a", "d", "working"}
    assert working


def test_the_schedule_keeps_the_bounds_and_forgets_what_nobody_fetched(later: Move) -> None:
    answered("expired", Answer(Outcome.BLOCKED, NOTHING))
    HandedPage.objects.create(html="old")
    later(timedelta(days=1, seconds=1))
    HandedPage.objects.create(html="new")
    evict.call()
    assert list(HandedPage.objects.values_list("html", flat=True)) == ["new"]
    assert not Extraction.objects.exists()


def test_a_row_says_neither_who_asked_nor_for_what() -> None:
    assert replace(FOUND) == FOUND
    columns = {field.name for field in Extraction._meta.get_fields()}
    assert columns == {
        "key", "outcome", "worth_retrying", "product", "uses", "used_at", "found_at", "expires_at", "leased_until",
        "lease",
    }  # fmt: skip
