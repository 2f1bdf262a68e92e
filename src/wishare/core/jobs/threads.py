"""The threads that run jobs in this process: workers, their heartbeat, the schedule."""

import logging
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence

from django.db import DatabaseError, close_old_connections, connections

from wishare.core.jobs import rows, running
from wishare.core.jobs.heartbeat import BEAT_SECONDS, Heartbeat
from wishare.core.jobs.schedule import Schedule
from wishare.core.jobs.waking import BELL

POLL_SECONDS = (0.1, 1.0)
RECOVERY_SECONDS = 1.0
logger = logging.getLogger("wishare.jobs")


class Repeating(ABC, threading.Thread):
    """Takes a step again and again until it is told to stop, with a database connection of its own.

    A step that raises is logged and taken again: nothing but the end of the process ends the thread.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name=name, daemon=True)
        self.stopping = threading.Event()

    @abstractmethod
    def step(self) -> float:
        """Does what there is to do; returns how many seconds to wait before the next one."""

    def wait(self, seconds: float) -> None:
        self.stopping.wait(seconds)

    def run(self) -> None:
        try:
            while not self.stopping.is_set():
                self.wait(self._careful_step())
        finally:
            connections.close_all()

    def _careful_step(self) -> float:
        close_old_connections()
        try:
            return self.step()
        except Exception as error:
            known = isinstance(error, DatabaseError)  # an outage needs no traceback a second
            logger.error("%s: %s", self.name, type(error).__qualname__, exc_info=not known)
            return RECOVERY_SECONDS


class WorkerThread(Repeating):
    """Runs one job after the other; without one it looks again after 0.1 s, later every second, or when woken."""

    def __init__(self, queues: Sequence[str], worker: str) -> None:
        super().__init__(f"worker {worker[-6:]}")
        self._queues, self._worker = queues, worker
        self._idle, self._heard = POLL_SECONDS[0], BELL.rings
        self._in_doubt = False

    def step(self) -> float:
        """In doubt after an error: a claim or an outcome may be written or not, so what we hold is put back first."""
        if self._in_doubt:
            self._put_back()
        self._heard, self._in_doubt = BELL.rings, True
        found = running.run_next(self._queues, self._worker)
        self._in_doubt = False
        self._idle = POLL_SECONDS[0] if found else min(self._idle * 1.5, POLL_SECONDS[1])
        return 0 if found else self._idle

    def wait(self, seconds: float) -> None:
        if seconds and BELL.wait(self._heard, seconds):
            self._idle = POLL_SECONDS[0]

    def _put_back(self) -> None:
        for job, worker in rows.running():
            if worker == self._worker:
                rows.put_back(job)


class HeartbeatThread(Repeating):
    def __init__(self, heartbeat: Heartbeat) -> None:
        super().__init__("heartbeat")
        self._heartbeat = heartbeat

    def step(self) -> float:
        self._heartbeat.beat()
        return BEAT_SECONDS


class ScheduleThread(Repeating):
    def __init__(self) -> None:
        super().__init__("schedule")
        self._schedule = Schedule()

    def step(self) -> float:
        return self._schedule.tick()


class Crew:
    """The threads of a process. Started by whoever serves, stopped before the process ends."""

    def __init__(self, *, queues: Sequence[str] = (), workers: int = 0, schedule: bool = False) -> None:
        self._heartbeat = Heartbeat(queues, workers) if workers else None
        self._threads: list[Repeating] = [ScheduleThread()] if schedule else []
        self._late: list[Repeating] = []
        self._started = False
        if self._heartbeat:
            names = [f"{self._heartbeat.id}/{number}" for number in range(workers)]
            self._threads += [WorkerThread(queues, name) for name in names]
            self._late = [HeartbeatThread(self._heartbeat)]

    def start(self) -> None:
        """The worker is known before it claims its first job."""
        self._started = True
        if self._heartbeat:
            self._heartbeat.show()
        connections.close_all()  # this thread has no further use for one before the end
        for thread in (*self._late, *self._threads):
            thread.start()

    def stop(self, seconds: float) -> None:
        """Lets running jobs finish for so long; what is left is put back for others. The heart beats to the end.

        Nothing happens where nothing was started.
        """
        if not self._started:
            return
        deadline = time.monotonic() + seconds
        for threads in (self._threads, self._late):
            for thread in threads:
                thread.stopping.set()
            BELL.ring()
            for thread in threads:
                thread.join(max(deadline - time.monotonic(), 0.1))
        if self._heartbeat:
            try:
                self._heartbeat.end()
            except DatabaseError:
                logger.exception("what was running is left to others")
            finally:
                connections.close_all()
