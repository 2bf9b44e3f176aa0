"""Keep the jobs in step with what Odoo wants delivered."""

from django.db import transaction
from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Now

from odoo_bridge.models import Move, Picking, SaleOrder
from portal.core.changes import touch
from portal.core.jobs import wake
from scheduling.models import Job, Stop
from scheduling.services.check_runs import CHECK_RUNS


@transaction.atomic
def follow_pickings() -> int:
    """Make a job of every open delivery of a confirmed order, end jobs whose transfer ended.

    Returns how many jobs were made or ended. Run twice at once, each job is still made once: the
    transfer is unique.
    """
    _finish_stops()
    changed = _make_new_ones() + _end("done", Job.State.DONE) + _end("cancel", Job.State.CANCELLED)
    changed += _take_up_again()
    if changed:
        touch("board")
        wake(CHECK_RUNS)
    return changed


def _make_new_ones() -> int:
    """Make a job of each delivery whose load has arrived: what it brings is read after it.

    While Odoo is to split a transfer, what was split off it may be the part that has a job already:
    which one that is will be known when the promise is kept.
    """
    promised = Picking.objects.filter(
        part_of_odoo_id=OuterRef("part_of_odoo_id"), odoo_id=None, deleted_at=None
    )
    arrived = Move.objects.filter(picking=OuterRef("pk")).order_by().values("picking")
    deliveries = Picking.objects.alias(
        moves_here=Coalesce(Subquery(arrived.annotate(number=Count("pk")).values("number")), 0),
        moves_there=Func(F("move_ids"), function="cardinality", output_field=IntegerField()),
    ).filter(
        moves_here__gte=F("moves_there"),
        kind=Picking.OUTGOING,
        state__in=Picking.OPEN_STATES,
        deleted_at__isnull=True,
        order__state=SaleOrder.CONFIRMED,
        job__isnull=True,
    )
    deliveries = deliveries.exclude(Exists(promised))
    jobs = [
        Job(picking_id=pk, order_id=order) for pk, order in deliveries.values_list("pk", "order")
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    return len(jobs)


def _finish_stops() -> None:
    """Note when what is on a run was delivered, of what somebody finished in Odoo itself."""
    done = Stop.objects.filter(
        done_at__isnull=True, job__state=Job.State.SCHEDULED, job__picking__state="done"
    )
    when = Picking.objects.filter(job__stop=OuterRef("pk")).values("done_at")
    done.update(done_at=Coalesce(Subquery(when), Now()))


def _end(picking_state: str, state: Job.State) -> int:
    ended = Q(picking__state=picking_state)
    if state == Job.State.CANCELLED:
        ended |= Q(picking__deleted_at__isnull=False)
    return Job.objects.filter(ended, state__in=Job.OPEN_STATES).update(state=state)


def _take_up_again() -> int:
    """Open the jobs of transfers that are to be delivered all the same.

    A merger of two loads was given up, or a transfer was counted as deleted and is there.
    """
    jobs = Job.objects.filter(
        state=Job.State.CANCELLED,
        picking__state__in=Picking.OPEN_STATES,
        picking__deleted_at=None,
        picking__joins=None,
        order__state=SaleOrder.CONFIRMED,
    )
    on_runs = jobs.filter(stop__isnull=False).update(state=Job.State.SCHEDULED)
    return on_runs + jobs.filter(stop__isnull=True).update(state=Job.State.TO_SCHEDULE)
