"""Which rule holds for some goods, in some state, on some day."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from drivers.trade.kinds import CORD, CUBIC_FOOT, FEET_OF_A_CORD, Kind, unit_of


class Field(StrEnum):
    """What can be asked for on a ticket, in the order in which a ticket says it."""

    SERIAL = "SERIAL"
    SELLER = "SELLER"
    BUYER = "BUYER"
    DATE = "DATE"
    IDENTITY = "IDENTITY"
    QUANTITY = "QUANTITY"
    PRICED_QUANTITY = "PRICED_QUANTITY"
    PRICE = "PRICE"
    ORIGIN = "ORIGIN"
    UNIT = "UNIT"


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What holds from a day on for goods of a kind; ``state`` is empty where no state says more.

    ``units`` are those in which they may be sold, and ``must_say`` is what the ticket has to name.
    ``kept_days`` is how long the law has a copy kept, ``None`` where it says nothing of that.
    """

    kind: Kind
    state: str
    since: dt.date
    source: str
    units: tuple[str, ...]
    must_say: tuple[Field, ...]
    kept_days: int | None = None


def newest(rules: Iterable[Rule], *, kind: Kind, state: str, on: dt.date) -> Rule | None:
    """Return what holds on a day: the state's own rule, else that of all; ``None``: there is none.

    A rule holds from its day on until a newer one of the same state holds.
    """
    of_kind = [rule for rule in rules if rule.kind == kind and rule.since <= on]
    for where in (state, ""):
        if of_state := [rule for rule in of_kind if rule.state == where]:
            return max(of_state, key=lambda rule: rule.since)
    return None


def as_allowed(quantity: Decimal, said: str, rule: Rule | None) -> tuple[Decimal, str]:
    """Return so much in a unit that the rule allows, where that is the same by definition."""
    unit = unit_of(said)
    if rule and unit == CORD and CORD not in rule.units and CUBIC_FOOT in rule.units:
        return quantity * FEET_OF_A_CORD, CUBIC_FOOT
    return quantity, unit if unit == CORD or (rule and unit in rule.units) else said


def wanted_by(rules: Sequence[Rule]) -> list[Field]:
    """Return what a ticket has to name under all of these rules, in its order."""
    asked = {field for rule in rules for field in rule.must_say}
    return [field for field in Field if field in asked]
