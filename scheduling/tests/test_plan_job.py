"""Moving jobs: onto a run, within it, to another, and back."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from zoneinfo import ZoneInfo

import pytest
from django.db import connection

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, TruckFactory
from scheduling.errors import JobClosed, JobMoved, TruckBusy
from scheduling.models import Job, Run, Stop
from scheduling.services.assign_driver import assign_driver
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job
from scheduling.tests.conftest import DAY, promised, put

pytestmark = pytest.mark.django_db


def order_of(truck, day=DAY):
    """Return the truck's jobs of the day, as they are driven."""
    stops = Stop.objects.filter(run__truck=truck, run__day=day).order_by("position")
    assert [stop.position for stop in stops] == list(range(len(stops)))
    return [stop.job for stop in stops]


def test_a_job_on_a_truck_s_day_opens_its_run_and_promises_odoo_both(dispatcher, truck):
    job = JobFactory()

    moved = put(job, truck, dispatcher)

    run = Run.objects.get()
    job.refresh_from_db()
    assert (job.state, job.moves, job.moved_by) == ("SCHEDULED", 1, dispatcher)
    assert (moved.came_from, moved.run, moved.changed) == (None, run, True)
    assert (run.truck, run.day, run.trip, order_of(truck)) == (truck, DAY, 1, [job])
    [batch] = promised("PlanRun")
    assert batch["vehicle_odoo_id"] == truck.vehicle.odoo_id
    [delivery] = promised("PlanDelivery")
    assert delivery["run_uuid"] == str(run.uuid) == batch["run_uuid"]
    assert delivery["order_odoo_id"] == job.order.odoo_id
    assert delivery["picking_odoo_id"] == job.picking.odoo_id
    assert dt.datetime.fromisoformat(delivery["scheduled_at"]) == run.starts_at
    streams = set(OutboxEntry.objects.values_list("stream__key", flat=True))
    assert streams == {f"run:{run.uuid}", f"order:{job.order.uuid}"}
    assert set(AuditRow.objects.values_list("what", "by")) == {
        ("run opened", dispatcher.pk),
        ("job planned", dispatcher.pk),
    }


def test_a_run_begins_at_seven_by_the_business_s_clock_on_every_day(dispatcher, truck):
    for day in (DAY, dt.date(2026, 11, 1), dt.date(2026, 3, 8)):  # the days on which clocks change
        put(JobFactory(), truck, dispatcher, day=day)
        begins = Run.objects.get(day=day).starts_at.astimezone(ZoneInfo("America/New_York"))

        assert (begins.date(), begins.time()) == (day, dt.time(7))


def test_stops_keep_the_order_in_which_they_were_put(dispatcher, truck):
    first, second, third = JobFactory.create_batch(3)
    put(first, truck, dispatcher)
    put(second, truck, dispatcher)
    put(third, truck, dispatcher, position=1)

    assert order_of(truck) == [first, third, second]
    assert Run.objects.count() == 1
    assert len(promised("PlanRun")) == 1


@pytest.mark.parametrize(
    ("moved", "to", "order"),
    [
        (0, 2, [1, 2, 0]),
        (2, 0, [2, 0, 1]),
        (0, 1, [1, 0, 2]),
        (1, 1, [0, 1, 2]),
        (0, 99, [1, 2, 0]),
        (2, -5, [2, 0, 1]),
    ],
)
def test_a_stop_moves_within_its_run_and_odoo_has_nothing_to_learn(
    dispatcher, truck, moved, to, order
):
    jobs = JobFactory.create_batch(3)
    for job in jobs:
        put(job, truck, dispatcher)
    entries = OutboxEntry.objects.count()

    done = put(jobs[moved], truck, dispatcher, position=to)

    assert order_of(truck) == [jobs[n] for n in order]
    assert done.came_from == Spot(truck_id=truck.pk, day=DAY, position=moved)
    jobs[moved].refresh_from_db()
    assert (done.changed, jobs[moved].moves) == (moved != order.index(moved), 1 + done.changed)
    assert OutboxEntry.objects.count() == entries


def test_a_job_moves_to_another_truck_and_leaves_no_gap(dispatcher, truck):
    other, jobs = TruckFactory(), JobFactory.create_batch(3)
    for job in jobs:
        put(job, truck, dispatcher)

    put(jobs[0], other, dispatcher)

    assert (order_of(truck), order_of(other)) == (jobs[1:], jobs[:1])
    assert len(promised("PlanDelivery")) == 4


def test_a_job_goes_back_to_those_to_schedule(dispatcher, truck):
    jobs = JobFactory.create_batch(2)
    for job in jobs:
        put(job, truck, dispatcher)

    moved = unplan_job(job_id=jobs[0].pk, seen=1, by=dispatcher)

    jobs[0].refresh_from_db()
    assert (jobs[0].state, jobs[0].moves, order_of(truck)) == ("TO_SCHEDULE", 2, [jobs[1]])
    assert moved.came_from == Spot(truck_id=truck.pk, day=DAY, position=0)
    assert promised("PlanDelivery")[-1]["run_uuid"] is None


