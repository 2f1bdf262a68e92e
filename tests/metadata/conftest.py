"""A shop that the fetcher may ask."""

from tests.support.fixtures import shop

__all__ = ["shop"]
