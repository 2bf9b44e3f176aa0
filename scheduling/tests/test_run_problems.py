"""What is wrong with a run as it is planned, why, and where the board says so."""

import datetime as dt
from decimal import Decimal

import pytest

from odoo_bridge.models import Employee, Move, Resource, TimeOff
from portal.core.models import Change
from portal.setup.selectors.profile import business_zone
from portal.testing.productions import ManufacturingOrderFactory, SaleOrderLineFactory
from portal.testing.yard import JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import (
    Closure,
    DriverAbsence,
    GroupClash,
    Job,
    LoadGroup,
    Material,
    Place,
    ProductMaterial,
    Run,
    Shift,
    Stop,
    TruckService,
)
from scheduling.services.check_runs import AT_ONCE, check_coming_runs, check_runs
from scheduling.services.follow_places import place_at
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.unplan_job import unplan_job
from scheduling.tasks import check_runs as task
from scheduling.tests.conftest import BOARD
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db


def clock(hour, day=DAY):
    return dt.datetime.combine(day, dt.time(hour), business_zone())


@pytest.fixture
def stop():
    """Return a stop of two cords, 3 t and 7.2 m³, on a truck that may carry 10 t and 10 m³."""
    truck = TruckFactory(most_weight=10_000, most_volume=10, width=2, height=3, empty_weight=4000)
    return StopFactory(run__truck=truck, run__day=DAY)


def found(row):
    """Return the words and reasons that are kept of a run or a stop, judged now."""
    check_runs(row.pk if isinstance(row, Run) else row.run_id)
    row.refresh_from_db(fields=["problems"])
    return {one["words"]: one["reason"] for one in row.problems}


def test_nothing_is_wrong_with_a_run_like_any_other(stop):
    assert (found(stop.run), found(stop)) == ({}, {})


def test_a_400_ton_order_needs_many_trips(stop):
    Move.objects.update(demand=Decimal(267))

    assert "it needs at least 41 trips of" in found(stop.run)["too heavy"]
    assert "too full" in found(stop.run)


def test_what_is_done_or_cancelled_is_no_load_any_more(stop):
    Move.objects.update(demand=Decimal(267))
    stop.job.state = "CANCELLED"
    stop.job.save()

    assert found(stop.run) == {}


def test_materials_that_may_not_share_a_bed_are_named(stop):
    other = StopFactory(run=stop.run, position=1)
    groups = [LoadGroup.objects.create(name=name) for name in ("food", "soil")]
    GroupClash.objects.create(first=groups[0], second=groups[1])
    for one, name, group in ((stop, "oats", groups[0]), (other, "compost", groups[1])):
        material = Material.objects.create(name=name, density=0, heaping=2, group=group)
        product = one.job.picking.moves.get().product
        ProductMaterial.objects.create(product=product, material=material)

    assert found(stop.run)["may not share a bed"] == "compost and oats may not share a bed."


def test_a_truck_that_is_too_large_for_the_site_is_told_by_its_stop(stop):
    behind = StopFactory(run=stop.run, position=1)
    for one, address in ((stop, "1 Gate Rd"), (behind, "2 Gate Rd")):
        one.job.place = place_at(address)
        one.job.save()
    Place.objects.update(most_width=Decimal("1.8"), most_height=3, most_weight=8000)

    first = found(stop)
    assert set(first) == {"truck too wide", "truck too heavy"}
    assert "10,000" in first["truck too heavy"], "4 t and both loads"
    assert set(found(behind)) == {"truck too wide"}, "the first load is gone by then"

    stop.run.truck.width = None
    stop.run.truck.save()
    assert "how wide is" in found(stop)["truck too wide"]
    assert not stop.problems[0]["certain"]


def test_a_driver_who_is_away_or_has_no_shift_is_off(stop):
    driver = stop.run.driver
    away = DriverAbsence.objects.create(driver=driver, first_day=DAY, last_day=DAY, words="ill")
    assert f"is away to the end of {DAY:%-d %b}." in found(stop.run)["driver off"]
    assert "ill" not in stop.run.problems[0]["reason"]

    away.delete()
    shift = Shift.objects.create(driver=driver, day=DAY, starts=dt.time(8), ends=dt.time(17))
    assert "has no shift from 07:00 to 17:00" in found(stop.run)["driver off"]
    shift.starts = dt.time(6)
    shift.save()
    assert found(stop.run) == {}
    Run.objects.update(driver=None)
    assert found(stop.run) == {}


def test_time_off_of_odoo_says_until_which_hour(stop):
    resource = Resource.objects.create(odoo_id=7, name="Ben", kind="user")
    Employee.objects.update(resource=resource, resource_odoo_id=7)
    times = {"starts_at": clock(6), "ends_at": clock(13)}
    TimeOff.objects.create(odoo_id=1, resource_odoo_id=7, kind=TimeOff.LEAVE, **times)

    assert found(stop.run)["driver off"].endswith(f"is away until {DAY:%-d %b}, 13:00.")


