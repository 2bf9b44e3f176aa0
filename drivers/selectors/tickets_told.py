"""The delivery tickets of a day, as the phone shows them without signal."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from drivers.models import DeliveryTicket
from drivers.selectors.ticket_words import items_of, line_told, lines_of_moves, state_of, wanted_of
from odoo_bridge.models import SaleOrderLine
from portal.setup.models import BusinessProfile
from scheduling.models import Job, Stop
from scheduling.selectors.jobs import brought, moves_of

Told = dict[str, Any]


def tickets_told(
    stops: Sequence[Stop], *, business: BusinessProfile, today: dt.date
) -> Mapping[int, Told]:
    """Return the tickets of these stops by the key of the stop; none for what is fetched.

    One that is not written yet has no ``serial``, and says what it will if all is handed over. Two
    queries; what the stops bring is loaded.
    """
    jobs = [stop.job for stop in stops if not stop.job.is_pickup]
    written = {one.job_id: one for one in DeliveryTicket.objects.filter(job__in=jobs)}
    lines = lines_of_moves(move for job in jobs for move in moves_of(job))
    return {
        stop.pk: _written(written[stop.job_id])
        if stop.job_id in written
        else _to_be_written(stop.job, lines, business, today)
        for stop in stops
        if not stop.job.is_pickup
    }


def _written(ticket: DeliveryTicket) -> Told:
    said = ticket.said
    told = {name: said[name] for name in ("required", "lines")}
    return {"serial": ticket.number, **told, "rest": said.get("rest")}


def _to_be_written(
    job: Job, lines: Mapping[int, SaleOrderLine], business: BusinessProfile, today: dt.date
) -> Told:
    moves = moves_of(job)
    whole = {move.pk: brought(move) for move in moves}
    items = items_of(moves, whole, lines=lines, state=state_of(job, business), on=today)
    return {
        "serial": None,
        "required": wanted_of(items),
        "lines": [line_told(item) for item in items],
    }
