"""Jobs as the board shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Prefetch, prefetch_related_objects

from odoo_bridge.models import Move, Product, bookkeeping
from scheduling.models import Job, Place

MIRRORS_OF_A_CARD = (
    "order",
    "order__customer",
    "order__customer__parent",
    "order__currency",
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
    """A job with everything that its card says. Weight in kg, volume in m³."""

    job: Job
    customer: str
    address: str
    order: str
    total: Decimal
    currency: str
    load: list[LoadItem]
    weight: Decimal
    volume: Decimal

    @property
    def needs_pin(self) -> bool:
        """Nobody could find the address, and it is still to be driven to."""
        place = self.job.place
        return self.job.is_open and place is not None and place.state == Place.State.NOT_FOUND


def card_of(job: Job) -> JobCard:
    """Return the card of a job whose order, transfer and moves are loaded."""
    order, picking = job.order, job.picking
    goods = ordered_goods(job)
    return JobCard(
        job=job,
        customer=order.customer.shown_name if order.customer else "",
        address=picking.destination.address if picking.destination else "",
        order=order.name,
        total=order.total,
        currency=order.currency.symbol if order.currency else "",
        load=[LoadItem(p.name, demand, p.unit) for p, demand in goods],
        weight=sum((p.weight * demand for p, demand in goods), Decimal(0)),
        volume=sum((p.volume * demand for p, demand in goods), Decimal(0)),
    )


def load_goods(jobs: Sequence[Job]) -> None:
    """Read what these jobs bring; one query."""
    moves = Move.objects.select_related("product").defer(*bookkeeping("", "product"))
    prefetch_related_objects([job.picking for job in jobs], Prefetch("moves", moves.order_by("pk")))


def ordered_goods(job: Job) -> list[tuple[Product, Decimal]]:
    """Return what a job brings, and how much of each; its transfer's moves are loaded."""
    picking = job.picking
    # A move that was taken off the transfer may still be mirrored: the transfer's list decides.
    moves = [move for move in picking.moves.all() if move.odoo_id in picking.move_ids]
    return [(move.product, move.demand) for move in moves if move.product]
