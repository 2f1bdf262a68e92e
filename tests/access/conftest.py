"""One world for a module; whatever a test does to it is rolled back."""

from tests.support.fixtures import shared_world, world

__all__ = ["shared_world", "world"]
