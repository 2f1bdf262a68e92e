"""Redis as the cache: a real one, one that is stopped, one that hangs, one that comes back."""

import logging
import signal
import time
from pathlib import Path
from queue import Empty
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from redis import Redis

from tests.caching.redises import WINDOW, Clock, HangingServer, in_threads, redis_on, using
from tests.support import servers
from tests.support.cast import World, client_of, make_world, person
from wishare.accounts.models import User
from wishare.core.caching.backend import Breaker, Connections, WaitingLine
from wishare.core.errors import Refused
from wishare.core.ratelimit import limit
from wishare.wishlists.actions import lists


@pytest.fixture
def port() -> int:
    return servers.free_port()


@pytest.fixture
def url(port: int) -> str:
    return f"redis://127.0.0.1:{port}/0"


@pytest.fixture
def world(db: None) -> World:
    return make_world()


# --- while it is there --------------------------------------------------------------------------------------------
@pytest.mark.redis
def test_everything_django_asks_of_a_cache(redis_url: str) -> None:
    with using(redis_url):
        assert cache.add("a", 1)
        assert not cache.add("a", 2)
        assert cache.incr("a") == 2
        assert cache.decr("a", 5) == -3
        assert cache.set_many({"b": "two", "c": {"three": 3}}) == []
        assert cache.get_many(["a", "b", "c", "d"]) == {"a": -3, "b": "two", "c": {"three": 3}}
        assert "b" in cache
        assert cache.touch("b", 10)
        assert cache.delete("b")
        assert not cache.delete("b")
        assert cache.get("b", "gone") == "gone"
        assert cache.get_or_set("e", lambda: "made") == "made"
        cache.delete_many(["a", "c"])
        assert cache.get_many(["a", "c", "e"]) == {"e": "made"}
        with pytest.raises(ValueError, match="nothing"):
            cache.incr("nothing")
        cache.clear()
        assert cache.get("e") is None


@pytest.mark.redis
def test_keys_have_the_namespace_and_live_as_long_as_configured(redis_url: str) -> None:
    with using(redis_url), Redis.from_url(redis_url) as redis:
        cache.set("plum", "cake")
        [key] = redis.keys("*")
        assert key == b"wishare:1:plum"
        assert 3590 < redis.ttl(key) <= 3600


@pytest.mark.redis
def test_a_pool_opens_five_connections_and_lets_the_others_wait(redis_url: str) -> None:
    with Redis.from_url(redis_url) as redis, using(redis_url):
        others = {client["id"] for client in redis.client_list()}
        cache.set("plum", "cake")
        pool = Connections._pools[redis_url]
        assert type(pool).__name__ == "BlockingConnectionPool"
        assert (pool.max_connections, pool.timeout) == (5, 5)
        assert in_threads(20, lambda: [cache.get("plum") for _ in range(20)].count("cake")) == [20] * 20
        assert 1 <= len({client["id"] for client in redis.client_list()} - others) <= 5
        assert "Hiredis" in pool.connection_kwargs["parser_class"].__name__


