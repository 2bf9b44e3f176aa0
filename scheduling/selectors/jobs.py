"""Jobs as the board shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from odoo_bridge.models import Move, Picking, Product, bookkeeping
from scheduling.models import Job, Place

MIRRORS_OF_A_CARD = (
    "order",
    "order__customer",
    "order__customer__parent",
    "order__currency",
    "purchase",
    "picking",
    "picking__destination",
    "picking__destination__state",
    "picking__destination__parent",
)
OF_A_CARD = ("place", *MIRRORS_OF_A_CARD)


@dataclass(frozen=True)
class LoadItem:
    """So much of one product."""

    product: str
    quantity: Decimal
    unit: str


@dataclass(frozen=True)
class JobCard:
    """A job with everything that its card says. Weight in kg, volume in m³.

    ``order`` is what people call it.
    It is the ``part``-th of the ``parts`` deliveries of its order.
    """

    job: Job
    customer: str
    address: str
    order: str
    total: Decimal
    currency: str
    load: list[LoadItem]
    weight: Decimal
    volume: Decimal
    part: int = 1
    parts: int = 1

    @property
    def needs_pin(self) -> bool:
        """Nobody could find the address, and it is still to be driven to."""
        place = self.job.place
        return self.job.is_open and place is not None and place.state == Place.State.NOT_FOUND


def card_of(job: Job, *, part: int = 1, parts: int = 1) -> JobCard:
    """Return the card of a job whose order or purchase, transfer and moves are loaded.

    Where something is fetched there is nothing to pay.
    """
    order, customer, there = job.order, job.customer, job.picking.destination
    goods = ordered_goods(job)
    return JobCard(
        job=job,
        customer=customer.shown_name if customer else "",
        address=there.address if there else "",
        order=job.name,
        total=order.total if order else Decimal(0),
        currency=order.currency.symbol if order and order.currency else "",
        load=items_of(goods),
        weight=sum((p.weight * demand for p, demand in goods), Decimal(0)),
        volume=sum((p.volume * demand for p, demand in goods), Decimal(0)),
        part=part,
        parts=parts,
    )


def stream_of(job: Job) -> str:
    """Return the key of what Odoo was promised with regard to a job, beside its run."""
    if job.order:
        return f"order:{job.order.uuid}"
    if job.purchase:
        return f"purchase:{job.purchase.uuid}"
    return f"transfer:{job.picking.uuid}"


def load_goods(jobs: Sequence[Job]) -> None:
    """Read what these jobs bring; one query."""
    moves = Move.objects.select_related("product").defer(*bookkeeping("", "product"))
    prefetch_related_objects([job.picking for job in jobs], Prefetch("moves", moves.order_by("pk")))


def items_of(goods: Sequence[tuple[Product, Decimal]]) -> list[LoadItem]:
    """Return what is brought, each product once: one that was merged again has two moves."""
    amounts: dict[Product, Decimal] = {}
    for product, quantity in goods:
        amounts[product] = amounts.get(product, Decimal(0)) + quantity
    return [LoadItem(one.name, quantity, one.unit) for one, quantity in amounts.items()]


def ordered_goods(job: Job) -> list[tuple[Product, Decimal]]:
    """Return what a job brings, and how much of each; its transfer's moves are loaded."""
    return [(move.product, brought(move)) for move in moves_of(job) if move.product]


def moves_of(job: Job) -> list[Move]:
    """Return the moves by which a job brings something; its transfer's moves are loaded."""
    picking = job.picking
    return [one for one in picking.moves.all() if _is_on(one, picking) and brought(one)]


def brought(move: Move) -> Decimal:
    """Return how much of its product a move brings, when a split that was promised is done."""
    return move.demand if move.stays is None else min(move.demand, move.stays)


def _is_on(move: Move, picking: Picking) -> bool:
    """Say whether a move is on the transfer, or was promised to be.

    One that was taken off may still be mirrored: the transfer's list decides. What stands for a
    move that comes by a merger is there until that has come.
    """
    if move.odoo_id is not None:
        return move.odoo_id in picking.move_ids
    return move.stands_for_odoo_id not in picking.move_ids
