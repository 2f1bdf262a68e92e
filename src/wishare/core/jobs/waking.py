"""How threads that wait for work learn that there is some."""

import threading


class Bell:
    """Wakes all that wait for it. Who remembers the number of the last ring misses none in between."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._rings = 0

    @property
    def rings(self) -> int:
        return self._rings

    def ring(self) -> None:
        with self._condition:
            self._rings += 1
            self._condition.notify_all()

    def wait(self, heard: int, seconds: float) -> bool:
        """Whether it rang since `heard`, waiting for that at most so long."""
        with self._condition:
            return self._condition.wait_for(lambda: self._rings != heard, seconds)


BELL = Bell()
