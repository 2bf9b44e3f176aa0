"""Which stop of an order brings the money."""

import datetime as dt

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry, SaleOrderLine
from portal.testing.mirrors import PaymentTermFactory, ProductFactory, SaleOrderFactory
from portal.testing.yard import RunFactory, StopFactory
from scheduling.models import DeliveryRates, Job, Place, Quote
from scheduling.selectors.board import board_of
from scheduling.selectors.collect import to_collect
from scheduling.services.write_quote import write_quote

pytestmark = pytest.mark.django_db
ONE_DAY = dt.timedelta(days=1)


@pytest.fixture(autouse=True)
def in_the_business_s_zone(settings):
    with timezone.override(settings.BUSINESS_TIME_ZONE):
        yield


@pytest.fixture
def order():
    return SaleOrderFactory()


@pytest.fixture
def today():
    return RunFactory()


def stop_of(order, run, position=0, **values):
    return StopFactory(run=run, position=position, job__picking__order=order, **values)


def next_day(run, days=1):
    """Return a run of the same truck and driver, some days later or earlier."""
    return RunFactory(truck=run.truck, driver=run.driver, day=run.day + days * ONE_DAY)


def a_written_quote(order, *, by, total):
    product = ProductFactory(name="Delivery", kind="service", unit_odoo_id=1)
    DeliveryRates.objects.create(pk=1, per_mile=3, base_fee=20, product=product)
    place = Place.objects.create(key="2 main", address="2 Main St, Greenup, KY 41144")
    said = {"total": total, "metres": 32187, "source": "PERSON", "currency": "USD"}
    quote = Quote.objects.create(place=place, lines=[], made_by=by, **said)
    return write_quote(quote_uuid=quote.uuid, order_uuid=order.uuid, by=by)


def brings(*stops):
    """Return what each of the stops is to bring."""
    amounts = to_collect(stops)
    return [amounts[stop.pk] for stop in stops]


def test_an_order_with_several_deliveries_is_paid_at_the_first(order, today):
    second, first = stop_of(order, today, 1), stop_of(order, today, 0)
    third = stop_of(order, next_day(today))

    assert brings(first, second, third) == [412, 0, 0]


def test_when_the_first_was_made_and_not_paid_the_next_day_s_brings_it_too(order, today):
    first, second = stop_of(order, today, 0), stop_of(order, today, 1)
    third = stop_of(order, next_day(today))
    for stop in (first, second):
        stop.done_at = timezone.now()
        stop.save()

    assert brings(first, second, third) == [412, 0, 412]


def test_what_was_left_of_a_delivery_and_goes_on_the_same_day_brings_its_money(order, today):
    first = stop_of(order, today, 0)
    planned_beside = stop_of(order, today, 1)
    first.done_at = timezone.now()
    first.save()
    rest = stop_of(order, today, 2)

    assert brings(first, planned_beside, rest) == [412, 0, 0]
    planned_beside.delete()
    assert brings(first, rest) == [412, 412]


def test_a_cancelled_stop_leaves_the_money_to_the_others(order, today):
    first = stop_of(order, today, 0, job__state=Job.State.CANCELLED)
    second = stop_of(order, today, 1)

    assert brings(first, second) == [0, 412]


def test_a_stop_that_was_not_made_on_its_day_keeps_no_money_back(order, today):
    late = stop_of(order, next_day(today, -2))

    assert brings(late, stop_of(order, today)) == [412, 412]


def test_what_was_said_of_the_way_is_collected_before_odoo_has_it(order, today, dispatcher):
    """Its taxes come with Odoo's total; what Odoo refused is the office's to settle."""
    stop, other = stop_of(order, today), stop_of(SaleOrderFactory(), today, 1)
    quote = a_written_quote(order, by=dispatcher, total=85)

    assert brings(stop, other) == [497, 412]

    line = SaleOrderLine.objects.create(odoo_id=71, order=order, is_delivery_fee=True, total=40)
    order.line_ids = [line.odoo_id]
    order.save()
    assert brings(stop) == [457], "it takes the place of the line that the order has"

    SaleOrderLine.objects.update(deleted_at=timezone.now())
    assert brings(stop) == [497]

    for state in ("PARKED", "CONFLICT", "DONE"):
        OutboxEntry.objects.filter(pk=quote.entry_id).update(state=state)
        assert brings(stop) == [412], state


def test_who_pays_later_pays_for_the_way_later(order, today, dispatcher):
    stop = stop_of(order, today)
    a_written_quote(order, by=dispatcher, total=85)
    order.payment_term = PaymentTermFactory(days=[30])
    order.save()

    assert brings(stop) == [0]


def test_a_cancelled_stop_weighs_nothing(order, today):
    stop_of(order, today, 0, job__state=Job.State.CANCELLED)
    stop_of(order, today, 1)

    [lane] = board_of(day=today.day).lanes

    assert (lane.weight, float(lane.volume)) == (3000, 7.2)
