"""What the driver is to collect, and at which stop."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone

from odoo_bridge.selectors.money import amounts_to_collect
from scheduling.models import Job, Stop

NOTHING = Decimal(0)


def to_collect(stops: Iterable[Stop]) -> dict[int, Decimal]:
    """Return what each of these stops is to bring, by its key, in the order's currency.

    An order with several deliveries is paid at its first one: a stop carries the money unless an
    earlier stop of its order is on the same day, or is still to come. One that was cancelled, or
    not made on its day, carries none for the others.
    """
    wanted = list(stops)
    orders = {stop.job.order_id for stop in wanted}
    amounts = amounts_to_collect(orders)
    others = defaultdict(list)
    for stop in Stop.objects.filter(job__order__in=orders).select_related("run", "job"):
        others[stop.job.order_id].append(stop)
    return {
        stop.pk: NOTHING if _brings_nothing(stop, others[stop.job.order_id]) else amount
        for stop in wanted
        for amount in [amounts.get(stop.job.order_id, NOTHING)]
    }


def _brings_nothing(stop: Stop, of_the_order: list[Stop]) -> bool:
    """Say whether it was cancelled, or an earlier stop of the order takes the money."""
    today = timezone.localdate()
    earlier = (other for other in of_the_order if _when(other) < _when(stop))
    return _is_cancelled(stop) or any(
        other.run.day == stop.run.day or (other.done_at is None and other.run.day >= today)
        for other in earlier
        if not _is_cancelled(other)
    )


def _is_cancelled(stop: Stop) -> bool:
    return stop.job.state == Job.State.CANCELLED


def _when(stop: Stop) -> tuple[object, ...]:
    return (stop.run.starts_at, stop.position, stop.pk)
