"""Switches: who is on which side, what a look costs, and how soon a change acts elsewhere."""

import time
from collections.abc import Callable
from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from waffle.models import Flag

from tests.support.budgets import COLD
from tests.support.cast import World, make_world, person
from tests.support.processes import other_process
from wishare.accounts.models import User
from wishare.core import flags
from wishare.core.caching import Audience, Fragment, render_fragments
from wishare.core.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


@pytest.fixture
def unlimited(monkeypatch: pytest.MonkeyPatch) -> None:
    """The previous queries ask more often than a page may."""
    monkeypatch.delitem(COLD, "wishlists")


def people(number: int) -> list[User]:
    """Accounts by number alone: a switch looks at nothing else."""
    return [User(pk=pk) for pk in range(1, number + 1)]


def on(name: str, among: list[User]) -> set[int]:
    return {user.pk for user in among if flags.is_on(name, user)}


def command(*arguments: str) -> list[str]:
    output = StringIO()
    call_command("flags", *arguments, stdout=output)
    return output.getvalue().splitlines()


def test_without_a_row_caching_is_on_and_the_previous_queries_off() -> None:
    user = User(pk=1)
    assert flags.fragment_caching_for(user)
    assert not flags.previous_query_pattern_for(user)
    assert flags.cache_generation() == 0
    assert flags.caches_cleared_at() is None


@pytest.mark.parametrize("share", [1, 10, 50, 99])
def test_a_share_is_about_that_many_people_and_always_the_same(share: int) -> None:
    everyone = people(2000)
    flags.set_share("previous_query_pattern", share)
    first = on("previous_query_pattern", everyone)
    assert abs(len(first) - 20 * share) < 100
    flags.forget()
    assert on("previous_query_pattern", everyone) == first


def test_a_larger_share_only_adds_people() -> None:
    everyone, before = people(500), set[int]()
    for share in range(0, 101, 5):
        flags.set_share("previous_query_pattern", share)
        now = on("previous_query_pattern", everyone)
        assert before <= now
        before = now
    assert len(before) == 500


def test_two_switches_choose_different_people() -> None:
    everyone = people(1000)
    for name in flags.SWITCHES:
        flags.set_share(name, 50)
    first, second = (on(name, everyone) for name in flags.SWITCHES)
    assert 150 < len(first & second) < 350


def test_a_place_is_the_same_in_every_release_and_process() -> None:
    """Another hash would put everybody on another side in the middle of a rollout."""
    assert [flags.place("fragment_caching", user) for user in people(6)] == [46, 47, 90, 16, 68, 45]


def test_a_share_of_n_are_the_first_n_places() -> None:
    user = User(pk=1)
    for share, expected in ((46, False), (47, True)):
        flags.set_share("fragment_caching", share)
        assert flags.fragment_caching_for(user) is expected


def test_visitors_belong_to_no_share_but_to_everyone() -> None:
    for share, expected in ((0, False), (99, False), (100, True)):
        flags.set_share("fragment_caching", share)
        assert flags.fragment_caching_for(AnonymousUser()) is expected


@pytest.mark.parametrize(("name", "share"), [("spy", 50), ("", 0), (flags.GENERATION, 1)])
def test_an_unknown_switch_is_refused(name: str, share: int) -> None:
    with pytest.raises(Refused, match="no switch"):
        flags.set_share(name, share)
    assert not Flag.objects.exists()


@pytest.mark.parametrize("share", [-1, 101, 10**9])
def test_a_share_is_between_0_and_100(share: int) -> None:
    with pytest.raises(Refused, match="from 0 to 100"):
        flags.set_share("fragment_caching", share)
    assert not Flag.objects.exists()


def test_turning_a_switch_tells_how_it_was() -> None:
    assert flags.set_share("fragment_caching", 30) == 100
    assert flags.set_share("fragment_caching", 0) == 30
    assert flags.set_share("fragment_caching", 100) == 0
    assert flags.share_of("fragment_caching") == 100


def test_waffles_own_command_turns_the_same_switches() -> None:
    call_command("waffle_flag", "previous_query_pattern", "--everyone", "--create", stdout=StringIO())
    flags.forget()
    assert flags.previous_query_pattern_for(User(pk=1))


def test_all_looks_together_cost_one_query_and_then_none() -> None:
    def look() -> int:
        with CaptureQueriesContext(connection) as queries:
            flags.fragment_caching_for(User(pk=1))
            flags.previous_query_pattern_for(User(pk=1))
            flags.cache_generation()
        return len(queries)

    flags.forget()
    assert [look(), look(), look()] == [1, 0, 0]


