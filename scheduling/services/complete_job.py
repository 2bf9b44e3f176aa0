"""The delivery, or the pickup, has been made."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db import transaction

from odoo_bridge.commands import Command, CompleteDelivery, CompletePickup, Handed
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.errors import JobClosed
from scheduling.models import Job, Stop
from scheduling.services.lock_job import refuse_what_is_gone
from scheduling.services.lock_stop import lock_stop
from scheduling.services.plan_job import fetched


@transaction.atomic
def complete_job(
    *,
    stop_id: int,
    delivery_uuid: uuid.UUID,
    at: dt.datetime,
    by: User,
    goods: Sequence[Handed] = (),
) -> Stop:
    """Let the stop and its job be done, and promise Odoo the delivery and its invoice, or that
    what was fetched is received.

    :param delivery_uuid: the driver's own act, by which Odoo's note is made once.
    :param goods: what was handed over or fetched of it; nothing here is all. What is left becomes
        another transfer in Odoo, and with it another job.
    :raises StopGone: the office has taken it off its run.
    :raises JobClosed: it is done already, was cancelled in Odoo, or its transfer is gone.
    """
    stop = lock_stop(stop_id=stop_id)
    job = stop.job
    refuse_closed(job)
    job.state, stop.done_at = Job.State.DONE, at
    job.save(update_fields=["state"])
    stop.save(update_fields=["done_at"])
    what = "picked up" if job.is_pickup else "delivered"
    record(by=by, what=what, target=job, new={"at": at, "run": stop.run_id})
    enqueue(_command(job, delivery_uuid, at, driver=str(by), goods=tuple(goods)), by=by)
    touch("board")
    return stop


def refuse_closed(job: Job) -> None:
    """:raises JobClosed: it is done, cancelled in Odoo or on no run, or its transfer is gone."""
    if job.state != Job.State.SCHEDULED:
        state = job.get_state_display().lower()
        raise JobClosed(f"{job.name} is {state} already. Call the office if that is wrong.")
    refuse_what_is_gone(job)


def _command(
    job: Job, key: uuid.UUID, at: dt.datetime, *, driver: str, goods: tuple[Handed, ...]
) -> Command:
    if job.order is None:
        return CompletePickup(
            **fetched(job), pickup_uuid=key, fetched_at=at, driver=driver, goods=goods
        )
    return CompleteDelivery(
        delivery_uuid=key,
        order_uuid=job.order.uuid,
        order_odoo_id=job.order.known_odoo_id,
        **job.picking.in_commands,
        delivered_at=at,
        driver=driver,
        goods=goods,
    )
