"""How far what was counted is from what it should be."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Variance:
    """A difference in the currency of what was counted: above zero there was too much."""

    amount: Decimal

    @property
    def size(self) -> Decimal:
        """The difference without its sign."""
        return abs(self.amount)

    @property
    def is_short(self) -> bool:
        """Say whether something is missing."""
        return self.amount < 0

    @property
    def is_over(self) -> bool:
        """Say whether there is too much."""
        return self.amount > 0
