"""What the driver is to collect, and at which stop."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import Case, DecimalField, Exists, OuterRef, Q, QuerySet, When
from django.utils import timezone

from odoo_bridge.selectors.money import amount_due
from scheduling.models import Job, Stop

NOTHING = Decimal(0)


def to_collect(stops: Iterable[Stop]) -> dict[int, Decimal]:
    """Return what each of these stops is to bring, by its key; one query."""
    found = Stop.objects.filter(pk__in=[stop.pk for stop in stops])
    return dict(found.annotate(collect=what_to_collect()).values_list("pk", "collect"))


def what_to_collect() -> Case:
    """Return, as a column of stops, what each is to bring.

    An order with several deliveries is paid at its first one: a stop carries the money unless an
    earlier stop of its order is on the same day, or is still to come. One that was cancelled, or
    not made on its day, carries none for the others. A pickup has no order to be paid.
    """
    return Case(
        When(Q(job__state=Job.State.CANCELLED) | Exists(_earlier_stops()), then=NOTHING),
        default=amount_due("job__order__"),
        output_field=DecimalField(),
    )


def _earlier_stops() -> QuerySet[Stop]:
    """Return those that take the money of the outer stop's order before it."""
    begins, place = OuterRef("run__starts_at"), OuterRef("position")
    same_run_time = Q(run__starts_at=begins)
    earlier = (
        Q(run__starts_at__lt=begins)
        | (same_run_time & Q(position__lt=place))
        | (same_run_time & Q(position=place, pk__lt=OuterRef("pk")))
    )
    still = Q(run__day=OuterRef("run__day")) | Q(done_at=None, run__day__gte=timezone.localdate())
    others = Stop.objects.filter(earlier, still, job__order=OuterRef("job__order"))
    return others.exclude(job__state=Job.State.CANCELLED)
