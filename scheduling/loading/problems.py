"""What is wrong with a load on a truck, and with a truck at a place."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from itertools import combinations
from math import ceil

from scheduling.loading.load import NOTHING, Bed, Compartment, Goods, Limit, Material
from scheduling.loading.placing import Lot, Placing, placing_of

MayTake = Callable[[Material | None], Decimal]


class Kind(Enum):
    """What is wrong."""

    OVERWEIGHT = "too heavy for the truck"
    OVERVOLUME = "too much for the truck"
    CLASH = "may not share a bed"
    NOT_APART = "no compartments keep them apart"
    NO_COMPARTMENT = "does not fit the compartments"
    UNSURE = "too many ways to place it to try them all"
    TOO_WIDE = "the truck is too wide for the place"
    TOO_HIGH = "the truck is too high for the place"
    TOO_HEAVY = "the truck with its load is too heavy for the place"


@dataclass(frozen=True)
class Problem:
    """Something wrong, in figures: kg of a weight, m³ of a volume, m of a length.

    ``materials`` are names, in alphabetical order; none where it is about all that is loaded.
    ``amount`` stands against ``most``. An ``amount`` of ``None`` beside a ``most`` is unknown;
    without both, materials with limits of their own share the truck, of which they take ``share``
    times what there is. The load needs at least ``trips`` trips, where that is known.
    """

    kind: Kind
    materials: tuple[str, ...] = ()
    amount: Decimal | None = None
    most: Decimal | None = None
    share: Fraction | None = None
    trips: int | None = None

    @property
    def over(self) -> Decimal | None:
        """By how much it is too much; ``None`` where no one figure says so."""
        return None if self.amount is None or self.most is None else self.amount - self.most

    @property
    def is_certain(self) -> bool:
        """Whether it is known to be wrong, and not only unknown to be right."""
        unknown = self.amount is None and self.most is not None
        return not unknown and self.kind != Kind.UNSURE


@dataclass(frozen=True)
class Size:
    """How large an empty truck is, in m and kg; ``None`` for unknown."""

    width: Decimal | None = None
    height: Decimal | None = None
    empty_weight: Decimal | None = None


@dataclass(frozen=True)
class Gate:
    """What a place lets in, in m and kg with the load; ``None`` for anything."""

    most_width: Decimal | None = None
    most_height: Decimal | None = None
    most_weight: Decimal | None = None


def problems_of(goods: Iterable[Goods], bed: Bed) -> list[Problem]:
    """Return what is wrong with these goods on this bed at once.

    Of several materials, each takes a share of the bed: its weight of what the truck takes of it,
    its volume likewise; the shares are at most 1 together. Goods of unknown weight or volume, and
    limits that nobody knows, say nothing. Where the load is too much as a whole, compartments are
    only asked whether they keep apart what clashes: how it fits them shows when it is less.
    """
    lots = _lots(goods)
    too_much = [
        *_too_much(Kind.OVERWEIGHT, [(one.material, one.weight) for one in lots], _heaviest(bed)),
        *_too_much(Kind.OVERVOLUME, [(one.material, one.volume) for one in lots], _largest(bed)),
    ]
    return [*too_much, *_misplaced(lots, bed, sizes_count=not too_much)]


def fits_site(size: Size, load: Decimal, gate: Gate) -> list[Problem]:
    """Return why a truck with ``load`` kg cannot go there, or why nobody knows whether it can."""
    weight = None if size.empty_weight is None else size.empty_weight + load
    if weight is None and gate.most_weight is not None and load > gate.most_weight:
        weight = load  # too heavy already without the truck
    pairs = [
        (Kind.TOO_WIDE, size.width, gate.most_width),
        (Kind.TOO_HIGH, size.height, gate.most_height),
        (Kind.TOO_HEAVY, weight, gate.most_weight),
    ]
    return [
        Problem(kind, amount=amount, most=most)
        for kind, amount, most in pairs
        if most is not None and (amount is None or amount > most)
    ]


def _lots(goods: Iterable[Goods]) -> list[Lot]:
    """Return the goods by material, in a steady order; those without one are a lot together."""
    lots: dict[int | None, Lot] = {}
    for one in goods:
        key = one.material.key if one.material else None
        lot = lots.get(key, Lot(one.material))
        weight, volume = lot.weight + one.weight, lot.volume + one.volume
        lots[key] = replace(lot, weight=weight, volume=volume)
    return sorted(lots.values(), key=lambda lot: (lot.name, lot.material is None))


def _heaviest(bed: Bed) -> MayTake:
    def most(material: Material | None) -> Decimal:
        own = _limit(bed, material).most_weight
        return bed.most_weight if own is None else own

    return most


def _largest(bed: Bed) -> MayTake:
    def most(material: Material | None) -> Decimal:
        own = _limit(bed, material).most_volume
        heaping = material.heaping if material else 1
        return bed.most_volume * heaping if own is None else own

    return most


def _limit(bed: Bed, material: Material | None) -> Limit:
    return bed.limits.get(material.key, Limit()) if material else Limit()


def _too_much(
    kind: Kind, amounts: Iterable[tuple[Material | None, Decimal]], may_take: MayTake
) -> list[Problem]:
    limited = [(m, amount, may_take(m)) for m, amount in amounts if amount and may_take(m)]
    share = sum((Fraction(amount) / Fraction(most) for _m, amount, most in limited), Fraction(0))
    if share <= 1:
        return []
    names = tuple(material.name for material, _amount, _most in limited if material)
    problem = Problem(kind, names if len(names) == len(limited) else (), trips=ceil(share))
    limits = {most for _m, _amount, most in limited}
    if len(limits) > 1:
        return [replace(problem, share=share)]
    amount = sum((amount for _m, amount, _most in limited), NOTHING)
    return [replace(problem, amount=amount, most=limits.pop())]


def _misplaced(lots: Sequence[Lot], bed: Bed, *, sizes_count: bool) -> list[Problem]:
    clashes = [
        (one.name, other.name) for one, other in combinations(lots, 2) if one.clashes_with(other)
    ]
    if not bed.compartments:
        return [Problem(Kind.CLASH, pair) for pair in clashes]
    parts = bed.compartments
    if not sizes_count:
        parts = tuple(Compartment(part.name) for part in parts)
    placing = placing_of(lots, parts)
    if placing == Placing.FITS:
        return []
    if placing == Placing.UNSURE:
        return [Problem(Kind.UNSURE)]
    if clashes and placing_of(lots, parts, apart=False) == Placing.FITS:
        return [Problem(Kind.NOT_APART, pair) for pair in clashes]
    return [Problem(Kind.NO_COMPARTMENT, tuple(lot.name for lot in lots if lot.material))]