def test_a_truck_that_is_in_service_says_until_when(stop):
    truck, later = stop.run.truck, DAY + dt.timedelta(days=1)
    TruckService.objects.create(truck=truck, first_day=later, last_day=later, words="tyres")
    assert found(stop.run) == {}

    TruckService.objects.create(truck=truck, first_day=DAY, last_day=later, words="brakes")
    said = f"{truck} is in service until {later:%-d %b}: brakes."
    assert found(stop.run) == {"truck in service": said}
    TruckService.objects.update(words="")
    assert found(stop.run)["truck in service"].endswith(f"until {later:%-d %b}.")


def test_a_yard_that_is_closed_says_why(stop):
    Closure.objects.create(first_day=DAY, last_day=DAY, name="Thanksgiving")

    assert found(stop.run)["yard closed"].endswith(": Thanksgiving.")
    stop.delete()
    assert found(RunFactory(day=DAY)) == {}, "nothing is planned on it"


def test_a_window_that_the_run_does_not_touch_is_told(stop):
    job = stop.job
    job.window_from, job.window_until = clock(17), clock(19)
    job.save()
    assert "from 17:00 to 19:00 only" in found(stop)["outside its window"]

    job.window_from = clock(16)
    job.save()
    assert found(stop) == {}


def test_what_comes_later_than_promised_is_told_and_may_be_fine(stop):
    stop.job.promised_at = clock(9, DAY - dt.timedelta(days=1))
    stop.job.save()
    assert "It was promised for" in found(stop)["later than promised"]
    assert not stop.problems[0]["certain"]

    stop.job.told_day = DAY
    stop.job.save()
    assert found(stop) == {}, "the customer was told the day"

    stop.job.promised_at, stop.job.told_day = clock(7), None
    stop.job.save()
    assert found(stop) == {}


def test_what_is_not_made_in_time_is_told(stop):
    line = SaleOrderLineFactory(order=stop.job.order)
    made = ManufacturingOrderFactory(order_line=line, name="MO/00218", ends_at=clock(13))
    assert found(stop)["not made in time"] == (
        f"MO/00218 ends on {DAY:%-d %b} at 13:00, and the truck leaves at 07:00."
    )
    made.ends_at = None
    made.save()
    assert "MO/00218 has no end yet" in found(stop)["not made in time"]
    made.state = "done"
    made.save()
    assert found(stop) == {}


def test_a_move_judges_both_runs_at_once(stop, dispatcher):
    Move.objects.update(demand=Decimal(6))
    other, job = TruckFactory(), stop.job
    check_runs(stop.run_id)
    spot = Spot(truck_id=other.pk, day=DAY, position=0)

    plan_job(job_id=job.pk, seen=0, spot=spot, by=dispatcher)

    old, new = Run.objects.get(pk=stop.run_id), Run.objects.get(truck=other)
    assert (old.problems, [one["words"] for one in new.problems]) == ([], ["too heavy", "too full"])
    unplan_job(job_id=job.pk, seen=1, by=dispatcher)
    new.refresh_from_db()
    assert new.problems == []


def test_the_task_judges_what_is_to_come_and_tells_the_board_once(stop):
    Move.objects.update(demand=Decimal(267))
    Change.objects.all().delete()

    task()
    assert Run.objects.get().problems
    assert Change.objects.filter(topic="board").exists()
    assert check_coming_runs() == 0
    Run.objects.update(problems=[], day=DAY - dt.timedelta(days=9))
    assert check_coming_runs() == 1, "it is late"
    Run.objects.update(problems=[])
    Stop.objects.update(done_at=clock(9))
    assert check_coming_runs() == 0, "it is over"


@pytest.mark.parametrize("number", [1, 5])
def test_judging_takes_the_same_queries_however_many_runs(django_assert_num_queries, number):
    for _ in range(number):
        StopFactory(run__day=DAY)
    Job.objects.update(promised_at=clock(9, DAY - dt.timedelta(days=1)))
    check_coming_runs()
    assert number < AT_ONCE

    with django_assert_num_queries(24):
        check_coming_runs()


def test_the_board_shows_each_with_its_reason_and_lists_what_needs_a_look(office, stop):
    stop.job.window_from, stop.job.window_until = clock(17), clock(19)
    stop.job.save()
    Move.objects.update(demand=Decimal(267))
    JobFactory()
    assert "Needs a look" not in office.get(BOARD).text
    check_runs(stop.run_id)

    page = office.get(BOARD).text

    assert 'Needs a look <span class="count">3</span>' in page
    assert page.count("✕ too heavy") == 2
    assert f'href="#card-{stop.job.pk}"' in page
    Stop.objects.update(done_at=clock(9))
    assert 'Needs a look <span class="count">2</span>' in office.get(BOARD).text
