"""What customers were promised holds against what is planned."""

import datetime as dt

import pytest

from odoo_bridge.models import OutboxEntry, SaleOrder
from portal.testing.mirrors import PickingFactory
from scheduling.models import Job
from scheduling.selectors.pool import pool_of
from scheduling.services.follow_pickings import follow_pickings
from scheduling.services.follow_promises import follow_promises
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import check_runs
from scheduling.tests.conftest import BOARD_DAY, put

pytestmark = pytest.mark.django_db
MONDAY = dt.datetime(2026, 11, 23, 17, tzinfo=dt.UTC)
FRIDAY = MONDAY + dt.timedelta(days=4)


@pytest.fixture
def job():
    PickingFactory(order__promised_at=MONDAY)
    assert follow_pickings() == 1
    return Job.objects.get()


def in_odoo(promised_at):
    """Let Odoo's order name this day, as the bridge reads it back."""
    SaleOrder.objects.update(promised_at=promised_at)
    check_runs()
    return Job.objects.get().promised_at


def test_what_odoo_names_is_the_promise(job):
    assert job.promised_at == MONDAY
    assert follow_promises() == 0
    assert in_odoo(FRIDAY) == FRIDAY
    assert in_odoo(None) is None


def test_our_own_plan_is_no_promise(job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    planned = OutboxEntry.objects.get(command="PlanDelivery")

    assert in_odoo(planned.payload["scheduled_at"]) == MONDAY
    assert in_odoo(FRIDAY) == FRIDAY, "somebody promised another day in Odoo since"

    job.refresh_from_db()
    unplan_job(job_id=job.pk, seen=job.moves, by=dispatcher)
    assert in_odoo(planned.payload["scheduled_at"]) == FRIDAY


def test_another_order_s_plan_for_the_same_time_is_a_promise(job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    planned = OutboxEntry.objects.get(command="PlanDelivery")
    PickingFactory(order__promised_at=planned.payload["scheduled_at"])

    follow_pickings()

    second = Job.objects.exclude(pk=job.pk).get()
    assert second.promised_at == second.order.promised_at


def test_what_is_left_of_an_order_was_promised_with_it(job, truck, dispatcher):
    put(job, truck, dispatcher, day=BOARD_DAY)
    planned = OutboxEntry.objects.get(command="PlanDelivery")
    SaleOrder.objects.update(promised_at=planned.payload["scheduled_at"])
    PickingFactory(order=job.order)

    follow_pickings()

    assert set(Job.objects.values_list("promised_at", flat=True)) == {MONDAY}


def test_what_was_promised_first_stands_first_in_the_pool(job):
    never = PickingFactory(order__ordered_at=MONDAY - dt.timedelta(days=30))
    later = PickingFactory(order__promised_at=FRIDAY)
    follow_pickings()

    shown = [card.job.picking for card in pool_of().cards]

    assert shown == [job.picking, later, never]