def test_threads_that_start_together_share_one_pool(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, made = Connections.get_connection_pool, list[object]()

    def slowly(self: Connections, params: dict[str, Any]) -> object:
        time.sleep(0.05)
        made.append(make(self, params))
        return made[-1]

    monkeypatch.setattr(Connections, "_pools", {})  # an earlier test may have used the same port
    monkeypatch.setattr(Connections, "get_connection_pool", slowly)
    with using(url):
        in_threads(8, lambda: cache.get("plum"))
    assert len(made) == 1


# --- while it is not ----------------------------------------------------------------------------------------------
ABSENT: list[tuple[str, tuple[Any, ...], Any]] = [
    ("get", ("plum",), None),
    ("get", ("plum", "default"), "default"),
    ("get_many", (["plum"],), {}),
    ("get_or_set", ("plum", "made"), "made"),
    ("set", ("plum", "cake"), None),
    ("set_many", ({"plum": "cake"},), ["plum"]),
    ("add", ("lock", 1), True),
    ("incr", ("uses",), 1),
    ("decr", ("uses", 2), -2),
    ("touch", ("plum",), False),
    ("delete", ("plum",), False),
    ("delete_many", (["plum"],), None),
    ("has_key", ("plum",), False),
    ("clear", (), None),
]


@pytest.mark.parametrize(("operation", "arguments", "answer"), ABSENT)
def test_without_redis_a_cache_forgets_and_nothing_fails(
    operation: str, arguments: tuple[Any, ...], answer: Any, url: str
) -> None:
    """The call that finds out, the calls that are spared, and the one that tries again."""
    with using(url) as clock:
        for _ in range(3):
            assert getattr(cache, operation)(*arguments) == answer
            assert getattr(cache, operation)(*arguments) == answer
            clock.now += WINDOW + 1


def test_a_redis_that_hangs_is_asked_once_a_window_by_the_whole_process() -> None:
    with HangingServer() as server, using(server.url) as clock:
        for _ in range(3):
            cache.get("plum")
        assert server.connections == 1
        in_threads(16, lambda: [cache.get("plum"), cache.add("lock", 1), cache.set_many({"a": 1})])
        assert server.connections == 1
        clock.now += WINDOW - 0.1
        cache.get("plum")
        assert server.connections == 1
        clock.now += 0.2
        in_threads(16, lambda: cache.get("plum"))
        assert server.connections == 2


def test_who_waits_for_a_connection_while_redis_hangs_does_not_try_as_well() -> None:
    """One connection for sixteen threads at once: its user finds out, the others learn it in the line."""
    one = {"max_connections": 1, "timeout": 5}
    for _ in range(5):
        with HangingServer() as server, using(server.url, CONNECTION_POOL_KWARGS=one):
            in_threads(16, lambda: cache.get("plum"))
            assert server.connections == 1


def test_a_connection_that_comes_back_broken_is_for_nobody_in_the_line() -> None:
    breaker = Breaker(WINDOW, Clock())
    line = WaitingLine(breaker, 1)
    assert breaker.allows()
    line.put(SimpleNamespace(is_connected=True))
    whole = line.get()
    line.put(SimpleNamespace(is_connected=False))
    with pytest.raises(Empty):
        line.get()
    assert whole.is_connected
    assert line.full()  # the place itself is not lost
    assert not breaker.allows()


def test_one_line_in_the_log_when_it_goes_and_one_when_it_is_back(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    clock = Clock()
    breaker = Breaker(WINDOW, clock)
    for _ in range(3):
        breaker.failed("refused")
        clock.now += WINDOW
        assert breaker.allows()
    breaker.succeeded()
    breaker.succeeded()
    lines = [record.getMessage() for record in caplog.records]
    assert len(lines) == 2
    assert "refused" in lines[0]
    assert lines[1] == "Redis answers again"


def test_a_breaker_lets_one_try_a_window() -> None:
    clock = Clock()
    breaker = Breaker(WINDOW, clock)
    assert breaker.allows()
    breaker.failed("refused")
    asked = []
    for _ in range(20):
        asked.append([breaker.allows() for _ in range(3)])
        clock.now += 1
    assert [seconds for seconds, answers in enumerate(asked) if answers[0]] == [5, 10, 15]
    assert not any(answer for answers in asked for answer in answers[1:])


# --- gone, and back -----------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_pages_are_right_while_redis_is_killed_and_comes_back(
    world: World, url: str, port: int, tmp_path: Path
) -> None:
    client, plain = world.client("friend"), page_of(world.client("friend"))
    with using(url) as clock:
        with redis_on(port, tmp_path):
            assert [page_of(client), page_of(client)] == [plain, plain]
        assert page_of(client) == plain
        lists.edit_wishlist(wishlist=world.christmas, name="Christmas at home")
        changed = page_of(client)
        assert "Christmas at home" in changed
        with redis_on(port, tmp_path), Redis.from_url(url) as redis:
            assert page_of(client) == changed
            assert redis.dbsize() == 0  # left alone: the window is not over
            clock.now += WINDOW + 1
            assert page_of(client) == changed
            cache.set("plum", "cake")
            assert redis.get("wishare:1:plum") is not None


@pytest.mark.django_db
def test_old_entries_that_come_back_with_redis_are_not_shown(world: World, url: str, port: int, tmp_path: Path) -> None:
    """Redis freezes with cards in it, a list changes meanwhile, and Redis goes on as if nothing had been."""
    client = world.client("friend")
    with redis_on(port, tmp_path) as process, using(url) as clock:
        before = page_of(client)
        process.send_signal(signal.SIGSTOP)
        lists.edit_wishlist(wishlist=world.christmas, name="Christmas at home")
        changed = page_of(client)
        process.send_signal(signal.SIGCONT)
        clock.now += WINDOW + 1
        assert page_of(client) == changed != before
        assert page_of(client) == changed


@pytest.mark.django_db
def test_a_page_costs_a_hanging_redis_one_connection_and_is_right(world: World) -> None:
    client = world.client("friend")
    plain = page_of(client)
    with HangingServer() as server, using(server.url):
        assert [page_of(client) for _ in range(3)] == [plain] * 3
        assert server.connections == 1


@pytest.mark.django_db
def test_limits_fail_open_without_waiting(rf: Any) -> None:
    """allauth takes a lock in the cache first: one that is never had would refuse after a second."""
    request = rf.post("/")
    request.user = person("Petra Plenty")
    with HangingServer() as server, using(server.url):
        for _ in range(40):
            limit(request, "invite")
        assert server.connections == 1


@pytest.mark.redis
@pytest.mark.django_db
def test_limits_count_in_redis(rf: Any, redis_url: str) -> None:
    request = rf.post("/")
    request.user = person("Petra Plenty")
    with using(redis_url):
        for _ in range(30):
            limit(request, "invite")
        with pytest.raises(Refused):
            limit(request, "invite")


@pytest.mark.django_db
def test_nobody_is_signed_out(url: str) -> None:
    client = client_of(person("Stay Here"))
    with using(url):
        assert client.get("/wishlists").status_code == 200
    assert User.objects.filter(last_login__isnull=False).exists()


def page_of(client: Client) -> str:
    """The lists of a person, without the token that is new each time."""
    response = client.get("/wishlists")
    assert response.status_code == 200
    text = response.content.decode()
    token = response.context["csrf_token"]
    return text.replace(str(token), "TOKEN")
