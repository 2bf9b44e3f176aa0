"""A truck that goes out several times a day, its hours, and runs and stops that are locked."""

import datetime as dt

import pytest

from odoo_bridge.models import OutboxEntry
from portal.audit.models import AuditRow
from portal.setup.selectors.profile import business_zone
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory
from scheduling.errors import DriverBusy, JobClosed, PlanLocked, TripStays, TruckBusy
from scheduling.models import Job, Run
from scheduling.services.add_trip import add_trip
from scheduling.services.assign_driver import assign_driver
from scheduling.services.change_run_hours import change_run_hours
from scheduling.services.plan_job import Spot, plan_job
from scheduling.services.remove_trip import remove_trip
from scheduling.services.set_lock import set_run_lock, set_stop_lock
from scheduling.services.unplan_job import unplan_job
from scheduling.tests.conftest import BOARD, PARTIAL, promised
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db
WHERE = f"?day={DAY}"


def clock(hour, minute=0, day=DAY):
    return dt.datetime.combine(day, dt.time(hour, minute), business_zone())


def hours_of(run):
    run.refresh_from_db()
    zone = business_zone()
    return tuple(f"{at.astimezone(zone):%H:%M}" for at in (run.starts_at, run.ends_at))


def test_another_trip_shares_the_time_of_one_that_takes_the_whole_day(truck, dispatcher):
    run = RunFactory(truck=truck, day=DAY)

    second = add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)
    third = add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)

    assert [hours_of(one) for one in (run, second, third)] == [
        ("07:00", "11:45"),
        ("12:10", "14:20"),
        ("14:45", "17:00"),
    ]
    assert (second.driver, third.trip) == (run.driver, 3)
    assert promised("PlanRun") == [], "Odoo learns of a later trip with its first stop"


def test_another_trip_begins_behind_a_short_one_when_the_truck_is_loaded_again(truck, dispatcher):
    run = RunFactory(truck=truck, day=DAY, ends_at=clock(10))

    assert hours_of(add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)) == ("10:25", "17:00")
    assert hours_of(run)[1] == "10:00"


def test_a_truck_without_a_run_gets_its_first_and_its_second(truck, dispatcher):
    assert add_trip(truck_id=truck.pk, day=DAY, by=dispatcher).trip == 2
    assert len(promised("PlanRun")) == 1


def test_no_trip_is_added_where_no_time_is_left(truck, dispatcher):
    RunFactory(truck=truck, day=DAY, starts_at=clock(15), ends_at=clock(17))

    with pytest.raises(TruckBusy, match="has no time left on"):
        add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)


def test_a_driver_who_is_on_another_truck_then_does_not_get_the_trip(truck, dispatcher):
    run = RunFactory(truck=truck, day=DAY, ends_at=clock(10))
    RunFactory(day=DAY, driver=run.driver, starts_at=clock(12))

    assert add_trip(truck_id=truck.pk, day=DAY, by=dispatcher).driver is None


def test_a_trip_is_not_added_into_a_night_run_of_the_truck(truck, dispatcher):
    RunFactory(truck=truck, day=DAY, driver=None, ends_at=clock(10))
    RunFactory(truck=truck, day=DAY + dt.timedelta(days=1), driver=None, starts_at=clock(16))

    with pytest.raises(TruckBusy, match="on a run of another day"):
        add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)


def test_odoo_learns_of_a_trip_with_its_first_stop(truck, dispatcher):
    add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)
    OutboxEntry.objects.all().delete()

    for job in (JobFactory(), JobFactory()):
        spot = Spot(truck_id=truck.pk, day=DAY, position=0, trip=2)
        moved = plan_job(job_id=job.pk, seen=0, spot=spot, by=dispatcher)

    assert moved.run.trip == 2
    assign_driver(truck_id=truck.pk, day=DAY, trip=2, driver_id=None, by=dispatcher)
    [plan] = promised("PlanRun")
    assert plan["title"].endswith("· trip 2")
    with pytest.raises(TruckBusy, match="has no trip 3"):
        plan_job(
            job_id=job.pk,
            seen=1,
            spot=Spot(truck_id=truck.pk, day=DAY, position=0, trip=3),
            by=dispatcher,
        )


def test_odoo_does_not_learn_who_drives_a_trip_without_a_stop(truck, dispatcher):
    add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)
    OutboxEntry.objects.all().delete()

    run = assign_driver(
        truck_id=truck.pk, day=DAY, trip=2, driver_id=DriverFactory().pk, by=dispatcher
    )

    assert run.driver is not None
    assert promised("PlanRun") == []


