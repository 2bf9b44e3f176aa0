"""Let two trucks bring what is too much for one."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from odoo_bridge.models import Move
from odoo_bridge.services.promise_split import promise_split
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.templatetags.figures import quantity as in_words
from scheduling.errors import NotSplit
from scheduling.models import Job, Stop
from scheduling.selectors.parts import CENT, Line, job_to_split, lines_of
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_job import Seen, lock_job
from scheduling.services.open_run import lock_runs
from scheduling.services.plan_job import note_move, promise_delivery
from scheduling.services.set_lock import refuse_locked_runs, refuse_locked_stop

WAITS = "Odoo has not done the last split or merger of this load yet. Try again when it has."


@begins_anew
def split_job(*, seen: Seen, leaves: Mapping[int, Decimal], by: User) -> Job:
    """Let a job of its own bring these goods, and wait to be scheduled; return that.

    ``leaves`` says how much of each move goes on the second part, by the key of its mirror. Place,
    window and what the customer was told are the same for both; what is collected comes with the
    first stop of the order.

    :raises NotSplit: it is a pickup; nothing leaves, or nothing stays, or more is asked for than
        there is; or the truck is on the road; or Odoo is still to split or to merge it.
    :raises JobMoved: somebody else has changed the job since the page was made.
    :raises JobClosed: it is done, or was cancelled in Odoo.
    :raises PlanLocked: its run or its stop is locked.
    """
    lock_job(job_id=seen.job_id, seen=seen.moves)
    # Read after the lock: a poll may be making the load smaller.
    list(
        Move.objects.filter(picking__job=seen.job_id).order_by("pk").select_for_update(of=("self",))
    )
    job = job_to_split(seen.job_id)
    assert job is not None  # noqa: S101 - it is locked
    if job.is_pickup:
        raise NotSplit(f"{job.name} is fetched: only a delivery can be split.")
    stop = lock_plan(job)
    refuse_unfinished(job)
    goods = {key: quantity for key, quantity in leaves.items() if quantity}
    refuse_quantities(lines_of(job), goods)
    part = Job.objects.create(
        picking=promise_split(picking=job.picking, leaves=goods, by=by),
        order=job.order,
        place=job.place,
        address_hash=job.address_hash,
        window_from=job.window_from,
        window_until=job.window_until,
        promised_at=job.promised_at,
        notice=job.notice,
        told_day=job.told_day,
        evening_day=job.evening_day,
        confirmed_day=job.confirmed_day,
    )
    note_move(job, Job.State(job.state), by=by)
    record(by=by, what="load split", target=job, new={"part": part.pk, "leaves": goods})
    follow_up(job, stop, by=by)
    return part


def lock_plan(job: Job) -> Stop | None:
    """Return the stop of a locked job with its run locked, too.

    :raises PlanLocked: somebody has locked the run or the stop.
    :raises NotSplit: the truck has been at a customer: it is on the road.
    """
    stop = Stop.objects.filter(job=job).select_related("run", "locked_by", "job__order").first()
    if stop is not None:
        lock_runs(stop.run_id)
        refuse_locked_runs(stop.run_id)
        refuse_locked_stop(stop)
        if stop.run.stops.filter(done_at__isnull=False).exists():
            raise NotSplit(f"The truck with {job.name} is on the road with its load.")
    return stop


def refuse_unfinished(job: Job) -> None:
    """:raises NotSplit: Odoo is still to split or to merge what the job brings."""
    moves = job.picking.moves.all()
    if job.picking.odoo_id is None:
        raise NotSplit(WAITS)
    if any(move.stays is not None or move.odoo_id is None for move in moves):
        raise NotSplit(WAITS)


def refuse_quantities(lines: Sequence[Line], leaves: Mapping[int, Decimal]) -> None:
    """:raises NotSplit: with the field that is wrong."""
    if not leaves:
        raise NotSplit("Say how much goes on the second part: nothing does so far.")
    if leaves.keys() - {line.move.pk for line in lines}:
        raise NotSplit("This load has changed since the page was made. Look at it again.")
    for line in lines:
        _refuse_quantity(line, leaves.get(line.move.pk, Decimal(0)))
    if all(leaves.get(line.move.pk) == line.quantity for line in lines):
        raise NotSplit("All of it goes on the second part: leave something on the first one.")


def _refuse_quantity(line: Line, leaves: Decimal) -> None:
    product = line.move.product
    if leaves < 0:
        raise NotSplit(f"{product}: a quantity is not less than nothing.")
    if leaves > line.quantity:
        there = in_words(line.quantity)
        raise NotSplit(f"{product}: {in_words(leaves)} are more than the {there} of this load.")
    if leaves != leaves.quantize(CENT):
        raise NotSplit(f"{product}: Odoo counts hundredths, and nothing smaller.")


def follow_up(job: Job, stop: Stop | None, *, by: User) -> None:
    """Let Odoo put what is left on the run again, which it leaves by a split, and judge the run."""
    if stop is not None:
        promise_delivery(job, stop.run, by=by)
        check_runs(stop.run_id)
    touch("board")
