"""The dispatch board as a dispatcher uses it: by mouse, by keyboard, and beside another one."""

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.yard import StopFactory
from portal.tests.e2e.board import card, drag, lane, open_board
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES
from scheduling.models import Job, Run, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_job_is_dragged_onto_a_truck_and_back_by_undo(window, yard):
    page = open_board(window)

    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))

    expect(card(lane(page, "YARD 01"), "Dale Conley")).to_be_visible()
    expect(page.get_by_text("S00411 is on YARD 01, ")).to_be_visible()
    assert Stop.objects.get().run.truck == yard[0][0]

    page.get_by_role("button", name="Undo").click()
    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible()
    expect(page.get_by_text("S00411 is to be scheduled again.")).to_be_visible()
    assert not Stop.objects.exists()
    page.evaluate("htmx.trigger('#day', 'again')")
    page.wait_for_load_state("networkidle")
    assert page.locator("#day").count() == 1
    assert page.problems == []


def test_stops_are_put_in_order_by_dragging(window, yard):
    trucks, _, jobs = yard
    run = StopFactory(run__truck=trucks[0], job=jobs[0]).run
    StopFactory(run=run, job=jobs[1], position=1)
    Job.objects.filter(pk__in=[jobs[0].pk, jobs[1].pk]).update(state="SCHEDULED")
    page = open_board(window)
    first = lane(page, "YARD 01")

    drag(page, card(first, "Dale Conley"), card(first, "Maria Alvarez"))

    expect(first.get_by_role("listitem").first).to_contain_text("Dale Conley")
    expect(page.get_by_text("S00411 is on YARD 01, ")).to_be_visible()
    assert [stop.job for stop in run.stops.order_by("position")] == [jobs[1], jobs[0]]


def test_a_job_is_moved_with_the_keyboard_alone(window, yard):
    page = open_board(window)

    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Move S00411")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("heading", name="Move S00410, Maria Alvarez")).to_be_visible()
    assert faults(page) == []
    dialog.get_by_label("Truck").focus()
    page.keyboard.type("YARD 02")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Move").focus()
    page.keyboard.press("Enter")

    expect(dialog).to_be_hidden()
    expect(card(lane(page, "YARD 02"), "Maria Alvarez")).to_be_visible()
    assert Stop.objects.get().run.truck == yard[0][1]
    page.get_by_role("link", name="Move S00410").press("Enter")
    dialog.get_by_role("link", name="Leave it").press("Enter")
    expect(dialog).to_be_hidden()
    assert page.url.endswith("/board/")
    assert page.problems == []


def test_a_driver_is_chosen_in_the_lane(window, yard):
    _, drivers, _ = yard
    page = open_board(window)

    with page.expect_response("**/board/driver?*"):
        page.get_by_label("Driver of YARD 01").select_option(str(drivers[1]))

    assert Run.objects.get().driver == drivers[1]


def test_two_dispatchers_see_each_other_and_the_second_is_refused_kindly(window, yard):
    ann, ben = open_board(window), open_board(window, role=Role.ADMIN)
    ben.route("**/live?*", lambda route: route.abort())  # he has not seen it yet
    drag(ann, card(ann, "Dale Conley"), lane(ann, "YARD 01").get_by_role("list"))
    expect(card(lane(ann, "YARD 01"), "Dale Conley")).to_be_visible()

    drag(ben, card(ben, "Dale Conley"), lane(ben, "YARD 02").get_by_role("list"))

    refusal = ben.get_by_role("alert").first
    expect(refusal).to_contain_text("moved S00411 to YARD 01")
    expect(card(lane(ben, "YARD 01"), "Dale Conley")).to_be_visible()
    expect(card(lane(ben, "YARD 02"), "Dale Conley")).to_be_hidden()
    assert Stop.objects.get().run.truck == yard[0][0]


def test_another_s_move_appears_without_reloading(window, yard):
    ann, ben = open_board(window), open_board(window, role=Role.DIRECTOR)

    drag(ann, card(ann, "Dale Conley"), lane(ann, "YARD 01").get_by_role("list"))

    expect(card(lane(ben, "YARD 01"), "Dale Conley")).to_be_visible(timeout=5_000)


def test_a_drop_that_the_server_never_heard_of_is_taken_back(window, yard):
    page = open_board(window)
    page.route("**/move?*", lambda route: route.abort())

    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))

    expect(page.get_by_text("The portal did not answer.")).to_be_visible()
    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible()


@pytest.mark.parametrize("size", sorted(SIZES))
def test_a_full_board_is_accessible_and_fits(window, yard, size):
    trucks, _, jobs = yard
    done = StopFactory(run__truck=trucks[0], run__driver=None, job=jobs[0])
    Stop.objects.filter(pk=done.pk).update(done_at=timezone.now())
    StopFactory(run=done.run, position=1, job__state="CANCELLED")
    StopFactory(run=done.run, position=2, job__picking__order__customer__name="W" * 90)
    page = open_board(window, size)

    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []
    page.goto(f"{reverse('scheduling:jobs-where')}?job={jobs[1].pk}")
    assert faults(page) == []
