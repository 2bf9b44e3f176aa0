"""The deliveries that wait for what is made for their orders."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from odoo_bridge.selectors.productions import ShownProduction
from scheduling.models import Job
from scheduling.selectors.awaited import Awaited


@dataclass(frozen=True)
class Waiting:
    """A delivery that waits; ``leaves_at`` is when its run starts, if it is planned.

    ``is_missed``: the run starts before that is made.
    """

    order: str
    customer: str
    truck: str
    leaves_at: dt.datetime | None
    is_missed: bool


def open_jobs(order_ids: Collection[int]) -> Mapping[int, list[Job]]:
    """Return what is still to be delivered of these orders, with its run; one query."""
    jobs = (
        Job.objects.filter(order__in=order_ids, state__in=Job.OPEN_STATES)
        .select_related("order__customer__parent", "stop__run__truck__vehicle")
        .order_by("stop__run__starts_at", "pk")
    )
    found: defaultdict[int, list[Job]] = defaultdict(list)
    for job in jobs:
        found[job.order_id or 0].append(job)
    return found


def order_of(shown: ShownProduction) -> int | None:
    """Return the key of the order that it is made for, where Odoo knows."""
    return shown.order.order_line.order_id if shown.order.order_line else None


def waiting_for(shown: ShownProduction, jobs: Mapping[int, list[Job]]) -> list[Waiting]:
    """Return the deliveries that wait for it, out of the open jobs of its order."""
    order_id = order_of(shown)
    return [_waiting(shown, job) for job in jobs.get(order_id, [])] if order_id else []


def _waiting(shown: ShownProduction, job: Job) -> Waiting:
    stop = getattr(job, "stop", None)
    customer = job.customer
    return Waiting(
        order=job.name,
        customer=customer.shown_name if customer else "",
        truck=str(stop.run.truck) if stop else "",
        leaves_at=stop.run.starts_at if stop else None,
        is_missed=stop is not None and Awaited.of(shown).misses(stop.run.starts_at),
    )
