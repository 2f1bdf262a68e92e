"""The coherence machine: after every write, through whatever door, pages from the cache are the pages without it."""

from math import ceil
from random import Random
from typing import Any, ClassVar

from django.core.cache import cache
from django.db import transaction
from hypothesis import Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.coherence import writes_doors, writes_lists, writes_people  # noqa: F401 (they fill the table of writes)
from tests.coherence.stage import WRITES, Stage, perform, set_stage

STEPS_A_WORLD, WORLDS_A_SEED = 100, 50
#: How many pages a step looks at that need not have to do with what was written.
ANY_PAGES = 1
#: More often than the others: what the rest needs.
OFTEN = ("list_created", "item_added", "item_added", "item_edited", "copy_saved", "visibility_changed", "copy_taken")


class Coherence(RuleBasedStateMachine):
    """One world: a stage that is set once and rolled back to at the end."""

    stage: ClassVar[Stage]
    steps: ClassVar[int]
    worlds: ClassVar[int]

    def __init__(self) -> None:
        super().__init__()
        type(self).worlds += 1
        cache.clear()
        self.browsers = dict(self.stage.browsers.open)
        self.random = Random(0)
        self.differs = False
        self.transaction = transaction.atomic()
        self.transaction.__enter__()

    @rule(name=st.sampled_from([*WRITES, *OFTEN]), chance=st.integers(0, 2**32 - 1))
    def write(self, name: str, chance: int) -> None:
        """One write and then some looks; `chance` decides which rows, values, viewers and pages."""
        if self.worlds == 1:  # Hypothesis begins with the simplest world: the same write again and again
            return
        type(self).steps += 1
        self.random = Random(chance)
        concerned = perform(name, self.stage, self.random)
        for about in [*concerned[:1], *[None] * ANY_PAGES]:
            self.look(about)

    def look(self, about: int | None) -> None:
        browsers = self.stage.browsers
        self.differs = True
        browsers.compare(browsers.any_look(self.random, about))
        self.differs = False

    def teardown(self) -> None:
        """Everybody looks at everything, unless a difference was found already; then the world is as it was."""
        try:
            if not self.differs and self.worlds > 1:
                for look in self.stage.browsers.all_looks(self.random):
                    self.stage.browsers.compare(look)
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)
            self.stage.browsers.open = self.browsers
            self.stage.copies.clear()


def run(steps: int, number: int, *, shrink: bool = True) -> int:
    """Runs worlds until they have made at least so many steps, from the seed `number` on; returns how many they made.

    Raises DifferenceError for the first page that differs, after Hypothesis has found a short way to it.
    """
    stage, done = set_stage(), 0
    while done < steps:
        worlds = min(WORLDS_A_SEED, ceil((steps - done) / STEPS_A_WORLD))
        done += _run_once(stage, worlds, number + done, shrink=shrink)
    return done


def _run_once(stage: Stage, worlds: int, number: int, *, shrink: bool) -> int:
    made: Any = type("Machine", (Coherence,), {"stage": stage, "steps": 0, "worlds": 0})
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    chosen = settings(
        max_examples=worlds + 1, stateful_step_count=STEPS_A_WORLD, phases=phases, database=None, derandomize=False
    )
    run_state_machine_as_test(seed(number)(made), settings=chosen)
    return int(made.steps)
