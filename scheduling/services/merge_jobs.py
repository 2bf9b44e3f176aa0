"""Let one truck bring what was on two."""

from odoo_bridge.services.promise_split import promise_merger
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.deadlocks import begins_anew
from scheduling.errors import NotSplit
from scheduling.models import Job
from scheduling.selectors.parts import job_to_split
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import Seen, lock_jobs
from scheduling.services.plan_job import note_move
from scheduling.services.split_job import follow_up, lock_plan, refuse_unfinished
from scheduling.services.unplan_job import take_off


@begins_anew
def merge_jobs(*, one: Seen, other: Seen, by: User) -> Job:
    """Let the older of two deliveries of an order bring the goods of both; return that.

    It stays where it is planned; the other one leaves its run, and ends.

    :raises NotSplit: they are of two orders or go to two places, or Odoo has more to do before.
    :raises JobMoved: somebody else has changed one of them since the page was made.
    :raises JobClosed: one is done, or was cancelled in Odoo.
    :raises PlanLocked: the run or the stop of one is locked.
    """
    lock_jobs(sorted((one, other), key=lambda seen: seen.job_id), states=Job.OPEN_STATES)
    jobs = [job for seen in (one, other) if (job := job_to_split(seen.job_id))]
    refuse_strangers(*jobs)
    for job in jobs:
        refuse_unfinished(job)
    whole, part = sorted(jobs, key=lambda job: job.picking.known_odoo_id)
    stop = lock_plan(whole)
    lock_plan(part)
    # What the customer was told is told of the other one, too: it is not taken back with this one.
    part.notice, part.told_day = None, None
    part.save(update_fields=["notice", "told_day"])
    left = take_off(part, by=by)
    promise_merger(whole=whole.picking, part=part.picking, by=by)
    note_move(part, Job.State.CANCELLED, by=by)
    note_move(whole, Job.State(whole.state), by=by)
    record(by=by, what="loads merged", target=whole, new={"part": part.pk})
    check_runs(*left.judge)
    follow_up(whole, stop, by=by)
    return whole


def refuse_strangers(one: Job, other: Job) -> None:
    """:raises NotSplit: they do not bring goods of one order to one place."""
    if one.pk == other.pk or one.is_pickup or one.order_id != other.order_id:
        raise NotSplit("Only two deliveries of one order can be merged.")
    if one.picking.destination_id != other.picking.destination_id:
        raise NotSplit("These go to two places: they cannot be merged.")
