"""Keep the jobs in step with what Odoo wants delivered, and with what is to be fetched."""

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Now

from odoo_bridge.models import Move, OutboxEntry, Picking, PurchaseOrder, SaleOrder
from portal.core.changes import touch
from portal.core.jobs import wake
from scheduling.models import FetchedPurchase, Job, Stop
from scheduling.services.check_runs import CHECK_RUNS
from scheduling.services.follow_promises import follow_promises

FIND_JOBS = "scheduling.tasks.find_jobs"
ALL_CAME = "full"
# Odoo is still to cancel what nobody took; a person decides about what it refused.
CALLED_OFF = (*OutboxEntry.DUE, OutboxEntry.State.SENDING, OutboxEntry.State.PARKED)


@transaction.atomic
def follow_pickings() -> int:
    """Make a job of every open delivery of a confirmed order, of every open return of a customer,
    and of what is to come of a purchase that we fetch; end jobs whose transfer ended.

    Returns how many jobs were made or ended. Run twice at once, each job is still made once: the
    transfer is unique.
    """
    _finish_stops()
    made = _make_new_ones()
    changed = made + _end() + _take_up_again()
    if made:
        follow_promises()
    if changed:
        touch("board")
        wake(CHECK_RUNS)
    return changed


def _make_new_ones() -> int:
    fetched, coming = _fetched(), _without_job()
    returned = Exists(Move.objects.filter(picking=OuterRef("pk"), comes_from=Move.CUSTOMER))
    pickups = coming.filter(Q(returned) | Q(odoo_id__in=list(fetched), kind=Picking.INCOMING))
    jobs = [
        *(Job(picking_id=pk, order_id=order) for pk, order in _deliveries(coming, returned)),
        *(
            Job(picking_id=pk, kind=Job.Kind.PICKUP, purchase_id=fetched.get(odoo_id or 0))
            for pk, odoo_id in pickups.order_by("pk").values_list("pk", "odoo_id")
        ),
    ]
    Job.objects.bulk_create(jobs, ignore_conflicts=True)
    return len(jobs)


def _without_job() -> QuerySet[Picking]:
    """Return the open transfers whose load has arrived: what they bring is read after them."""
    arrived = Move.objects.filter(picking=OuterRef("pk")).order_by().values("picking")
    return Picking.objects.alias(
        moves_here=Coalesce(Subquery(arrived.annotate(number=Count("pk")).values("number")), 0),
        moves_there=Func(F("move_ids"), function="cardinality", output_field=IntegerField()),
    ).filter(
        moves_here__gte=F("moves_there"),
        state__in=Picking.OPEN_STATES,
        deleted_at__isnull=True,
        job__isnull=True,
    )


def _deliveries(coming: QuerySet[Picking], returned: Exists) -> QuerySet[Picking, tuple[int, int]]:
    """Return the keys of those that are deliveries, and of their orders.

    While Odoo is to split a transfer, what was split off it may be the part that has a job already:
    which one that is will be known when the promise is kept.
    """
    promised = Picking.objects.filter(
        part_of_odoo_id=OuterRef("part_of_odoo_id"), odoo_id=None, deleted_at=None
    )
    deliveries = coming.filter(kind=Picking.OUTGOING, order__state=SaleOrder.CONFIRMED)
    # Where a yard has no kind of its own for returns, Odoo makes them of the kind of deliveries.
    return deliveries.exclude(Exists(promised)).exclude(returned).values_list("pk", "order")


def _fetched() -> dict[int, int]:
    """Return the purchases that we fetch, by Odoo's ids of the transfers that bring them."""
    purchases = FetchedPurchase.objects.filter(purchase__state=PurchaseOrder.CONFIRMED)
    coming = purchases.exclude(purchase__receipt_state=ALL_CAME)
    rows = coming.values_list("purchase", "purchase__picking_ids")
    return {picking: purchase for purchase, pickings in rows for picking in pickings}


def _finish_stops() -> None:
    """Note when what is on a run was delivered, of what somebody finished in Odoo itself."""
    done = Stop.objects.filter(
        done_at__isnull=True, job__state=Job.State.SCHEDULED, job__picking__state="done"
    )
    when = Picking.objects.filter(job__stop=OuterRef("pk")).values("done_at")
    done.update(done_at=Coalesce(Subquery(when), Now()))


def _end() -> int:
    done = Q(picking__state="done")
    over = Q(picking__state="cancel") | Q(picking__deleted_at__isnull=False)
    # One that was made just when somebody said that the vendor sends it.
    over |= Q(state=Job.State.TO_SCHEDULE, purchase__isnull=False, purchase__fetched=None)
    ended = Job.objects.filter(done | over, state__in=Job.OPEN_STATES)
    was_done = Exists(Picking.objects.filter(job=OuterRef("pk"), state="done"))
    state = Case(When(was_done, then=Value(Job.State.DONE)), default=Value(Job.State.CANCELLED))
    return ended.update(state=state)


def _take_up_again() -> int:
    """Open the jobs of transfers that are to be delivered or fetched all the same.

    A merger of two loads was given up, a transfer was counted as deleted and is there, or we fetch
    what the vendor was to send.
    """
    wanted = Q(order__state=SaleOrder.CONFIRMED) | Q(
        Q(purchase=None) | Q(purchase__fetched__isnull=False), kind=Job.Kind.PICKUP
    )
    jobs = Job.objects.filter(
        wanted,
        state=Job.State.CANCELLED,
        picking__state__in=Picking.OPEN_STATES,
        picking__deleted_at=None,
        picking__joins=None,
    ).exclude(call_off__state__in=CALLED_OFF)
    locked = [job.pk for job in jobs.order_by("pk").select_for_update(of=("self",))]
    # Read after the lock: who had one before may have taken it off its run.
    again = Job.objects.filter(pk__in=locked)
    on_runs = again.filter(stop__isnull=False).update(state=Job.State.SCHEDULED)
    return on_runs + again.filter(stop__isnull=True).update(state=Job.State.TO_SCHEDULE)
