"""How large the data sets are. People own five lists in the mean, and lists hold five wishes."""

from dataclasses import dataclass
from datetime import date

#: The day around which everything happened and will happen; the same on every machine.
DAY = date(2026, 11, 1)
#: How many years of history there are before `DAY`.
YEARS = 3
MOST_FRIENDS = 1000


@dataclass(frozen=True)
class Size:
    """One data set: the number of its lists decides the rest."""

    name: str
    lists: int

    @property
    def people(self) -> int:
        return self.lists // 5

    @property
    def hubs(self) -> range:
        """People with very many friends: one in two thousand, at least one."""
        return range(self.people // 2 % 2000 or 1000, self.people + 1, 2000)

    @property
    def hub_friends(self) -> int:
        return min(MOST_FRIENDS, self.people // 4)


SIZES = {size.name: size for size in (Size("S", 10**3), Size("M", 10**5), Size("L", 10**6))}