def test_a_truck_that_is_gone_is_refused(dispatcher):
    with pytest.raises(TruckBusy, match="is not there any more"):
        plan_job(
            job_id=JobFactory().pk,
            seen=0,
            spot=Spot(truck_id=999, day=DAY, position=0),
            by=dispatcher,
        )


def test_a_trip_that_was_added_by_mistake_goes_again(truck, dispatcher):
    for _ in range(2):
        add_trip(truck_id=truck.pk, day=DAY, by=dispatcher)
    where = {"truck_id": truck.pk, "day": DAY, "by": dispatcher}

    with pytest.raises(TripStays, match="followed by another"):
        remove_trip(**where, trip=2)
    remove_trip(**where, trip=3)
    remove_trip(**where, trip=3)
    remove_trip(**where, trip=2)
    with pytest.raises(TripStays, match="is in Odoo by now"):
        remove_trip(**where, trip=1)
    StopFactory(run=Run.objects.get(truck=truck))
    with pytest.raises(TripStays, match="has stops"):
        remove_trip(**where, trip=1)


def test_hours_are_changed_here_and_in_odoo(truck, dispatcher):
    stop = StopFactory(run__truck=truck, run__day=DAY)
    hours = (clock(9), clock(12, 30))
    where = {"truck_id": truck.pk, "day": DAY, "trip": 1, "hours": hours, "by": dispatcher}

    change_run_hours(**where)
    change_run_hours(**where)

    assert hours_of(stop.run) == ("09:00", "12:30")
    [plan], [delivery] = promised("PlanRun"), promised("PlanDelivery")
    assert dt.datetime.fromisoformat(plan["starts_at"]) == clock(9)
    assert dt.datetime.fromisoformat(delivery["scheduled_at"]) == clock(9)


def test_hours_that_are_taken_are_refused(truck, dispatcher):
    run = RunFactory(truck=truck, day=DAY, ends_at=clock(10))
    RunFactory(truck=truck, day=DAY, trip=2, driver=None, starts_at=clock(11))
    RunFactory(day=DAY, driver=run.driver, starts_at=clock(10, 30))
    where = {"truck_id": truck.pk, "day": DAY, "trip": 1, "by": dispatcher}

    with pytest.raises(TruckBusy, match="on another trip then"):
        change_run_hours(**where, hours=(clock(7), clock(12)))
    with pytest.raises(DriverBusy, match="drives another truck then"):
        change_run_hours(**where, hours=(clock(7), clock(10, 45)))
    assert hours_of(run) == ("07:00", "10:00")


def test_a_run_that_is_locked_stays_as_it_is(truck, dispatcher):
    stop = StopFactory(run__truck=truck, run__day=DAY, run__driver=None)
    where = {"truck_id": truck.pk, "day": DAY, "by": dispatcher}
    set_run_lock(**where, trip=1, locked=True)
    set_run_lock(**where, trip=1, locked=True)
    spot = Spot(truck_id=truck.pk, day=DAY, position=0)
    refused = pytest.raises(PlanLocked, match="Ann has locked")

    with refused:
        plan_job(job_id=JobFactory().pk, seen=0, spot=spot, by=dispatcher)
    with refused:
        unplan_job(job_id=stop.job_id, seen=0, by=dispatcher)
    with refused:
        assign_driver(**where, driver_id=DriverFactory().pk)
    with refused:
        change_run_hours(**where, trip=1, hours=(clock(8), clock(9)))
    with refused:
        add_trip(**where)
    with refused:
        remove_trip(**where, trip=1)

    assert AuditRow.objects.filter(what="run locked").count() == 1
    set_run_lock(**where, trip=1, locked=False)
    assert unplan_job(job_id=stop.job_id, seen=0, by=dispatcher).changed


def test_a_cancelled_delivery_leaves_a_locked_run(truck, dispatcher):
    stop = StopFactory(run__truck=truck, run__day=DAY, job__state=Job.State.CANCELLED)
    set_run_lock(truck_id=truck.pk, day=DAY, trip=1, locked=True, by=dispatcher)

    assert unplan_job(job_id=stop.job_id, seen=0, by=dispatcher).changed


