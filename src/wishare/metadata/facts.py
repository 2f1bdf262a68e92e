"""What one source says about a page's product."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from wishare.metadata.tables import word_set

PRODUCTS = word_set(
    "product productgroup individualproduct productmodel someproducts vehicle car motorcycle book videogame"
)


@dataclass(frozen=True, slots=True)
class Price:
    """An amount, and the currency if its source named one."""

    amount: Decimal
    currency: str | None = None
    text: str = ""  # as it is shown, if it was read where people read


@dataclass(frozen=True, slots=True)
class Facts:
    """Empty where the source is silent."""

    title: str | None = None
    description: str | None = None
    image: str | None = None
    price: Price | None = None
    currency: str | None = None
    is_certain: bool = True  # False for what counts only on a page that is a product's for other reasons
    kinds: frozenset[str] = frozenset()  # the schema.org types of what the source describes
    weight: int = 0  # how much speaks for one product's page where a source was found that only these have

    @property
    def is_product(self) -> bool:
        """Does the source call it a thing that is sold?"""
        return not self.kinds.isdisjoint(PRODUCTS)
