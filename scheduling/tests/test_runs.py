"""Who drives what: one truck and one driver are in one place at a time."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.errors import DriverBusy, TruckBusy
from scheduling.models import Run
from scheduling.services.add_trip import add_trip
from scheduling.services.assign_driver import assign_driver
from scheduling.services.open_run import lock_runs
from scheduling.tests.conftest import DAY, promised, put

pytestmark = pytest.mark.django_db


def test_the_usual_driver_drives_unless_busy(dispatcher):
    driver = DriverFactory()
    contact = {"vehicle__driver_odoo_id": driver.employee.contact_odoo_id}
    first, second = TruckFactory(**contact), TruckFactory(**contact)

    put(JobFactory(), first, dispatcher)
    put(JobFactory(), second, dispatcher)

    runs = {run.truck: run.driver for run in Run.objects.all()}
    assert runs == {first: driver, second: None}
    contacts = [payload["driver_odoo_id"] for payload in promised("PlanRun")]
    assert contacts == [driver.employee.contact_odoo_id, None]
    assert str(driver) in promised("PlanRun")[0]["title"]


def test_a_run_goes_to_a_driver_and_odoo_hears_of_it(dispatcher, truck):
    driver = DriverFactory()

    run = assign_driver(truck_id=truck.pk, day=DAY, driver_id=driver.pk, by=dispatcher)
    assign_driver(truck_id=truck.pk, day=DAY, driver_id=None, by=dispatcher)

    run.refresh_from_db()
    assert run.driver is None
    contacts = [payload["driver_odoo_id"] for payload in promised("PlanRun")]
    assert contacts == [driver.employee.contact_odoo_id, None]


def test_the_same_driver_again_is_nothing_new(dispatcher, truck):
    driver = DriverFactory()
    for _ in range(2):
        assign_driver(truck_id=truck.pk, day=DAY, driver_id=driver.pk, by=dispatcher)

    assert len(promised("PlanRun")) == 1


def test_a_run_that_is_opened_without_a_driver_is_told_to_odoo_all_the_same(dispatcher, truck):
    assign_driver(truck_id=truck.pk, day=DAY, driver_id=None, by=dispatcher)

    assert [payload["driver_odoo_id"] for payload in promised("PlanRun")] == [None]


def test_a_run_without_a_stop_lets_its_driver_go(dispatcher, truck):
    idle = RunFactory(day=DAY)

    assign_driver(truck_id=truck.pk, day=DAY, driver_id=idle.driver.pk, by=dispatcher)

    idle.refresh_from_db()
    assert idle.driver is None
    assert promised("PlanRun")[0]["run_uuid"] == str(idle.uuid)


def test_a_driver_without_an_employee_has_no_contact_in_odoo_yet(dispatcher, truck):
    driver = DriverFactory(employee=None, user__odoo_employee_id=None)

    assign_driver(truck_id=truck.pk, day=DAY, driver_id=driver.pk, by=dispatcher)

    assert promised("PlanRun")[-1]["driver_odoo_id"] is None


def test_a_driver_drives_one_truck_at_a_time(dispatcher, truck):
    busy = StopFactory(run__day=DAY, run__truck__vehicle__plate="T9").run

    with pytest.raises(DriverBusy, match="drives T9 then"):
        assign_driver(truck_id=truck.pk, day=DAY, driver_id=busy.driver.pk, by=dispatcher)

    assert Run.objects.filter(driver__isnull=False).get() == busy


def test_a_driver_who_comes_back_late_is_busy(dispatcher, truck):
    begins = dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC)
    late = RunFactory(
        day=DAY - dt.timedelta(days=1), starts_at=begins, ends_at=begins + dt.timedelta(days=1)
    )

    with pytest.raises(DriverBusy, match="on another run then"):
        assign_driver(truck_id=truck.pk, day=DAY, driver_id=late.driver.pk, by=dispatcher)


def test_who_does_not_drive_any_more_gets_no_run(dispatcher, truck):
    driver = DriverFactory(is_active=False)

    with pytest.raises(DriverBusy, match="does not drive any more"):
        assign_driver(truck_id=truck.pk, day=DAY, driver_id=driver.pk, by=dispatcher)


@pytest.mark.parametrize(
    ("second", "rule"),
    [
        ({"trip": 2}, "truck_in_one_place_at_a_time"),
        ({"trip": 1}, "one_run_a_trip_of_a_truck"),
        ({"truck": "another"}, "driver_in_one_place_at_a_time"),
    ],
)
def test_the_database_refuses_to_be_in_two_places(second, rule):
    first = RunFactory(day=DAY)
    same = {"truck": first.truck, "driver": first.driver, "day": DAY, **second}
    if same["truck"] == "another":
        same["truck"] = TruckFactory()

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        RunFactory(**same)


def test_the_database_refuses_a_run_that_ends_before_it_starts():
    now = timezone.now()

    with pytest.raises(IntegrityError, match="run_ends_after_start"), transaction.atomic():
        RunFactory(starts_at=now, ends_at=now)


def test_the_database_refuses_two_stops_at_one_place():
    stop = StopFactory()

    with pytest.raises(IntegrityError, match="one_stop_a_place_on_a_run"), transaction.atomic():
        StopFactory(run=stop.run)


def test_names_that_programmers_see():
    stop = StopFactory()

    assert (str(stop), str(stop.run)) == (f"stop {stop.pk}", f"run {stop.run.pk}")


def test_a_run_that_was_removed_just_now_is_refused():
    with pytest.raises(TruckBusy, match="removed this trip just now"), transaction.atomic():
        lock_runs(RunFactory().pk, 999)


def test_a_truck_that_is_not_in_use_any_more_gets_no_other_trip(dispatcher):
    run = RunFactory(day=DAY, truck__is_active=False)

    with pytest.raises(TruckBusy, match="not in use any more"):
        add_trip(truck_id=run.truck_id, day=DAY, by=dispatcher)


def test_a_button_for_another_trip_that_is_pressed_twice_adds_one(office, truck):
    asked = {"truck": truck.pk, "day": DAY, "trip": 1}
    for _ in range(2):
        answer = office.post("/board/run/another", asked, headers={"HX-Request": "true"})
        assert f"{truck} goes out 2 times" in answer.text

    assert list(truck.runs.values_list("trip", flat=True)) == [1, 2]
    office.post("/board/run/another", {**asked, "trip": 2})
    assert truck.runs.count() == 3
