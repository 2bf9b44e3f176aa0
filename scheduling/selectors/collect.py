"""What the driver is to collect, and at which stop."""

from collections.abc import Iterable
from decimal import Decimal

from django.db.models import (
    Case,
    DecimalField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, SaleOrderLine
from odoo_bridge.selectors.money import IsOneOf, amount_due
from scheduling.models import Job, Quote, Stop

State = OutboxEntry.State
NOTHING = Value(Decimal(0), output_field=DecimalField())


def to_collect(stops: Iterable[Stop]) -> dict[int, Decimal]:
    """Return what each of these stops is to bring, by its key; one query."""
    found = Stop.objects.filter(pk__in=[stop.pk for stop in stops])
    return dict(found.annotate(collect=what_to_collect()).values_list("pk", "collect"))


def what_to_collect() -> Case:
    """Return, as a column of stops, what each is to bring.

    An order with several deliveries is paid at its first one: a stop carries the money unless an
    earlier stop of its order is on the same day, or is still to come. One that was cancelled, or
    not made on its day, carries none for the others; nor one that was over before there was this
    delivery: that is the rest of it, and still to be paid. A pickup has no order to be paid.
    """
    return Case(
        When(Q(job__state=Job.State.CANCELLED) | Exists(_earlier_stops()), then=NOTHING),
        default=amount_due("job__order__", not_in_total=delivery_not_in_total()),
        output_field=DecimalField(),
    )


def delivery_not_in_total() -> Coalesce:
    """Return, as a column of stops, how much more Odoo shall charge for the order's way.

    That is what was said of it and is on the way to Odoo, less the delivery line that the order
    has. Its taxes come with Odoo's word. What Odoo refused is a person's to settle.
    """
    has = SaleOrderLine.objects.filter(
        IsOneOf(F("odoo_id"), OuterRef("order__line_ids")), is_delivery_fee=True, deleted_at=None
    )
    sums = has.order_by().values("is_delivery_fee").annotate(sum=Sum("total")).values("sum")
    more = F("total") - Coalesce(Subquery(sums), NOTHING, output_field=DecimalField())
    going = (State.QUEUED, State.SENDING, State.UNKNOWN)
    quotes = Quote.objects.filter(order=OuterRef("job__order"), entry__state__in=going)
    return Coalesce(Subquery(quotes.values(more=more)), NOTHING, output_field=DecimalField())


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
    others = others.exclude(done_at__lt=OuterRef("job__created_at"))
    return others.exclude(job__state=Job.State.CANCELLED)
