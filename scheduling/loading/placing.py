"""Whether goods can be placed in the compartments of a bed: a small search that tries all ways.

A lot lies in one compartment, beside others that it may share a bed with; or it fills up some, and
what is left lies in one more. All these ways are tried, the largest lot first and in exact
fractions, up to ``MOST_STEPS`` steps: a few hundredths of a second.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import combinations

from scheduling.loading.load import NOTHING, Compartment, Material

MOST_STEPS = 1_000
NONE, FULL = Fraction(0), Fraction(1)


class Placing(Enum):
    """What the search found."""

    FITS = "there is a way"
    NO_WAY = "there is none"
    UNSURE = "there are too many to try"


@dataclass(frozen=True)
class Lot:
    """All that is loaded of a material, or of goods without one. Weight in kg, volume in m³."""

    material: Material | None
    weight: Decimal = NOTHING
    volume: Decimal = NOTHING

    @property
    def name(self) -> str:
        """The material's name; empty for goods without one."""
        return self.material.name if self.material else ""

    @property
    def heaping(self) -> Decimal:
        """How many times a level volume may be filled with it."""
        return self.material.heaping if self.material else Decimal(1)

    def clashes_with(self, other: "Lot") -> bool:
        """Whether the two may not share a bed."""
        return bool(self.material and other.material and self.material.clashes_with(other.material))


def placing_of(
    lots: Sequence[Lot], compartments: Sequence[Compartment], *, apart: bool = True
) -> Placing:
    """Return whether there is a way; ``apart=False`` lets clashing lots share a compartment."""
    if _is_too_much(lots, compartments):
        return Placing.NO_WAY
    search = _Search(lots, compartments, apart=apart)
    try:
        return Placing.FITS if search.goes_on(0) else Placing.NO_WAY
    except _TooManyWays:
        return Placing.UNSURE


class _TooManyWays(Exception):
    """All steps are used up."""


@dataclass
class _Part:
    """A compartment while it is filled: which lots lie in it, and how full it is."""

    lots: tuple[int, ...] = ()
    weight: Fraction = NONE
    volume: Fraction = NONE


class _Search:
    def __init__(
        self, lots: Sequence[Lot], compartments: Sequence[Compartment], *, apart: bool
    ) -> None:
        # What is large has the fewest places: it is placed first.
        self.lots = sorted(lots, key=lambda lot: (-lot.weight, -lot.volume))
        self.apart = apart
        self.needs = [[_need(lot, part) for part in compartments] for lot in self.lots]
        self.parts = [_Part() for _part in compartments]
        self.steps = 0

    def goes_on(self, index: int) -> bool:
        """Whether this lot and all after it can be placed beside what is placed."""
        if index == len(self.lots):
            return True
        for filled, last, rest in self._ways(index):
            before = list(self.parts)
            for at in filled:
                self.parts[at] = self._with(index, at, self._room(index, at))
            self.parts[last] = self._with(index, last, rest)
            if self.goes_on(index + 1):
                return True
            self.parts = before
        return False

    def _ways(self, index: int) -> Iterator[tuple[tuple[int, ...], int, Fraction]]:
        """Yield which compartments this lot would fill up, the last one, and what is left for it.

        Those that would hold all of it are never filled up: nothing would be left.
        """
        beside = [at for at in range(len(self.parts)) if self._may_lie_in(index, at)]
        rooms = {at: self._room(index, at) for at in beside}
        narrow = [at for at in beside if NONE < rooms[at] < FULL]
        for size in range(len(narrow) + 1):
            for filled in combinations(narrow, size):
                rest = FULL - sum((rooms[at] for at in filled), NONE)
                for last in beside:
                    self._step()
                    if last not in filled and NONE < rest <= rooms[last]:
                        yield filled, last, rest

    def _may_lie_in(self, index: int, at: int) -> bool:
        lot, beside = self.lots[index], self.parts[at].lots
        return not (self.apart and any(lot.clashes_with(self.lots[one]) for one in beside))

    def _room(self, index: int, at: int) -> Fraction:
        """Return what share of the lot there is room for, 1 for all of it."""
        part, (weight, volume) = self.parts[at], self.needs[index][at]
        return min(
            FULL,
            (FULL - part.weight) / weight if weight else FULL,
            (FULL - part.volume) / volume if volume else FULL,
        )

    def _with(self, index: int, at: int, share: Fraction) -> _Part:
        part, (weight, volume) = self.parts[at], self.needs[index][at]
        return _Part(
            (*part.lots, index), part.weight + share * weight, part.volume + share * volume
        )

    def _step(self) -> None:
        self.steps += 1
        if self.steps > MOST_STEPS:
            raise _TooManyWays


def _is_too_much(lots: Sequence[Lot], compartments: Sequence[Compartment]) -> bool:
    """Whether all compartments together are too small, which no search needs to find out."""
    weights = [part.most_weight for part in compartments]
    volumes = [part.most_volume for part in compartments]
    weight = sum((Fraction(lot.weight) for lot in lots), NONE)
    level = sum((Fraction(lot.volume) / Fraction(lot.heaping) for lot in lots), NONE)
    return _exceeds(weight, weights) or _exceeds(level, volumes)


def _exceeds(amount: Fraction, limits: Sequence[Decimal | None]) -> bool:
    known = [Fraction(limit) for limit in limits if limit]
    return len(known) == len(limits) and amount > sum(known)


def _need(lot: Lot, part: Compartment) -> tuple[Fraction, Fraction]:
    """Return how many times the lot would fill the compartment, by weight and by volume."""
    weight = Fraction(lot.weight) / Fraction(part.most_weight) if part.most_weight else NONE
    volume = NONE
    if part.most_volume:
        volume = Fraction(lot.volume) / (Fraction(part.most_volume) * Fraction(lot.heaping))
    return weight, volume
