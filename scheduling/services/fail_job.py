"""The driver was there, and nothing was handed over or fetched."""

import datetime as dt
import uuid

from django.db import transaction

from odoo_bridge.commands import RefuseDelivery
from odoo_bridge.outbox import enqueue
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from scheduling.models import Job
from scheduling.services.check_runs import check_runs
from scheduling.services.complete_job import refuse_closed
from scheduling.services.lock_stop import lock_stop
from scheduling.services.open_run import lock_runs
from scheduling.services.plan_job import note_move, step_aside


@transaction.atomic
def fail_job(
    *,
    stop_id: int,
    delivery_uuid: uuid.UUID,
    at: dt.datetime,
    reason: str,
    goes_again: bool,
    by: User,
) -> Job:
    """Let the job go again another day, or never; Odoo learns why of a delivery.

    One that goes again is to be scheduled, and off its run. One that does not is cancelled, and
    stays where it was: its order is the office's to settle. What is fetched always goes again: Odoo
    waits for it until somebody cancels it there.

    :param delivery_uuid: the driver's own act, by which Odoo's note is made once.
    :raises StopGone: the office has taken it off its run.
    :raises JobClosed: it is done already, or was cancelled in Odoo.
    """
    stop = lock_stop(stop_id=stop_id)
    job, run_id = stop.job, stop.run_id
    refuse_closed(job)
    goes_again = goes_again or job.is_pickup
    if goes_again:
        lock_runs(run_id)
        stop.refresh_from_db(fields=["position"])
        step_aside(stop)
        stop.delete()
    new = {"at": at, "run": run_id, "reason": reason, "goes again": goes_again}
    record(by=by, what="not taken", target=job, new=new)
    if job.order is not None:
        command = RefuseDelivery(
            delivery_uuid=delivery_uuid,
            order_uuid=job.order.uuid,
            order_odoo_id=job.order.known_odoo_id,
            **job.picking.in_commands,
            refused_at=at,
            driver=str(by),
            reason=reason,
            goes_again=goes_again,
        )
        entry = enqueue(command, by=by)
        job.call_off = None if goes_again else entry
        job.save(update_fields=["call_off"])
    note_move(job, Job.State.TO_SCHEDULE if goes_again else Job.State.CANCELLED, by=by)
    check_runs(run_id)
    touch("board")
    return job
