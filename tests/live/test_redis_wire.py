"""The wire over a Redis that is killed, frozen, started again, or never was one."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from tests.caching.redises import HangingServer, redis_on
from tests.live.ends import CAKE, PLUM, Make, eventually, maker, settled
from tests.support import servers
from wishare.core.caching.backend import breaker_of
from wishare.core.pubsub import MISSED, Poke
from wishare.core.pubsub.redis import RedisWire

pytestmark = pytest.mark.once


class frozen:  # noqa: N801 - reads as a sentence
    """Redis accepts and answers nothing for a while."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._process = process

    def __enter__(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def __exit__(self, *error: object) -> None:
        self._process.send_signal(signal.SIGCONT)


@pytest.fixture
def port() -> int:
    return servers.free_port()


@pytest.fixture
def ends(port: int) -> Iterator[Make]:
    url = f"redis://127.0.0.1:{port}/0"
    breaker_of(url, 5).seconds = 0.5
    with ExitStack() as stack:
        yield maker(stack, RedisWire, url=url, retry_seconds=0.1)


@pytest.mark.redis
def test_after_a_restart_of_redis_everybody_looks_again_and_hears_again(ends: Make, port: int, tmp_path: Path) -> None:
    heard = list[Poke]()
    with redis_on(port, tmp_path):
        ends(heard)
        sender = ends()
        settled(sender, heard)
    sender.send(PLUM)
    assert heard == []
    with redis_on(port, tmp_path):
        assert eventually(lambda: MISSED in heard)
        heard.clear()
        settled(sender, heard)


@pytest.mark.redis
def test_pokes_lost_in_a_short_pause_are_made_up_for(ends: Make, port: int, tmp_path: Path) -> None:
    """Shorter than who listens would notice."""
    heard = list[Poke]()
    with redis_on(port, tmp_path) as process:
        ends(heard)
        sender = ends()
        settled(sender, heard)
        with frozen(process):
            began = time.monotonic()
            sender.send(PLUM)
            assert time.monotonic() - began < 0.6, "a quarter of a second, on a busy machine"
            began = time.monotonic()
            sender.send(CAKE)
            assert time.monotonic() - began < 0.1, "the breaker knows"
        assert eventually(lambda: MISSED in heard)


@pytest.mark.redis
def test_a_redis_that_hangs_is_noticed_by_who_listens(ends: Make, port: int, tmp_path: Path) -> None:
    heard = list[Poke]()
    with redis_on(port, tmp_path) as process:
        ends(heard)
        settled(ends(), heard)
        with frozen(process):
            time.sleep(6.5)
        assert eventually(lambda: MISSED in heard)


def test_while_redis_is_away_pages_look_for_themselves(ends: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("wishare.core.pubsub.redis.LOOK_SECONDS", 0.3)
    heard = list[Poke]()
    ends(heard)
    assert eventually(lambda: heard.count(MISSED) > 2)


def test_a_server_that_never_answers_costs_many_writers_a_quarter_of_a_second_once() -> None:
    with HangingServer() as server:
        end = RedisWire(url=server.url)
        began = time.monotonic()
        threads = [Thread(target=end.send, args=[PLUM]) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
        for _ in range(20):
            end.send(PLUM)
        spent = time.monotonic() - began
        end.stop()
    assert spent < 1.5
