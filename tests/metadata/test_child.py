"""A page can cost its own process and nothing else."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from decimal import Decimal
from pathlib import Path

import pytest

from wishare.metadata.child import BusyError, CrashedError, ExtractionError, Limits, Pool, TooBigError, TooSlowError
from wishare.metadata.extractor import Status

pytestmark = pytest.mark.once

URL = "https://shop.example/products/kettle"
KETTLE = b"""<html><head><title>Blue Kettle</title><meta property="og:title" content="Blue Kettle">
<meta property="product:price:amount" content="49.90">
<meta property="product:price:currency" content="EUR"></head></html>"""
# The quotes hide the length of the tag from the guard in page.py: libxml2 would compare attributes for minutes.
ENDLESS = b"<b " + b" ".join(b'a%d="<"' % number for number in range(100_000)) + b">"
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="only Linux limits the address space of a process")
SCARCE = 150 * 1024 * 1024
BIG = b"<b>x</b>" * 600_000


@pytest.fixture
def pool() -> Iterator[Pool]:
    pool = Pool(Limits(processes=1))
    yield pool
    pool.close()


def pids(pool: Pool) -> list[int]:
    return [child.process.pid for child in pool._idle]


def read(pool: Pool, html: bytes = KETTLE) -> Decimal | None:
    return pool.examine(html, URL).product["price"]


def test_the_result_is_the_extractors(pool: Pool) -> None:
    status, product = pool.examine(KETTLE, URL)
    assert status is Status.FOUND
    assert (product["title"], product["price"], product["currency"]) == ("Blue Kettle", Decimal("49.90"), "EUR")


def test_one_process_reads_many_pages(pool: Pool) -> None:
    read(pool)
    first = pids(pool)
    assert [read(pool) for _ in range(20)] == [Decimal("49.90")] * 20
    assert pids(pool) == first


def test_a_page_that_takes_too_long_is_given_up_and_the_next_one_is_read(pool: Pool) -> None:
    read(pool)
    (first,) = pids(pool)
    started = time.monotonic()
    with pytest.raises(TooSlowError):
        pool.examine(ENDLESS, URL)
    assert time.monotonic() - started < 5
    assert not alive(first)
    assert read(pool) == Decimal("49.90")
    assert pids(pool) != [first]


def test_the_kernel_ends_a_process_that_nobody_watches() -> None:
    """The limit on processor time works without the deadline."""
    pool = Pool(Limits(processes=1, seconds=60, processor_seconds=1))
    try:
        started = time.monotonic()
        with pytest.raises(CrashedError):
            pool.examine(ENDLESS, URL)
        assert time.monotonic() - started < 40
        assert read(pool) == Decimal("49.90")
    finally:
        pool.close()


@LINUX
def test_a_page_that_eats_memory_is_given_up_and_the_next_one_is_read() -> None:
    pool = Pool(Limits(processes=1, seconds=20, processor_seconds=20, memory=SCARCE))
    try:
        assert read(pool) == Decimal("49.90")
        with suppress(TooBigError, CrashedError):  # or an answer from as much of the page as there was room for
            pool.examine(BIG, URL)
        assert all(peak(pid) <= SCARCE for pid in pids(pool))
        assert read(pool) == Decimal("49.90")
    finally:
        pool.close()


@LINUX
def test_the_same_page_needs_more_where_there_is_room() -> None:
    """What proves that the limit above limits."""
    roomy = Pool(Limits(processes=1, seconds=20, processor_seconds=20))
    try:
        roomy.examine(BIG, URL)
        assert all(peak(pid) > SCARCE for pid in pids(roomy))
        assert len(pids(roomy)) == 1
    finally:
        roomy.close()


def test_a_process_killed_in_the_middle_of_a_page(pool: Pool) -> None:
    read(pool)
    (victim,) = pids(pool)
    threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
    with pytest.raises(CrashedError):
        pool.examine(ENDLESS, URL)
    assert read(pool) == Decimal("49.90")


def test_a_process_killed_between_pages(pool: Pool) -> None:
    for _ in range(5):
        read(pool)
        (victim,) = pids(pool)
        os.kill(victim, signal.SIGKILL)
        os.waitid(os.P_PID, victim, os.WEXITED | os.WNOWAIT)
    assert read(pool) == Decimal("49.90")


def test_a_process_makes_way_after_its_last_page() -> None:
    pool = Pool(Limits(processes=1, pages=3))
    try:
        assert [read(pool) for _ in range(7)] == [Decimal("49.90")] * 7
        assert all(child.pages < 3 for child in pool._idle)
    finally:
        pool.close()


def test_many_threads_share_few_processes() -> None:
    pool = Pool(Limits(processes=2))
    try:
        with ThreadPoolExecutor(12) as threads:
            pages = [KETTLE.replace(b"49.90", b"%d.00" % number) for number in range(100, 160)]
            found = list(threads.map(lambda page: read(pool, page), pages))
        assert found == [Decimal(number) for number in range(100, 160)]
        assert 1 <= len(pids(pool)) <= 2
    finally:
        pool.close()


def test_threads_are_not_disturbed_by_a_page_of_another() -> None:
    pool = Pool(Limits(processes=2))
    try:
        with ThreadPoolExecutor(4) as threads:
            endless = threads.submit(pool.examine, ENDLESS, URL)
            found = list(threads.map(lambda _: read(pool), range(20)))
        assert found == [Decimal("49.90")] * 20
        with pytest.raises(TooSlowError):
            endless.result()
    finally:
        pool.close()


def test_one_does_not_wait_for_ever_for_a_process() -> None:
    pool = Pool(Limits(processes=1, waiting_seconds=0.2))
    try:
        read(pool)
        with ThreadPoolExecutor(1) as threads:
            endless = threads.submit(pool.examine, ENDLESS, URL)
            time.sleep(0.3)
            with pytest.raises(BusyError):
                read(pool)
            with pytest.raises(TooSlowError):
                endless.result()
        assert read(pool) == Decimal("49.90")
    finally:
        pool.close()


def test_closing_ends_the_processes(pool: Pool) -> None:
    read(pool)
    (pid,) = pids(pool)
    pool.close()
    assert not alive(pid)
    assert read(pool) == Decimal("49.90")


def test_the_process_goes_with_the_one_that_started_it(pool: Pool) -> None:
    """A server that is killed leaves nothing: the other end of the connection closes, and that is the end."""
    read(pool)
    (child,) = pool._idle
    child._connection.close()
    assert child.process.wait(10) == 0
    pool._idle.clear()


def test_no_secret_reaches_the_process(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do-not-tell")
    read(pool)
    (pid,) = pids(pool)
    with suppress(FileNotFoundError):  # no /proc: nothing to look at
        text = Path(f"/proc/{pid}/environ").read_bytes()
        assert b"PYTHONPATH" in text
        assert b"do-not-tell" not in text


def test_a_fork_starts_its_own(pool: Pool) -> None:
    read(pool)
    (pid,) = pids(pool)
    forked = os.fork()
    if not forked:
        code = 1
        with suppress(BaseException):
            pool.forget()
            code = 0 if read(pool) == Decimal("49.90") and pids(pool) != [pid] else 2
            pool.close()
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(forked, 0)[1]) == 0
    assert pids(pool) == [pid]
    assert read(pool) == Decimal("49.90")


def test_every_refusal_is_one_kind_of_error() -> None:
    assert all(issubclass(kind, ExtractionError) for kind in (TooSlowError, TooBigError, CrashedError, BusyError))


def peak(pid: int) -> int:
    """The most address space that a process had, in bytes."""
    status = Path(f"/proc/{pid}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmPeak"))
    return int(line.split()[1]) * 1024


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
