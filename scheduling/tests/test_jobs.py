"""Jobs follow the deliveries that Odoo wants."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from odoo_bridge.models import (
    Currency,
    Employee,
    ManufacturingOrder,
    Partner,
    Picking,
    Product,
    PurchaseOrder,
    SaleOrder,
    TimeOff,
    Vehicle,
)
from odoo_bridge.signals import mirrors_changed
from portal.local.ports import wait_until
from portal.testing.mirrors import MoveFactory, PartnerFactory, PickingFactory
from portal.testing.sessions import in_another_session, other_session
from portal.testing.yard import StopFactory
from scheduling.models import Job
from scheduling.selectors.pool import pool_of
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import find_jobs

pytestmark = pytest.mark.django_db


def test_an_open_delivery_of_a_confirmed_order_becomes_a_job():
    picking = PickingFactory()

    find_jobs()

    job = Job.objects.get()
    assert (job.picking, job.order, job.state) == (picking, picking.order, Job.State.TO_SCHEDULE)
    assert str(job) == f"job {job.pk}"


def test_a_delivery_becomes_a_job_when_all_of_its_load_has_arrived():
    picking = PickingFactory()
    Picking.objects.update(move_ids=[*picking.move_ids, 77])
    find_jobs()
    assert not Job.objects.exists(), "a card without its load"

    MoveFactory(odoo_id=77, picking=picking)
    find_jobs()

    assert Job.objects.get().picking == picking


@pytest.mark.parametrize("state", Picking.OPEN_STATES)
def test_a_delivery_that_still_waits_for_goods_is_a_job_too(state):
    PickingFactory(state=state)

    find_jobs()

    assert Job.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "incoming"},
        {"state": "draft"},
        {"state": "done"},
        {"state": "cancel"},
        {"order__state": "draft"},
        {"order": None},
        {"deleted_at": timezone.now()},
    ],
)
def test_nothing_else_becomes_a_job(values):
    PickingFactory(**values)

    find_jobs()

    assert not Job.objects.exists()


def test_looking_twice_makes_one_job():
    PickingFactory()

    find_jobs()
    find_jobs()

    assert Job.objects.count() == 1


def test_the_database_refuses_two_jobs_for_one_transfer():
    picking = PickingFactory()
    Job.objects.create(picking=picking, order=picking.order)

    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(picking=picking, order=picking.order)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"state": "done"}, Job.State.DONE),
        ({"state": "cancel"}, Job.State.CANCELLED),
        ({"deleted_at": timezone.now()}, Job.State.CANCELLED),
    ],
)
def test_a_job_ends_when_odoo_ends_its_transfer(change, state):
    PickingFactory()
    find_jobs()
    Picking.objects.update(**change)

    find_jobs()

    assert Job.objects.get().state == state
    assert pool_of().cards == []


def test_a_stop_that_somebody_finished_in_odoo_is_done_since_then():
    at = timezone.now()
    done, unsaid = StopFactory(), StopFactory()
    Picking.objects.filter(pk=done.job.picking.pk).update(state="done", done_at=at)
    Picking.objects.filter(pk=unsaid.job.picking.pk).update(state="done")
    still_to_come = StopFactory()

    find_jobs()

    for stop in (done, unsaid, still_to_come):
        stop.refresh_from_db()
    assert done.done_at == at
    assert unsaid.done_at
    assert still_to_come.done_at is None
    assert Job.objects.filter(state="DONE").count() == 2


@pytest.mark.parametrize(
    ("sender", "rings"),
    [
        *(
            (Picking, 1),
            (Partner, 1),
            (Vehicle, 1),
            (Employee, 1),
            (TimeOff, 1),
            (Currency, 0),
            (PurchaseOrder, 1),
        ),
        *((SaleOrder, 2), (Product, 1), (ManufacturingOrder, 1)),
    ],
)
def test_a_change_of_what_jobs_and_trucks_are_made_of_wakes_the_search(
    sender, rings, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as rung:
        mirrors_changed.send_robust(sender=sender, keys=[1])

    assert len(rung) == rings


def test_a_card_says_who_what_where_and_how_much():
    PickingFactory(order__customer__name="Maria Alvarez")
    find_jobs()

    [card] = pool_of().cards

    assert (card.customer, card.address) == ("Maria Alvarez", "118 Hickory Rd, Ashland, 41101")
    assert [(i.quantity, i.unit, i.product) for i in card.load] == [(2, "cord", "Oak, seasoned")]
    assert (card.weight, float(card.volume)) == (3000, 7.2)


def test_a_move_that_left_the_transfer_is_not_loaded():
    MoveFactory(picking=PickingFactory(), demand=99)
    find_jobs()

    [card] = pool_of().cards

    assert [item.quantity for item in card.load] == [2]


def test_an_order_whose_customer_has_not_arrived_yet_is_shown_all_the_same():
    PickingFactory(order__customer=None, order__currency=None, destination=None)
    find_jobs()

    [card] = pool_of().cards

    assert (card.customer, card.address, card.currency) == ("", "", "")


def test_an_unnamed_address_is_shown_by_its_company():
    PickingFactory(
        order__customer__name="", order__customer__parent=PartnerFactory(name="Ridge Inc")
    )
    find_jobs()

    assert pool_of().cards[0].customer == "Ridge Inc"


@pytest.mark.parametrize("number_of_jobs", [1, 20])
def test_the_list_takes_the_same_queries_however_many_jobs(
    django_assert_num_queries, number_of_jobs
):
    PickingFactory.create_batch(number_of_jobs)
    find_jobs()

    with django_assert_num_queries(2):
        assert pool_of().total == number_of_jobs


@pytest.mark.django_db(transaction=True)
def test_what_a_dispatcher_just_takes_off_its_run_is_not_taken_up_as_if_it_were_on_it(dispatcher):
    job = StopFactory(job__state=Job.State.CANCELLED).job
    waits = "select from pg_stat_activity where %s = any(pg_blocking_pids(pid))"
    finding = threading.Thread(target=in_another_session, args=[find_jobs])

    with other_session() as looker:
        looker.autocommit = True
        with transaction.atomic():
            unplan_job(job_id=job.pk, seen=0, by=dispatcher)
            pid = connection.connection.info.backend_pid
            finding.start()
            wait_until(lambda: looker.execute(waits, [pid]).rowcount == 1, what="the wait")
        finding.join()

    job.refresh_from_db()
    assert job.state == Job.State.TO_SCHEDULE
