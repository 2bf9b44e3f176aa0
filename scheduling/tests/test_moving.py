"""What the board answers to a move: with htmx, in the dialog, and without JavaScript."""

import pytest
from django.utils import timezone

from portal.accounts.models import Role
from portal.testing.yard import DriverFactory, JobFactory, RunFactory, StopFactory, TruckFactory
from scheduling.models import Job, Stop
from scheduling.services.check_runs import check_runs
from scheduling.tests.conftest import BOARD, PARTIAL, move
from scheduling.tests.conftest import BOARD_DAY as DAY

pytestmark = pytest.mark.django_db


def test_the_answer_says_the_outcome_and_is_small(office):
    StopFactory(run__day=DAY)
    answer = move(office, JobFactory(), truck=TruckFactory().pk)

    assert len(answer.content) < 5_000
    assert 'id="day"' not in answer.text  # the page reads it
    assert '<div id="moved" hx-swap-oob="true"' in answer.text
    assert "move-form" not in answer.text.replace("#move-form", "")


def test_a_job_that_stays_where_it_is_needs_no_words(office):
    job = JobFactory()

    answer = move(office, job)

    assert answer.status_code == 200
    assert "Undo" not in answer.text
    assert "again." not in answer.text


def test_a_cancelled_stop_leaves_the_run_for_good(office):
    stop = StopFactory(run__day=DAY, job__state=Job.State.CANCELLED)
    board = office.get(BOARD).text
    assert "Take off the run" in board
    assert ">Move<" not in board

    answer = move(office, stop.job)

    assert f"{stop.job.order.name} is off the run." in answer.text
    assert "Undo" not in answer.text


def test_a_refused_dialog_stands_with_what_was_typed(office, signed_in):
    job, truck, wanted = JobFactory(), TruckFactory(), TruckFactory()
    move(signed_in(Role.OFFICE, name="Ann"), job, truck=truck.pk)

    answer = move(office, job, truck=wanted.pk, number=3, in_dialog="True")

    assert answer.status_code == 422
    assert '<form id="move-form" hx-swap-oob="morph"' in answer.text
    assert answer.text.count(f"Ann moved {job.order.name}") == 1
    assert 'name="number" value="3"' in answer.text
    assert f'<option value="{wanted.pk}" selected>' in answer.text
    assert (
        f'<input type="hidden" name="job" value="{job.pk}:1"' in answer.text
    )  # now it has been seen

    wrong = move(office, job, number=0, in_dialog="True")
    assert (wrong.status_code, "Stop number: Ensure" in wrong.text) == (422, True)


def test_without_javascript_a_move_leads_back_to_the_board(office):
    job, truck = JobFactory(), TruckFactory()

    answer = move(office, job, headers=None, truck=truck.pk)

    assert (answer.status_code, answer.url) == (302, BOARD)
    assert f"{job.order.name} is on {truck}" in office.get(BOARD).text
    job.refresh_from_db()
    again = move(office, job, headers=None, truck=truck.pk)
    assert again.status_code == 302


def test_without_javascript_a_refused_form_is_shown_again(office):
    job = JobFactory()

    asked = move(office, job, headers=None, day="tomorrow", in_dialog="True")
    undone = move(office, job, headers=None, day="tomorrow")

    assert (asked.status_code, undone.status_code) == (422, 422)
    assert "<h1>Move a job</h1>" in asked.text
    assert 'name="day" value="tomorrow"' in asked.text
    assert "<h1>Move a job</h1>" not in undone.text
    for page in (asked, undone):
        assert "Day: Enter a valid date." in page.text


def test_without_javascript_a_driver_is_given_too(office):
    truck, driver = TruckFactory(), DriverFactory()
    data = {"truck": truck.pk, "day": DAY, "driver": driver.pk}

    answer = office.post(f"/board/driver?day={DAY}", data)

    assert (answer.status_code, answer.url) == (302, BOARD)
    assert f"{driver} drives {truck}." in office.get(BOARD).text
    office.post(f"/board/driver?day={DAY}", {**data, "driver": ""})
    assert f"Nobody drives {truck}." in office.get(BOARD).text


def test_the_dialog_offers_a_truck_that_is_not_in_use_only_to_the_job_that_is_on_it(office):
    old = StopFactory(run__day=DAY, run__truck__is_active=False)
    asked = office.get(f"/board/where?job={old.job.pk}", headers=PARTIAL).text
    other = office.get(f"/board/where?job={JobFactory().pk}").text

    name = f"{old.run.truck} (not in use any more)"
    assert f'<option value="{old.run.truck.pk}" selected>{name}</option>' in asked
    assert name not in other


def test_undo_brings_a_job_back_onto_a_truck_that_is_not_in_use_any_more(office):
    old = StopFactory(run__day=DAY, run__truck__is_active=False)
    move(office, old.job)
    assert f'name="truck" value="{old.run.truck.pk}"' in office.get(BOARD).text
    old.job.refresh_from_db()

    assert move(office, old.job, truck=old.run.truck.pk, number=1).status_code == 200
    assert Stop.objects.get().run == old.run


def test_a_lane_says_what_is_the_matter_with_it(office):
    RunFactory(day=DAY, truck__is_active=False)
    check_runs(StopFactory(run__day=DAY).run_id)  # volume 120 %
    board = office.get(BOARD).text

    assert "▲ not in use any more" in board
    assert board.count("data-closed") == 1
    assert "✕ too full" in board


def test_a_load_that_nobody_knows_is_not_called_nothing(office):
    stop = StopFactory(run__day=DAY)
    product = stop.job.picking.moves.get().product
    product.weight = 0
    product.save()

    board = office.get(BOARD).text

    assert "weight</span> ?" in board
    assert "These products have no weight in Odoo" in board
    assert "weight</span> 0 %" not in board


def test_a_card_names_the_total_only_beside_another_amount(office):
    stop = StopFactory(run__day=DAY)

    board = office.get(BOARD).text

    assert board.count("412.00") == 1
    Stop.objects.filter(pk=stop.pk).update(done_at=timezone.now())
    Job.objects.update(state=Job.State.DONE)
    assert office.get(BOARD).text.count("412.00") == 1
