"""The coherence machine: after every write, through whatever door, pages from the cache are the pages without it."""

from collections.abc import Callable
from contextlib import ExitStack
from math import ceil
from random import Random
from typing import Any, ClassVar

from django.core.cache import cache
from django.db import transaction
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from tests.coherence import (  # noqa: F401 (they fill the table of writes)
    writes_circle,
    writes_comments,
    writes_doors,
    writes_lists,
    writes_people,
)
from tests.coherence.pages import DifferenceError, Look
from tests.coherence.stage import WRITES, Stage, perform, set_stage

STEPS_A_WORLD, WORLDS_A_SEED = 100, 10
#: For how many steps, on average, somebody goes on looking at one page. What is kept of a page is asked for again only
#: where it was seen a moment ago, as much that is written moves its key anyhow: one has to look before and after.
SAME_PAGE = 8
#: More often than the others: what the rest needs.
OFTEN = ("list_created", "item_added", "item_added", "item_edited", "copy_saved", "visibility_changed", "copy_taken")


class Coherence(RuleBasedStateMachine):
    """One world: a stage that is set once and rolled back to at the end."""

    stage: ClassVar[Stage]
    steps: ClassVar[int]
    worlds: ClassVar[int]
    #: Whether a page differed, in this world or one before it: then only a shorter way to it is looked for.
    found: ClassVar[bool]
    told: ClassVar[Callable[[str], None]]

    def __init__(self) -> None:
        super().__init__()
        type(self).worlds += 1
        cache.clear()
        self.random = Random(0)
        self.window: Look | None = None
        self.differs = False
        self.world = ExitStack()
        self.world.enter_context(self.stage.kept())
        self.world.enter_context(transaction.atomic())

    @rule(name=st.sampled_from([*WRITES, *OFTEN]), chance=st.integers(0, 2**32 - 1))
    def write(self, name: str, chance: int) -> None:
        """One write, with looks before and after; `chance` decides which rows, values, viewers and pages."""
        if self.worlds == 1:  # Hypothesis begins with the simplest world: the same write again and again
            return
        self.random = Random(chance)
        self.open_window()
        concerned = perform(name, self.stage, self.random)
        self.look_after(concerned)
        if not self.found:
            type(self).steps += 1
            type(self).told("")

    def open_window(self) -> None:
        """Somebody goes on with the page they have looked at after the last write, or begins with another."""
        browsers, gone = self.stage.browsers, self.window and self.window.viewer not in self.stage.browsers.open
        if self.window is None or gone or self.random.randrange(SAME_PAGE) == 0:
            at_home = self.random.random() < 0.5
            self.window = browsers.look_at_dashboard(self.random) if at_home else browsers.any_look(self.random)
            self.compare(self.window)

    def look_after(self, concerned: list[int]) -> None:
        """At the same page as before, and at one that has to do with what was written, or at any."""
        browsers = self.stage.browsers
        if self.window and self.window.viewer in browsers.open:
            self.compare(self.window)
        about = self.random.choice(concerned) if concerned and self.random.random() < 0.6 else None
        self.compare(browsers.look_about(about, self.random) if about else browsers.any_look(self.random))

    def compare(self, look: Look) -> None:
        try:
            self.stage.browsers.compare(look)
        except DifferenceError as error:
            self.differs = True
            if not self.found:
                type(self).found = True
                type(self).told(str(error))
            raise

    def teardown(self) -> None:
        """Everybody looks at everything, unless a difference was found already; then the world is as it was."""
        try:
            if not self.differs and self.worlds > 1:
                for look in self.stage.browsers.all_looks(self.random):
                    self.compare(look)
        finally:
            transaction.set_rollback(True)
            self.world.close()


def run(steps: int, number: int, *, shrink: bool = True, told: Callable[[str], None] = lambda _: None) -> int:
    """Runs worlds until they have made at least so many steps, from the seed `number` on; returns how many they made.

    Raises DifferenceError for the first page that differs, after Hypothesis has found a short way to it. `told` is
    called after each step until then, with an empty text, and once with what differs.
    """
    stage, done = set_stage(), 0
    with stage.clock.rules():
        while done < steps:
            worlds = min(WORLDS_A_SEED, ceil((steps - done) / STEPS_A_WORLD))
            try:
                done += _run_once(stage, worlds, number + done, shrink=shrink, told=told)
            except Exception as error:
                error.add_note(f"seed {number + done}")
                raise
    return done


def _run_once(stage: Stage, worlds: int, number: int, *, shrink: bool, told: Callable[[str], None]) -> int:
    told_of = {"stage": stage, "steps": 0, "worlds": 0, "found": False, "told": staticmethod(told)}
    made: Any = type("Machine", (Coherence,), told_of)
    phases = [Phase.generate, *([Phase.shrink] if shrink else [])]
    chosen = settings(
        max_examples=worlds + 1,
        stateful_step_count=STEPS_A_WORLD,
        phases=phases,
        database=None,
        derandomize=False,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(number)(made), settings=chosen)
    return int(made.steps)
