"""The entries of the calendar: what each says, and what is wrong with it."""

import datetime as dt

import pytest
from django.conf import settings
from django.utils import timezone

from odoo_bridge.models import ManufacturingOrder, OutboxEntry, PurchaseOrder, WorkOrder
from portal.accounts.models import Role
from portal.testing.productions import (
    ManufacturingOrderFactory,
    SaleOrderLineFactory,
    WorkCenterFactory,
)
from portal.testing.purchases import PurchaseOrderFactory
from scheduling.models import Job, Stop
from scheduling.selectors.calendar_entry import Days, Kind
from scheduling.services.plan_production import Plan, plan_production
from scheduling.services.set_lock import set_run_lock, set_stop_lock
from scheduling.tests import buying
from scheduling.tests.planning import DAY, NEXT, at, delivery, now, on, receipt, words

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock_of_the_business():
    with timezone.override(settings.BUSINESS_TIME_ZONE):
        yield


WEEK = Days(DAY, DAY + dt.timedelta(days=6))


def test_a_delivery_says_where_when_and_what_is_wrong(dispatcher):
    stop = delivery(run__trip=2, run__driver=None)
    wrong = [
        {"words": "not made in time", "reason": "MO/7 ends at 12.", "certain": True},
        {"words": "does it fit?", "reason": "Nobody knows.", "certain": False},
    ]
    Stop.objects.update(problems=wrong)
    Job.objects.update(window_from=at(9), window_until=at(11, 30))

    [entry] = on()

    for said in ("trip 2", "nobody drives yet", "taken from 09:00 to 11:30", "Hickory"):
        assert said in entry.line
    assert [(one.sign, one.words, one.reason) for one in entry.problems] == [
        ("✕", "not made in time", "MO/7 ends at 12."),
        ("▲", "does it fit?", "Nobody knows."),
    ]
    assert (entry.first_day, entry.last_day, entry.fixed) == (DAY, DAY, "")
    set_stop_lock(job_id=stop.job_id, locked=True, by=dispatcher)
    assert on()[0].fixed == "Ann has locked it."
    assert "locked" in words(on()[0])
    set_stop_lock(job_id=stop.job_id, locked=False, by=dispatcher)
    set_run_lock(truck_id=stop.run.truck_id, day=DAY, trip=2, locked=True, by=dispatcher)
    assert on()[0].fixed == "Ann has locked it."
    Job.objects.update(state="CANCELLED")
    assert words(on()[0])[0] == "cancelled in Odoo"
    assert on()[0].fixed == "It is cancelled in Odoo."
    Stop.objects.update(done_at=at(9))
    assert words(on()[0]) == ["delivered"]
    assert on()[0].fixed == "It is delivered."


def test_an_order_without_customer_address_or_window_is_shown():
    stop = delivery()
    stop.job.order.customer = None
    stop.job.order.save()
    stop.job.picking.destination = None
    stop.job.picking.save()

    [entry] = on()

    assert entry.title == "S00417"
    assert entry.line == f"{stop.run.truck} · {stop.run.driver}"


def test_a_production_names_its_steps_and_those_that_were_taken_off_do_not_count():
    saw, kiln = WorkCenterFactory(name="Saw"), WorkCenterFactory(name="Kiln")
    order = ManufacturingOrderFactory(starts_at=at(8), at=[saw, kiln, None, saw])
    steps = list(order.work_orders.order_by("pk"))
    WorkOrder.objects.filter(pk=steps[1].pk).update(starts_at=None, ends_at=None)
    order.work_order_ids = [one.odoo_id for one in steps[:3]]
    order.save()

    [entry] = on()

    assert entry.line == "10 bundle · Saw, then Kiln, then No work centre"
    assert [(one.row.name, one.starts_at, one.ends_at) for one in entry.parts] == [
        ("Saw", at(8), at(10)),
        ("Kiln", at(8), at(12)),
        ("No work centre", at(8), at(10)),
    ]


def test_a_promised_move_brings_a_production_here_and_takes_it_away(person):
    order = ManufacturingOrderFactory(starts_at=at(8), at=[WorkCenterFactory()])
    seen = Plan(order.starts_at, order.ends_at)
    times = {"starts_at": at(8, day=NEXT), "ends_at": at(11, day=NEXT)}
    plan_production(key=order.uuid, seen=seen, by=person(Role.PRODUCTION), **times)

    assert on() == []
    [entry] = on(Days(NEXT, NEXT))

    assert (entry.starts_at, entry.ends_at) == (at(8, day=NEXT), at(11, day=NEXT))
    assert entry.parts[0].starts_at == at(8, day=NEXT)


def test_a_production_says_that_it_is_late_begun_or_made_and_who_leaves_too_early():
    line = SaleOrderLineFactory(order=delivery().job.order)
    ManufacturingOrderFactory(starts_at=at(8), order_line=line)
    late = ManufacturingOrderFactory(starts_at=now() - dt.timedelta(days=3), state="progress")
    today = Days(timezone.localdate(late.starts_at), timezone.localdate())

    [shown] = on(kinds=[Kind.PRODUCTION])
    assert shown.problems[0].reason == "S00417 leaves before it is made."
    assert words(on(today)[0]) == ["late", "in progress"]
    ManufacturingOrder.objects.update(state="done")
    assert words(on(today)[0]) == ["made"]
    assert on(today)[0].fixed == "It is made."
    ManufacturingOrder.objects.update(state="cancel")
    assert on(today) == []
    ManufacturingOrder.objects.update(state="confirmed", starts_at=None)
    assert on(kinds=[Kind.PRODUCTION]) == []


def test_what_takes_no_time_is_shown():
    ManufacturingOrderFactory(starts_at=at(0), ends_at=None)

    [entry] = on()

    assert entry.ends_at == at(0, 1)
    assert entry.rows[0].name == "No work centre"


def test_a_receipt_says_what_comes_when_and_how_much_of_it_has_come(buyer):
    order = receipt(lines=5)
    PurchaseOrderFactory(planned_at=at(12))
    gone = receipt(state=PurchaseOrder.CANCELLED)

    [entry] = on()

    assert entry.line.startswith("4 cord Logs")
    assert entry.line.endswith("2 more")
    assert str(gone.uuid) != entry.key
    order.lines.filter(pk=order.lines.first().pk).update(received=1)
    assert words(on()[0]) == ["came in part"]
    PurchaseOrder.objects.filter(pk=order.pk).update(planned_at=now() - dt.timedelta(days=2))
    ago = timezone.localdate(now() - dt.timedelta(days=2))
    assert words(on(Days(ago, ago))[0]) == ["late"]
    PurchaseOrder.objects.filter(pk=order.pk).update(receipt_state="full", vendor=None)
    [come] = on(Days(ago, ago))
    assert (words(come), come.fixed, come.title) == (["received"], "It has come.", order.name)


def test_a_promised_day_moves_a_receipt(buyer):
    order = receipt()
    buying.edit(order, by=buyer, planned_on=NEXT)

    assert on() == []
    assert on(Days(NEXT, NEXT))[0].key == str(order.uuid)


def test_what_is_not_to_come_is_no_receipt(buyer):
    receipt(receipt_state="", lines=0)

    assert on() == []


def test_a_move_that_odoo_has_refused_does_not_count(person):
    order = ManufacturingOrderFactory(starts_at=None, ends_at=None)
    times = {"starts_at": at(8), "ends_at": at(11)}
    plan_production(key=order.uuid, seen=Plan(None, None), by=person(Role.PRODUCTION), **times)
    assert len(on()) == 1

    OutboxEntry.objects.update(state="PARKED")

    assert on() == []
