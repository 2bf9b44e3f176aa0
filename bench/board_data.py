"""A full day on the board in the portal's own tables, and so many orders behind it.

The day is the same at every size: ``ON_RUNS`` stops on ``TRUCKS`` runs and ``WAITING`` jobs that
are to be scheduled. All other orders were delivered on earlier days.
"""

import datetime as dt
from typing import Any

from django.db import connection

from bench.orders_in_odoo import clone, one
from portal.testing.days import business_today

TRUCKS, ON_RUNS, WAITING = 8, 60, 40
SHOWN = ON_RUNS + WAITING
STOPS_A_RUN = 20  # of those that were delivered
ID = "200000000 + n"  # in Odoo


def fill(orders: int) -> None:
    """Make the day, and as many delivered orders as there are more of them."""
    from odoo_bridge.models import Picking  # noqa: PLC0415 - Django must be set up

    a_day()
    if orders > SHOWN:
        delivered(orders - SHOWN)
    assert Picking.objects.count() == orders
    with connection.cursor() as cursor:
        cursor.execute("vacuum analyze")


def a_day() -> None:
    """Make trucks with a run of today each, their stops, and what is to be scheduled."""
    from portal.testing.mirrors import CurrencyFactory  # noqa: PLC0415 - Django must be set up
    from portal.testing.yard import JobFactory, RunFactory, StopFactory  # noqa: PLC0415

    money = {"picking__order__currency": CurrencyFactory()}
    runs = [RunFactory() for _ in range(TRUCKS)]
    for n in range(ON_RUNS):
        on_run = {f"job__{name}": value for name, value in money.items()}
        StopFactory(run=runs[n % TRUCKS], position=n // TRUCKS, **on_run)
    for _ in range(WAITING):
        JobFactory(**money)


def delivered(number: int) -> None:
    """Add so many orders of earlier days, copied from one that is made for it."""
    from portal.testing.yard import StopFactory  # noqa: PLC0415 - Django must be set up

    earlier = business_today() - dt.timedelta(days=1)
    stop = StopFactory(run__day=earlier, job__state="DONE", job__picking__state="done")
    type(stop).objects.filter(pk=stop.pk).update(done_at=stop.run.ends_at)
    more = number - 1
    job = copies_of_job(stop.job, more)
    before = {name: f"{name} - n * interval '1 day'" for name in ("day", "starts_at", "ends_at")}
    run = copies("scheduling_run", stop.run_id, more // STOPS_A_RUN + 1, **before)
    copies(
        *("scheduling_stop", stop.pk, more),
        run_id=f"{run} + n / {STOPS_A_RUN}",
        position=f"n % {STOPS_A_RUN}",
        job_id=f"{job} + n - 1",
    )


def copies_of_job(job: Any, number: int) -> int:
    """Add copies of a job with an order and a transfer of its own each; return the first's key."""
    picking = job.picking
    order = copies("odoo_bridge_saleorder", job.order_id, number, odoo_id=ID, name="'B' || n")
    order_id, moves = f"{order} + n - 1", f"array[{ID}]"
    pick = copies(
        *("odoo_bridge_picking", picking.pk, number),
        odoo_id=ID,
        order_id=order_id,
        move_ids=moves,
    )
    picking_id, move = f"{pick} + n - 1", picking.moves.get().pk
    copies("odoo_bridge_move", move, number, odoo_id=ID, picking_id=picking_id)
    return copies("scheduling_job", job.pk, number, order_id=order_id, picking_id=picking_id)


def copies(table: str, pk: int, number: int, **values: str) -> int:
    """Add copies of a row as ``clone`` does; return the key of the first, ``n`` of which is 1."""
    connection.ensure_connection()
    clone(connection.connection, table, pk, number, uuid="gen_random_uuid()", **values)
    [last] = one(connection.connection, f"select max(id) from {table}")
    return last - number + 1


def waiting(number: int) -> None:
    """Make so many jobs that are to be scheduled, and nothing else."""
    from portal.testing.mirrors import CurrencyFactory  # noqa: PLC0415 - Django must be set up
    from portal.testing.yard import JobFactory  # noqa: PLC0415

    job = JobFactory(picking__order__currency=CurrencyFactory())
    copies_of_job(job, number - 1)
