"""The dispatch board: what it says, and what it does with a move."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from portal.accounts.models import Role
from portal.testing.days import business_today
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import Job, Place, Run, Stop
from scheduling.selectors.board import board_of
from scheduling.services.complete_job import complete_job
from scheduling.services.follow_places import place_at
from scheduling.tests.conftest import BOARD, PARTIAL, move
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db


def test_the_board_lists_what_is_to_be_scheduled(office):
    assert "Everything that Odoo wants delivered" in office.get(BOARD).text
    JobFactory(picking__order__customer__name="Maria Alvarez", picking__order__name="S00412")

    page = office.get(BOARD).text

    for words in ("Maria Alvarez", "2 cord Oak, seasoned", "118 Hickory Rd", "S00412"):
        assert words in page
    assert "$\u00a0412.00" in page


def test_a_lane_says_who_drives_what_is_loaded_and_what_to_collect(office):
    stop = StopFactory(run__day=DAY, run__truck__vehicle__plate="YARD 01")

    page = office.get(BOARD).text

    assert "YARD 01" in page
    assert str(stop.run.driver) in page
    assert "weight</span> 60 %" in page
    assert "✕ volume</span> 120 %" in page
    assert "collect <b>$\u00a0412.00</b>" in page


def test_a_lane_without_a_driver_says_so_as_soon_as_there_is_something_to_drive(office):
    run = RunFactory(day=DAY, driver=None)
    assert "nobody drives" not in office.get(BOARD).text

    StopFactory(run=run)

    assert "nobody drives" in office.get(BOARD).text


def test_without_trucks_the_board_says_where_they_come_from(office):
    assert "A vehicle of Odoo's fleet becomes one" in office.get(BOARD).text


def test_a_truck_that_is_not_in_use_any_more_is_shown_while_it_has_a_run():
    RunFactory(day=DAY, truck__is_active=False)

    assert len(board_of(day=DAY).lanes) == 1
    assert board_of(day=DAY + dt.timedelta(days=1)).lanes == []


def test_nobody_knows_how_full_a_truck_without_limits_is():
    StopFactory(run__day=DAY, run__truck__most_weight=0, run__truck__most_volume=0)

    [lane] = board_of(day=DAY).lanes

    assert (lane.weight, lane.weight_percent, lane.volume_percent) == (3000, None, None)


@pytest.mark.parametrize("number", [1, 20])
def test_the_board_takes_the_same_queries_however_many_jobs(django_assert_num_queries, number):
    for _ in range(number):
        StopFactory(run__day=DAY)
        JobFactory()

    with django_assert_num_queries(7):
        board = board_of(day=DAY)

    assert (len(board.lanes), board.pool.total) == (number, number)


def test_today_is_shown_when_no_day_or_none_is_asked_for(office):
    today = business_today()
    for asked in ("", "?day=yesterday", "?day=2026-02-30", "?day=0001-01-01", "?day=9999-12-31"):
        assert office.get(f"/board/{asked}").context["day"] == today


def test_htmx_gets_the_day_alone(office):
    assert office.get(BOARD, headers=PARTIAL).text.strip().startswith('<div id="day"')


def test_a_move_answers_with_the_day_and_the_way_back(office):
    job, truck = JobFactory(), TruckFactory()

    answer = move(office, job, truck=truck.pk, number=1)

    assert answer.status_code == 200
    assert Stop.objects.get().run.truck == truck
    assert f"{job.order.name} is on {truck}, {DAY:%-d %b}." in answer.text
    assert f'data-moved="{job.pk}:1 "' in answer.text

    job.refresh_from_db()
    back = move(office, job)
    assert back.status_code == 200
    assert not Stop.objects.exists()


def test_the_second_to_move_a_job_is_told_who_and_gets_the_fresh_card(office, signed_in):
    job, truck = JobFactory(), TruckFactory()
    move(signed_in(Role.OFFICE, name="Ann"), job, truck=truck.pk)

    answer = move(office, job, truck=TruckFactory().pk)

    assert answer.status_code == 422
    assert f"Ann moved {job.order.name} to {truck}" in answer.text
    assert 'data-seen="1"' in office.get(BOARD).text
    assert Stop.objects.get().run.truck == truck


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"day": "tomorrow"}, "Day: Enter a valid date."),
        ({"truck": "999"}, "Truck: "),
        ({"day": "0001-01-01"}, "Day: Choose a day from "),
        ({"day": "9999-12-31"}, "Day: Choose a day from "),
        ({"number": "0"}, "Stop number: "),
        ({"number": "99999999999"}, "Stop number: "),
        ({"job": ""}, "Jobs: This page was not up to date."),
        ({"job": []}, "Jobs: This field is required."),
    ],
)
def test_a_move_that_makes_no_sense_is_refused_by_its_field(office, values, words):
    job = JobFactory()

    answer = move(office, job, **values)

    assert answer.status_code == 422
    assert words in answer.text
    assert not Stop.objects.exists()


def test_a_job_that_is_not_there_is_not_moved(office):
    job = JobFactory.build(pk=999, picking=None, order=None)

    assert move(office, job).status_code == 404


def test_the_dialog_asks_where_to_from_where_the_job_is(office):
    stop = StopFactory(run__day=DAY)
    address = reverse("scheduling:jobs-where") + f"?job={stop.job.pk}&day={DAY}"

    asked = office.get(address, headers=PARTIAL).text

    assert asked.strip().startswith('<form id="move-form"')
    assert f'<option value="{stop.run.truck.pk}" selected>' in asked
    assert f'value="{DAY}"' in asked
    assert "<h1>" in office.get(address).text
    pooled = office.get(f"{reverse('scheduling:jobs-where')}?job={JobFactory().pk}").text
    assert '<option value="" selected>To schedule</option>' in pooled


def test_a_run_gets_its_driver(office):
    truck, driver = TruckFactory(), DriverFactory()
    data = {"truck": truck.pk, "day": DAY, "driver": driver.pk}

    answer = office.post(f"/board/driver?day={DAY}", data, headers=PARTIAL)

    assert answer.status_code == 200
    assert Run.objects.get().driver == driver
    assert f'<option value="{driver.pk}" selected>' in office.get(BOARD).text

    office.post(f"/board/driver?day={DAY}", {**data, "driver": ""}, headers=PARTIAL)
    assert Run.objects.get().driver is None


def test_a_busy_driver_is_refused_with_the_reason(office):
    busy = StopFactory(run__day=DAY).run
    data = {"truck": TruckFactory().pk, "day": DAY, "driver": busy.driver.pk}

    answer = office.post(f"/board/driver?day={DAY}", data, headers=PARTIAL)

    assert answer.status_code == 422
    assert f"drives {busy.truck} then" in answer.text

    wrong = office.post(f"/board/driver?day={DAY}", {**data, "truck": ""}, headers=PARTIAL)
    assert (wrong.status_code, "Truck: This field is required." in wrong.text) == (422, True)


def test_the_director_looks_and_moves_nothing(signed_in):
    StopFactory(run__day=DAY)
    director = signed_in(Role.DIRECTOR)

    page = director.get(BOARD).text

    for handle in ("data-job", 'name="driver"', ">Move<", "Undo"):
        assert handle not in page
    assert move(director, JobFactory()).status_code == 403


@pytest.mark.parametrize(
    ("state", "words"),
    [("QUEUED", "not in Odoo yet"), ("UNKNOWN", "not in Odoo yet"), ("PARKED", "Odoo said no")],
)
def test_a_card_and_a_lane_say_what_odoo_has_not_done_yet(office, state, words):
    job, truck = JobFactory(), TruckFactory()
    move(office, job, truck=truck.pk)
    OutboxEntry.objects.filter(command="PlanDelivery").update(state=state)

    assert words in office.get(BOARD).text

    OutboxEntry.objects.update(state="PARKED")
    assert office.get(BOARD).text.count("Odoo said no") == 2
    OutboxEntry.objects.update(state="DONE")
    assert words not in office.get(BOARD).text


def test_a_stop_that_was_cancelled_in_odoo_says_so_and_can_be_taken_off(office):
    stop = StopFactory(run__day=DAY, job__state=Job.State.CANCELLED)

    assert "cancelled in Odoo" in office.get(BOARD).text
    assert move(office, stop.job).status_code == 200
    assert "cancelled in Odoo" not in office.get(BOARD).text


def test_a_delivered_stop_shows_when_and_stays(office, person):
    stop = StopFactory(run__day=DAY)
    at = timezone.now()
    complete_job(stop_id=stop.pk, delivery_uuid=stop.uuid, at=at, by=person(Role.DRIVER))

    page = office.get(BOARD).text

    assert "✓ " in page
    assert ">Move<" not in page
    assert move(office, stop.job, truck=stop.run.truck.pk).status_code == 422


def test_a_card_leads_to_its_place_and_says_when_it_needs_a_pin(office):
    place = place_at("12 Oak St")
    JobFactory(place=place)
    StopFactory(job__place=place, run__day=DAY)
    address = reverse("scheduling:place", args=[place.uuid])
    shown = office.get(BOARD).text
    assert shown.count(address) == 2
    assert "needs a pin" not in shown

    Place.objects.update(state="NOT_FOUND")
    assert office.get(BOARD).text.count("needs a pin") == 2
    Job.objects.update(state=Job.State.DONE)
    assert "needs a pin" not in office.get(BOARD).text, "it was found without one"
