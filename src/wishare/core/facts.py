"""What happened, said by an action to whom it may concern: to the handlers in `reactions.py`."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from django.conf import settings
from django.db import connection, transaction


class Fact:
    """Something that an action has done. Each app has its own in `facts.py`: small frozen dataclasses."""


def happened(fact: Fact) -> None:
    """Calls the handlers for a fact: some at once, in the action's transaction; the others after it is committed.

    The table of handlers is the module that the setting REACTIONS names, as ROOT_URLCONF names that of routes.
    A handler after the commit that fails is logged and does not keep the next from running.
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("A fact and what it says belong in one transaction.")
    reactions = import_module(settings.REACTIONS)
    for react in reactions.AT_ONCE.get(type(fact), ()):
        react(fact)
    for react in reactions.AFTER_COMMIT.get(type(fact), ()):
        _after_commit(react, fact)


def _after_commit(react: Callable[[Any], object], fact: Fact) -> None:
    def run() -> None:  # a function with a name: Django logs it
        react(fact)

    transaction.on_commit(run, robust=True)
