"""The goods are with the customer, or those to fetch are on the truck."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from drivers.errors import LoadChanged, OddQuantity
from drivers.models import StopAction
from drivers.selectors.claims import mark_of
from drivers.services.write_ticket import write_ticket
from odoo_bridge.commands import Handed
from portal.core.templatetags.figures import quantity as in_words
from scheduling.models import Job, Stop
from scheduling.selectors.jobs import brought, load_goods, moves_of
from scheduling.services.complete_job import complete_job


@dataclass(frozen=True)
class Line:
    """So much of a move, by the key of its mirror, and why it is not all."""

    move: int
    quantity: Decimal
    reason: str


def lines_of(details: Mapping[str, Any]) -> tuple[Line, ...]:
    """Return the lines of a delivery as its act was kept."""
    kept = details.get("lines") or ()
    return tuple(
        Line(int(one["move"]), Decimal(str(one["quantity"])), one.get("reason", "")) for one in kept
    )


def deliver_stop(action: StopAction, stop: Stop, load: str, said: Mapping[str, Any]) -> None:
    """Let the stop be done, and promise Odoo the delivery and its invoice, or the receipt.

    A delivery gets its ticket.

    ``lines`` of what was said are what was handed over in part; what they do not name was handed
    over whole. ``load`` is the mark of what the phone was told that the stop brings.

    :raises JobClosed: it is done already, or was cancelled in Odoo.
    :raises LoadChanged: the office has split or merged the load since.
    :raises OddQuantity: with the product that is wrong.
    """
    job = stop.job
    load_goods([job])
    moves = {move.pk: move for move in moves_of(job)}
    whole = {key: brought(move) for key, move in moves.items()}
    if mark_of(whole.items()) != load:
        raise LoadChanged(f"The load of {job.name} was changed meanwhile. The office decides.")
    lines = {line.move: line for line in said.get("lines", ())}
    if lines.keys() - whole.keys():
        raise LoadChanged(f"{job.name} does not bring all of this any more. The office decides.")
    for key, line in lines.items():
        refuse_odd_line(str(moves[key].product), whole[key], line.quantity, line.reason)
    handed = {key: lines[key].quantity if key in lines else most for key, most in whole.items()}
    if not any(handed.values()) and whole:
        raise OddQuantity("Nothing was handed over. Say that it was not taken, and why.")
    in_part = handed != whole
    complete_job(
        stop_id=stop.pk,
        delivery_uuid=action.uuid,
        at=action.done_at,
        by=action.by,
        goods=_goods(job, handed) if in_part else _all_of(job, whole),
    )
    write_ticket(action, job.pk, handed)


def refuse_odd_line(product: str, most: Decimal, quantity: Decimal, reason: str) -> None:
    """:raises OddQuantity: more than there was, or less without a reason."""
    if quantity > most:
        raise OddQuantity(
            f"{product}: {in_words(quantity)} are more than the {in_words(most)} of this stop."
        )
    if quantity < most and not reason:
        raise OddQuantity(f"{product}: say why it was less than {in_words(most)}.")


def _all_of(job: Job, whole: Mapping[int, Decimal]) -> tuple[Handed, ...]:
    """Return what was handed over where Odoo may count something else as all of it; else nothing.

    While Odoo is to split the transfer or to merge another one with it, somebody may still drop
    that promise: what the transfer brings then was not handed over, or not only that.
    """
    moves = moves_of(job)
    if not any(move.stays is not None or move.stands_for_odoo_id for move in moves):
        return ()
    return tuple(
        Handed(move_odoo_id=move.stands_for_odoo_id or move.known_odoo_id, quantity=whole[move.pk])
        for move in moves
    )


def _goods(job: Job, handed: Mapping[int, Decimal]) -> tuple[Handed, ...]:
    """Return what was handed over as Odoo knows it.

    :raises LoadChanged: Odoo has not split or merged yet what the stop brings.
    """
    moves = {move.pk: move for move in moves_of(job)}
    if any(move.odoo_id is None or move.stays is not None for move in moves.values()):
        raise LoadChanged(f"Odoo has not split {job.name} yet. The office decides what counts.")
    return tuple(
        Handed(move_odoo_id=moves[key].known_odoo_id, quantity=quantity)
        for key, quantity in handed.items()
        if quantity
    )
