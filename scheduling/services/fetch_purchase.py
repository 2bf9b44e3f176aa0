"""Fetch what was bought, or have it sent."""

from uuid import UUID

from odoo_bridge.models import PurchaseOrder
from odoo_bridge.selectors.purchases import ShownPurchase
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.core.jobs import wake
from scheduling.errors import PurchaseClosed
from scheduling.models import FetchedPurchase, Job, Stop
from scheduling.selectors.pickups import may_be_fetched
from scheduling.services.follow_pickings import FIND_JOBS
from scheduling.services.lock_purchase import lock_purchase, name_of


@begins_anew
def fetch_purchase(*, key: UUID, fetched: bool, by: User) -> ShownPurchase:
    """Let our truck fetch what is to come of a purchase, or let the vendor send it.

    What is to come of one that we fetch is on the board as soon as Odoo has confirmed it.

    :raises PurchaseClosed: it is gone or cancelled, nothing is to come of it, or it is on a run.
    """
    shown = lock_purchase(key)
    if not may_be_fetched(shown):
        raise PurchaseClosed(f"Nothing is to come of {name_of(shown)} any more.")
    rows = FetchedPurchase.objects.filter(purchase=shown.order)
    if rows.exists() == fetched:
        return shown
    if fetched:
        FetchedPurchase.objects.create(purchase=shown.order, said_by=by)
    else:
        take_off_the_board(shown.order)
        rows.delete()
    record(by=by, what="purchase fetched" if fetched else "purchase sent", target=shown.order)
    touch("purchases")
    touch("board")
    wake(FIND_JOBS)
    return shown


def take_off_the_board(order: PurchaseOrder) -> None:
    """End the pickups of a purchase. A dispatcher who plans one just now waits, and is refused.

    :raises PurchaseClosed: one of them is on a run.
    """
    jobs = Job.objects.filter(purchase=order, state__in=Job.OPEN_STATES).order_by("pk")
    locked = list(jobs.select_for_update())
    # Read after the lock: who had it before may have put one on a run.
    stop = Stop.objects.filter(job__in=locked).select_related("run__truck__vehicle").first()
    if stop is not None:
        run = stop.run
        raise PurchaseClosed(
            f"{run.truck} fetches {order} on {run.day:%-d %b}: take it off its run first."
        )
    jobs.update(state=Job.State.CANCELLED)