def test_locking_a_truck_without_a_run_opens_it(truck, dispatcher):
    run = set_run_lock(truck_id=truck.pk, day=DAY, trip=1, locked=True, by=dispatcher)

    assert (run.locked_by, len(promised("PlanRun"))) == (dispatcher, 1)


def test_a_stop_that_is_locked_stays_and_others_may_come_before_it(truck, dispatcher):
    stop = StopFactory(run__truck=truck, run__day=DAY)
    for _ in range(2):
        set_stop_lock(job_id=stop.job_id, locked=True, by=dispatcher)
    spot = Spot(truck_id=truck.pk, day=DAY, position=0)

    plan_job(job_id=JobFactory().pk, seen=0, spot=spot, by=dispatcher)
    for refused in (
        lambda: plan_job(job_id=stop.job_id, seen=0, spot=spot, by=dispatcher),
        lambda: unplan_job(job_id=stop.job_id, seen=0, by=dispatcher),
    ):
        with pytest.raises(PlanLocked, match=f"Ann has locked {stop.job.order.name}"):
            refused()

    set_stop_lock(job_id=stop.job_id, locked=False, by=dispatcher)
    assert unplan_job(job_id=stop.job_id, seen=0, by=dispatcher).changed
    with pytest.raises(JobClosed, match="nothing to lock"):
        set_stop_lock(job_id=stop.job_id, locked=True, by=dispatcher)


def test_the_dialog_of_a_lane_changes_hours_and_trips(office, truck):
    asked = {"truck": truck.pk, "day": DAY, "trip": 1}

    def post(what, **values):
        return office.post(f"/board/run/{what}{WHERE}", {**asked, **values}, headers=PARTIAL)

    dialog = office.get("/board/run", asked).text
    assert 'value="07:00"' in dialog
    assert "Remove this trip" not in dialog

    assert "is out from 08:00 to 12:00." in post("hours", starts="08:00", ends="12:00").text
    assert 'value="08:00"' in office.get("/board/run", asked, headers=PARTIAL).text
    assert "goes out 2 times" in post("another").text
    asked["trip"] = 2
    board = office.get(BOARD).text
    assert "· trip 2" in board
    assert f'id="lane-{truck.pk}-2"' in board
    assert "Remove this trip" in office.get("/board/run", asked).text
    assert "is locked." in post("lock", locked="on").text
    assert "has locked it" in office.get("/board/run", asked).text
    assert post("remove").status_code == 422
    assert "is free to change." in post("lock").text
    assert f"Trip 2 of {truck} is gone." in post("remove").text
    assert Run.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"starts": "12:00", "ends": "08:00"}, "It is back before it leaves."),
        ({"starts": "soon", "ends": "08:00"}, "Enter a valid time."),
        ({"day": "never", "starts": "07:00", "ends": "08:00"}, "Day: Enter a valid date."),
    ],
)
def test_hours_that_make_no_sense_are_refused_by_their_field(office, truck, values, words):
    data = {"truck": truck.pk, "day": DAY, **values}

    for headers in (PARTIAL, {}):
        answer = office.post(f"/board/run/hours{WHERE}", data, headers=headers)
        assert (answer.status_code, words in answer.text) == (422, True)
    assert not Run.objects.exists()


def test_the_hour_that_clocks_skip_is_refused(office, truck):
    spring = dt.date(2027, 3, 14)
    data = {"truck": truck.pk, "day": spring, "starts": "02:30", "ends": "08:00"}

    answer = office.post(f"/board/run/hours?day={spring}", data, headers=PARTIAL)

    assert "02:30 is not there, or is there twice" in answer.text
    assert not Run.objects.exists()


def test_a_trip_that_is_not_there_is_asked_for_in_vain(office):
    assert office.get("/board/run?truck=999&day=today").status_code == 404
    assert office.post(f"/board/run/lock{WHERE}", {"truck": 999}).status_code == 422


def test_a_stop_is_locked_on_its_card(office):
    stop = StopFactory(run__day=DAY)
    address = f"/board/jobs/{stop.job_id}/lock{WHERE}"

    assert office.post(address, {"locked": "on"}, headers=PARTIAL).status_code == 200
    for words in ("🔒 locked", ">Free<"):
        assert words in office.get(BOARD).text
    assert office.post(address, headers=PARTIAL).status_code == 200
    assert "🔒" not in office.get(BOARD).text
    stop.delete()
    assert office.post(address, {"locked": "on"}, headers=PARTIAL).status_code == 422
