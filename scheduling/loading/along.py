"""What is on a bed along the stops: deliveries are loaded at the yard, pickups at their stops."""

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import accumulate

from scheduling.loading.load import NOTHING, Bed, Goods
from scheduling.loading.problems import Problem, problems_of

Load = tuple[bool, Sequence[Goods]]  # whether it is picked up, and what it is


def most_on_bed(stops: Iterable[tuple[bool, Decimal]]) -> Decimal:
    """Return the most that is on the bed at once, of such an amount of each stop in their order.

    Of each stop is said whether it is picked up there.
    """
    listed = list(stops)
    loaded = sum((amount for is_pickup, amount in listed if not is_pickup), NOTHING)
    changes = (amount if is_pickup else -amount for is_pickup, amount in listed)
    return max(accumulate(changes, initial=loaded))


def beds_along(stops: Sequence[Load]) -> list[list[Goods]]:
    """Return what is on the bed from the yard on, and from each stop on that picks something up.

    Between these it only becomes less.
    """
    loaded = [(at, goods) for at, (is_pickup, goods) in enumerate(stops) if not is_pickup]
    on_bed = [[one for _at, goods in loaded for one in goods]]
    picked: list[Goods] = []
    for at, (is_pickup, goods) in enumerate(stops):
        if is_pickup:
            picked += goods
            still = [one for place, goods in loaded if place > at for one in goods]
            on_bed.append([*still, *picked])
    return on_bed


def problems_along(stops: Sequence[Load], bed: Bed) -> list[Problem]:
    """Return what is wrong with what is on the bed at any time, each once: where it is worst."""
    worst: dict[tuple[object, ...], Problem] = {}
    for goods in beds_along(stops):
        for problem in problems_of(goods, bed):
            key = (problem.kind, problem.materials, problem.most)
            if key not in worst or _size(problem) > _size(worst[key]):
                worst[key] = problem
    return list(worst.values())


def _size(problem: Problem) -> tuple[Decimal, int]:
    return problem.amount or NOTHING, problem.trips or 0
