"""From when to when a run is out that nobody has said anything about."""

import datetime as dt

import pytest

from portal.setup.selectors.profile import business_zone
from portal.testing.yard import DriverFactory, JobFactory, TruckFactory
from scheduling.models import OpeningHours, Run, Shift
from scheduling.selectors.trips import trip_of
from scheduling.services.add_trip import add_trip
from scheduling.services.check_runs import check_runs
from scheduling.tests.conftest import BOARD_DAY as DAY
from scheduling.tests.conftest import put

pytestmark = pytest.mark.django_db


@pytest.fixture
def truck():
    return TruckFactory()


@pytest.fixture(autouse=True)
def yard():
    """Open from half past six to four on that weekday, and never on another."""
    OpeningHours.objects.create(weekday=DAY.weekday(), opens=dt.time(6, 30), closes=dt.time(16))


def out(run):
    zone = business_zone()
    return tuple(one.astimezone(zone).time() for one in (run.starts_at, run.ends_at))


def test_a_run_is_out_while_the_yard_is_open(truck, dispatcher):
    asked = trip_of(truck_id=truck.pk, day=DAY, trip=1)
    assert (asked.starts_at, asked.ends_at) == (dt.time(6, 30), dt.time(16))

    put(JobFactory(), truck, dispatcher, day=DAY)

    assert out(Run.objects.get()) == (dt.time(6, 30), dt.time(16))
    second = add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)
    assert out(second)[1] == dt.time(16)


def test_where_the_yard_is_closed_it_is_a_common_working_day(truck, dispatcher):
    put(JobFactory(), truck, dispatcher, day=DAY + dt.timedelta(days=1))

    assert out(Run.objects.get()) == (dt.time(7), dt.time(17))


def test_a_driver_s_shifts_go_before_the_yard_s_hours(truck, dispatcher):
    driver = DriverFactory()
    truck.vehicle.driver_odoo_id = driver.employee.contact_odoo_id
    truck.vehicle.save()
    for starts, ends in ((9, 12), (13, 18)):
        Shift.objects.create(driver=driver, day=DAY, starts=dt.time(starts), ends=dt.time(ends))

    put(JobFactory(), truck, dispatcher, day=DAY)

    run = Run.objects.get()
    assert (run.driver, out(run)) == (driver, (dt.time(9), dt.time(18)))
    assert not is_off(run), "a break between two shifts"
    run.starts_at, run.ends_at = (
        dt.datetime.combine(DAY, dt.time(12, minute), business_zone()) for minute in (10, 50)
    )
    run.save()
    assert is_off(run), "nothing but the break"


def is_off(run):
    check_runs(run.pk)
    run.refresh_from_db()
    return "driver off" in {one["words"] for one in run.problems}
