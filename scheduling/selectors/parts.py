"""The parts of an order's load: which delivery a job is, and with which it can be merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, Decimal

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce

from odoo_bridge.models import Move
from scheduling.loading.along import most_on_bed
from scheduling.models import Job, Stop, Truck
from scheduling.selectors.jobs import brought, moves_of, ordered_goods
from scheduling.selectors.loads import goods_of, materials_of

NOTHING = Decimal(0)
CENT = Decimal("0.01")


def number_of_part(job: str = "") -> dict[str, Coalesce]:
    """Return what counts the deliveries of a job's order, and which of them it is, for a query.

    :param job: the path to the job with its ``__``, where the query is of something else.
    """
    of_order = Job.objects.filter(order=OuterRef(f"{job}order")).exclude(state=Job.State.CANCELLED)
    return {
        "part": _count(of_order.filter(pk__lte=OuterRef(f"{job}pk"))),
        "parts": _count(of_order),
    }


def counted(row: Job | Stop) -> dict[str, int]:
    """Return what ``number_of_part`` has counted, of a row of such a query."""
    return {name: getattr(row, name) for name in ("part", "parts")}


def _count(jobs: QuerySet[Job]) -> Coalesce:
    grouped = jobs.order_by().values("order").annotate(number=Count("pk"))
    return Coalesce(Subquery(grouped.values("number")), 0, output_field=IntegerField())


@dataclass(frozen=True)
class Line:
    """One product of a load: how much it is, and what one unit of it weighs and fills."""

    move: Move
    quantity: Decimal
    weight: Decimal
    volume: Decimal

    @property
    def key(self) -> str:
        """The name of its field."""
        return f"goes-{self.move.pk}"

    @property
    def step(self) -> Decimal:
        """What of it stays one piece: whole units where there are only such."""
        return Decimal(1) if self.quantity == self.quantity.to_integral_value() else CENT


@dataclass(frozen=True)
class Room:
    """What is left on the job's truck until it has left, in kg and m³; ``None``: nobody knows."""

    truck: Truck
    weight: Decimal | None
    volume: Decimal | None


def job_to_split(job_id: int) -> Job | None:
    """Return a job with all that splitting it looks at."""
    moves = Prefetch("picking__moves", Move.objects.select_related("product").order_by("pk"))
    jobs = Job.objects.select_related(*Job.OF_A_NAME, "stop__run__truck__vehicle")
    return jobs.prefetch_related(moves).filter(pk=job_id).first()


def lines_of(job: Job) -> list[Line]:
    """Return what the job brings, as far as Odoo knows it; three queries."""
    moves = [move for move in moves_of(job) if move.product]
    materials = materials_of(move.product.pk for move in moves if move.product)
    one_each = goods_of([(m.product, Decimal(1)) for m in moves if m.product], materials)
    return [
        Line(move, brought(move), goods.weight, goods.volume)
        for move, goods in zip(moves, one_each, strict=True)
    ]


def others_of(job: Job) -> list[Job]:
    """Return the open deliveries of the same order to the same place, the oldest first."""
    others = Job.objects.filter(
        order=job.order_id,
        state__in=Job.OPEN_STATES,
        picking__destination=job.picking.destination_id,
    )
    others = others.exclude(pk=job.pk).select_related("picking", "stop__run__truck__vehicle")
    return list(others.order_by("pk"))


def room_for(job: Job) -> Room | None:
    """Return what the job's truck has left beside the other stops of its run; ``None``: no run."""
    stop = getattr(job, "stop", None)
    if stop is None:
        return None
    truck = stop.run.truck
    moves = Prefetch("job__picking__moves", Move.objects.select_related("product").order_by("pk"))
    others = Stop.objects.filter(run=stop.run, job__state=Job.State.SCHEDULED).exclude(pk=stop.pk)
    beside = others.exclude(job__kind=Job.Kind.PICKUP, position__gt=stop.position)
    beside = beside.select_related("job__picking").prefetch_related(moves).order_by("position")
    loads = [(one.job.is_pickup, ordered_goods(one.job)) for one in beside]
    materials = materials_of(product.pk for _is_pickup, load in loads for product, _number in load)
    goods = [(is_pickup, one) for is_pickup, load in loads for one in goods_of(load, materials)]
    return Room(
        truck,
        _left(truck.most_weight, [(is_pickup, one.weight) for is_pickup, one in goods]),
        _left(truck.most_volume, [(is_pickup, one.volume) for is_pickup, one in goods]),
    )


def _left(most: Decimal, loaded: Sequence[tuple[bool, Decimal]]) -> Decimal | None:
    """Return what is left beside what is brought and fetched, as ``most_on_bed`` takes it."""
    return max(most - most_on_bed(loaded), NOTHING) if most else None


def what_does_not_fit(lines: Sequence[Line], room: Room | None) -> dict[int, Decimal]:
    """Return how much of each line must leave for the rest to fit, by its move's key.

    Nothing where all of it fits, where nothing would stay, or where nobody knows.
    """
    if room is None:
        return {}
    leaves, weight, volume = {}, room.weight, room.volume
    for line in lines:
        fits = [
            (left / one).quantize(line.step, ROUND_DOWN)
            for left, one in ((weight, line.weight), (volume, line.volume))
            if left is not None and one
        ]
        stays = min([line.quantity, *fits])
        leaves[line.move.pk] = line.quantity - stays
        weight = None if weight is None else weight - stays * line.weight
        volume = None if volume is None else volume - stays * line.volume
    total = sum((line.quantity for line in lines), NOTHING)
    return leaves if NOTHING < sum(leaves.values(), NOTHING) < total else {}


@dataclass(frozen=True)
class Share:
    """What a part of a load weighs and fills, and how full the truck is with what stays, in %."""

    weight: Decimal
    volume: Decimal
    weight_percent: int | None = None
    volume_percent: int | None = None


def shares_of(
    lines: Sequence[Line], leaves: Mapping[int, Decimal], room: Room | None
) -> tuple[Share, Share]:
    """Return what stays, with how full its truck is then, and what goes."""
    weight = sum((line.weight * line.quantity for line in lines), NOTHING)
    volume = sum((line.volume * line.quantity for line in lines), NOTHING)
    goes = Share(
        sum((line.weight * leaves.get(line.move.pk, NOTHING) for line in lines), NOTHING),
        sum((line.volume * leaves.get(line.move.pk, NOTHING) for line in lines), NOTHING),
    )
    stays = Share(weight - goes.weight, volume - goes.volume)
    if room is not None:
        stays = replace(
            stays,
            weight_percent=_percent(stays.weight, room.weight, room.truck.most_weight),
            volume_percent=_percent(stays.volume, room.volume, room.truck.most_volume),
        )
    return stays, goes


def _percent(load: Decimal, left: Decimal | None, most: Decimal) -> int | None:
    return None if left is None else round(100 * (most - left + load) / most)
