"""A bar that fills in place on a terminal, and a line for each tenth elsewhere."""

import sys
import time

WIDTH = 40


class Progress:
    """Counts what is done of a known total."""

    def __init__(self, title: str, total: int, *, quiet: bool = False) -> None:
        self.title, self.total, self.quiet = title, total, quiet
        self.done, self.started = 0, time.monotonic()

    def add(self, number: int) -> None:
        before, self.done = self.done, self.done + number
        if self.quiet:
            return
        if sys.stdout.isatty():
            filled = WIDTH * self.done // self.total
            print(f"\r{self.title}  {'█' * filled}{'░' * (WIDTH - filled)}  {self.done:,} ", end="", flush=True)
        elif self.done * 10 // self.total > before * 10 // self.total:
            print(f"{self.title}  {100 * self.done // self.total:3} %  {self.seconds:.0f} s", flush=True)

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started

    def end(self, text: str) -> None:
        """A last line in place of the bar."""
        if not self.quiet:
            start = "\r\033[K" if sys.stdout.isatty() else ""
            print(f"{start}{text} in {self.seconds:.1f} s", flush=True)