def test_clearing_the_caches_draws_everything_anew_and_touches_no_key() -> None:
    drawn: list[int] = []

    def load(missing: list[int]) -> dict[int, dict[str, str]]:
        drawn.extend(missing)
        return {number: {"url": "/x", "label": "Label", "current": "Here"} for number in missing}

    fragments = {1: Fragment("components/crumbs.html", Audience.PUBLIC, ("row", 1, 7))}
    first = render_fragments(fragments, load)
    assert render_fragments(fragments, load) == first
    assert drawn == [1]
    flags.clear_caches()
    assert render_fragments(fragments, load) == first
    assert drawn == [1, 1]
    assert render_fragments(fragments, load) == first
    assert drawn == [1, 1]


def test_a_generation_never_comes_back() -> None:
    numbers = []
    for _ in range(3):
        flags.clear_caches()
        numbers.append(flags.cache_generation())
    assert numbers == sorted(set(numbers))
    assert Flag.objects.count() == 1
    cleared = flags.caches_cleared_at()
    assert cleared
    assert abs(cleared.timestamp() - time.time()) < 60


def test_a_change_by_another_process_acts_within_a_second() -> None:
    """The other process wrote to the database and could not tell ours."""
    user = person("Nora Near")
    assert flags.fragment_caching_for(user)
    Flag.objects.create(name="fragment_caching", everyone=False)
    Flag.objects.create(name=flags.GENERATION, note="7")
    assert flags.fragment_caching_for(user)
    assert flags.cache_generation() == 0
    assert seconds_until(lambda: not flags.fragment_caching_for(user)) < 2
    assert flags.cache_generation() == 7


@pytest.mark.django_db(transaction=True)
def test_the_command_in_another_process_acts_here() -> None:
    user = person("Nora Near")
    assert not flags.previous_query_pattern_for(user)
    shown = other_process("flags", "on", "previous_query_pattern")
    assert shown == "previous_query_pattern: on"
    assert seconds_until(lambda: flags.previous_query_pattern_for(user)) < 2
    other_process("flags", "clear-caches")
    assert seconds_until(lambda: flags.cache_generation() > 0) < 2


def test_the_command_shows_and_turns() -> None:
    assert command() == ["fragment_caching: on", "previous_query_pattern: off", "caches cleared: never"]
    assert command("off", "fragment_caching") == ["fragment_caching: off"]
    assert command("percent", "previous_query_pattern", "25") == ["previous_query_pattern: on for 25%"]
    assert command("clear-caches") == ["Everything is drawn anew from now on."]
    listed = command("list")
    assert listed[:2] == ["fragment_caching: off", "previous_query_pattern: on for 25%"]
    assert listed[2].endswith("UTC")
    assert command("on", "fragment_caching") == ["fragment_caching: on"]


@pytest.mark.parametrize("previous", [0, 100])
@pytest.mark.parametrize("caching", [0, 100])
def test_the_page_is_the_same_whatever_is_switched(caching: int, previous: int, world: World, unlimited: None) -> None:
    client = world.client("friend")
    usual = page_of(client)
    flags.set_share("fragment_caching", caching)
    flags.set_share("previous_query_pattern", previous)
    assert [page_of(client), page_of(client)] == [usual, usual]


def test_switches_act_on_the_index(world: World, unlimited: None) -> None:
    """More queries without the cache, and more again the way it was done before; none for the switches themselves."""
    client = world.client("friend")

    def queries() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            page_of(client)
        assert not [query for query in captured.captured_queries if "waffle" in query["sql"]]
        return [query["sql"] for query in captured.captured_queries]

    def turned(name: str, share: int) -> int:
        flags.set_share(name, share)
        flags.share_of(name)
        return len(queries())

    page_of(client)
    warm = len(queries())
    uncached = turned("fragment_caching", 0)
    previous = turned("previous_query_pattern", 100)
    assert warm < uncached < previous
    turned("previous_query_pattern", 0)
    assert turned("fragment_caching", 100) == warm
    flags.clear_caches()
    flags.cache_generation()
    assert len(queries()) == uncached
    assert len(queries()) == warm


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("on", "spy"), "invalid choice: 'spy' (choose from"),
        (("percent", "fragment_caching", "half"), "invalid int value: 'half'"),
        (("percent", "fragment_caching", "101"), "from 0 to 100"),
        (("percent", "fragment_caching"), "required: N"),
        (("on",), "required: name"),
        (("burn",), "invalid choice: 'burn'"),
    ],
)
def test_the_command_says_what_is_wrong(arguments: tuple[str, ...], said: str) -> None:
    with pytest.raises(CommandError) as wrong:
        command(*arguments)
    assert said in str(wrong.value)
    assert not Flag.objects.exists()


def page_of(client: Client) -> str:
    """The lists of a person, without the token that is new each time."""
    response = client.get("/wishlists")
    assert response.status_code == 200
    return response.content.decode().replace(str(response.context["csrf_token"]), "TOKEN")


def seconds_until(done: Callable[[], bool]) -> float:
    """How long it took; fails after ten seconds."""
    started = time.monotonic()
    while not done():
        assert time.monotonic() - started < 10
        time.sleep(0.02)
    return time.monotonic() - started
