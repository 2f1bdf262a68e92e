"""One process of a long run: makes steps, and says in lines of JSON how far it is and what it found.

python -m tests.coherence.worker STEPS SEED
"""

import json
import sys
import time
import traceback
from dataclasses import dataclass

import pytest

#: Seconds between two lines.
EVERY = 1.0


@dataclass
class Order:
    """A plugin of pytest, which brings the settings and the database of the suite."""

    steps: int
    seed: int

    @pytest.fixture
    def order(self) -> "Order":
        return self


class Progress:
    """Counts steps, and tells of them now and then."""

    def __init__(self) -> None:
        self.steps, self._told_at = 0, time.monotonic()

    def step(self, difference: str) -> None:
        if difference:
            self.tell(seen=difference)
            return
        self.steps += 1
        if time.monotonic() - self._told_at >= EVERY:
            self.tell()

    def tell(self, **found: str) -> None:
        self._told_at = time.monotonic()
        try:
            print(json.dumps({"steps": self.steps, **found}), flush=True)
        except BrokenPipeError:  # nobody listens any more
            raise KeyboardInterrupt from None


@pytest.mark.django_db
def test_long_run(order: Order) -> None:
    from tests.coherence.machine import run  # once there are settings
    from tests.coherence.pages import DifferenceError

    progress = Progress()
    try:
        run(order.steps, order.seed, told=progress.step)
    except DifferenceError as error:
        progress.tell(difference="\n".join([str(error), *getattr(error, "__notes__", [])]))
    except Exception:
        progress.tell(error=traceback.format_exc())
    else:
        progress.tell()


def main(steps: str, seed: str) -> int:
    options = ["-s", "-p", "no:xdist", "-p", "no:cacheprovider"]
    return int(pytest.main([__file__, *options], plugins=[Order(int(steps), int(seed))]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