def test_a_job_that_is_on_no_run_cannot_leave_one(dispatcher):
    job = JobFactory()

    assert not unplan_job(job_id=job.pk, seen=0, by=dispatcher).changed
    assert not AuditRow.objects.exists()


def test_a_cancelled_job_can_only_leave_its_run(dispatcher, truck):
    job = JobFactory()
    put(job, truck, dispatcher)
    Job.objects.update(state=Job.State.CANCELLED)

    with pytest.raises(JobClosed, match="is cancelled"):
        put(job, truck, dispatcher)
    unplan_job(job_id=job.pk, seen=1, by=dispatcher)

    job.refresh_from_db()
    assert (job.state, order_of(truck)) == ("CANCELLED", [])
    assert len(promised("PlanDelivery")) == 1


def test_who_comes_second_is_refused_with_who_and_when(dispatcher, truck, person):
    job = JobFactory()
    put(job, truck, dispatcher)
    spot = Spot(truck_id=TruckFactory().pk, day=DAY, position=0)

    with pytest.raises(
        JobMoved, match=rf"Ann moved {job.order.name} to {truck} on 26 Nov at \d\d:"
    ):
        plan_job(job_id=job.pk, seen=0, spot=spot, by=person(Role.OFFICE))
    unplan_job(job_id=job.pk, seen=1, by=dispatcher)
    with pytest.raises(JobMoved, match="off its run"):
        plan_job(job_id=job.pk, seen=1, spot=spot, by=person(Role.OFFICE))
    with pytest.raises(JobMoved, match="not up to date"):
        plan_job(job_id=JobFactory().pk, seen=1, spot=spot, by=person(Role.OFFICE))

    assert not Stop.objects.exists()


def test_a_truck_that_left_the_fleet_takes_nothing_new(dispatcher):
    job, truck = JobFactory(), TruckFactory(is_active=False)

    with pytest.raises(TruckBusy, match="not in use"):
        put(job, truck, dispatcher)

    assert not Run.objects.exists()


def test_a_truck_that_is_away_overnight_is_busy(dispatcher, truck):
    begins = dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC)
    RunFactory(
        truck=truck,
        day=DAY - dt.timedelta(days=1),
        starts_at=begins,
        ends_at=begins + dt.timedelta(days=1),
    )

    with pytest.raises(TruckBusy, match="on another run"):
        put(JobFactory(), truck, dispatcher)

    assert not Stop.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_dispatchers_who_move_the_same_job_at_once_one_is_refused(dispatcher, truck):
    job, other = JobFactory(), TruckFactory()

    def move(to):
        try:
            plan_job(
                job_id=job.pk, seen=0, spot=Spot(truck_id=to, day=DAY, position=0), by=dispatcher
            )
        except JobMoved:
            return "refused"
        finally:
            connection.close()
        return "moved"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(move, [truck.pk, other.pk])) == ["moved", "refused"]
    assert Stop.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_moves_that_cross_each_other_all_succeed(dispatcher, truck):
    other = TruckFactory()
    jobs = JobFactory.create_batch(6)
    for number, job in enumerate(jobs):
        put(job, (truck, other)[number % 2], dispatcher)

    def cross(number):
        to = (other, truck)[number % 2]
        try:
            return put(Job.objects.get(pk=jobs[number].pk), to, dispatcher, position=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert len(list(pool.map(cross, range(6)))) == 6

    assert {job.pk for job in order_of(other)} == {job.pk for job in jobs[::2]}
    assert {job.pk for job in order_of(truck)} == {job.pk for job in jobs[1::2]}


@pytest.mark.django_db(transaction=True)
def test_two_dispatchers_who_open_the_same_run_get_one(dispatcher, truck):
    jobs = JobFactory.create_batch(4)

    def place(job):
        try:
            return put(job, truck, dispatcher)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(place, jobs))

    assert Run.objects.count() == 1
    assert len(promised("PlanRun")) == 1
    assert AuditRow.objects.filter(what="run opened").count() == 1
    assert {job.pk for job in order_of(truck)} == {job.pk for job in jobs}


@pytest.mark.django_db(transaction=True)
def test_jobs_and_drivers_put_on_a_new_run_at_once_end_as_odoo_is_told(dispatcher, truck):
    jobs, drivers = JobFactory.create_batch(4), DriverFactory.create_batch(3)

    def act(what):
        try:
            if isinstance(what, Job):
                put(what, truck, dispatcher)
            else:
                assign_driver(truck_id=truck.pk, day=DAY, driver_id=what.pk, by=dispatcher)
        finally:
            connection.close()

    with ThreadPoolExecutor(7) as pool:
        list(pool.map(act, [*jobs, *drivers]))

    run = Run.objects.get()
    assert {job.pk for job in order_of(truck)} == {job.pk for job in jobs}
    told = promised("PlanRun")
    assert told[-1]["driver_odoo_id"] == run.driver.employee.contact_odoo_id
    assert len(told) <= 1 + len(drivers)
