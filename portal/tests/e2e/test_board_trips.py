"""Several jobs at once, several trips of a truck, and back again, as a dispatcher does it."""

import pytest
from playwright.sync_api import expect

from portal.tests.e2e.board import Slow, card, drag, lane, open_board
from portal.tests.e2e.eyes import faults
from scheduling.models import BoardStep, Run, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_marked_jobs_are_dragged_together_and_taken_back_with_the_keyboard(window, yard):
    page = open_board(window)
    pool = lane(page, "To schedule")
    page.get_by_label("Mark S00410").check()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.get_by_label("Mark S00411")).to_be_checked()
    page.evaluate("htmx.trigger('#day', 'again')")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Mark S00410")).to_be_checked()

    drag(page, card(pool, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))

    expect(page.get_by_text("2 jobs are on YARD 01, ")).to_be_visible()
    expect(lane(page, "YARD 01").get_by_role("listitem")).to_have_count(2)
    expect(page.get_by_label("Mark S00410")).not_to_be_checked()
    page.keyboard.press("Control+z")
    expect(page.get_by_text("2 jobs are to be scheduled again.")).to_be_visible()
    assert not Stop.objects.exists()
    page.keyboard.press("Control+Shift+Z")
    expect(lane(page, "YARD 01").get_by_role("listitem")).to_have_count(2)
    page.keyboard.press("Control+Shift+Z")
    expect(page.get_by_text("no move of yours left to do again")).to_be_visible()


def test_undo_waits_for_the_drop_that_is_still_on_its_way(window, yard):
    page = open_board(window)
    slow = Slow(page)
    drag(
        page,
        card(lane(page, "To schedule"), "Dale Conley"),
        lane(page, "YARD 01").get_by_role("list"),
    )
    page.keyboard.press("Control+z")
    page.wait_for_timeout(300)
    assert not Stop.objects.exists()

    slow.answer(1)

    expect(page.get_by_text("S00411 is to be scheduled again.")).to_be_visible()
    assert BoardStep.objects.get().is_undone


def test_the_answer_of_a_dialog_leaves_a_drop_alone_that_is_still_on_its_way(window, yard):
    page = open_board(window)
    slow = Slow(page)
    first = lane(page, "YARD 01")
    drag(page, card(lane(page, "To schedule"), "Dale Conley"), first.get_by_role("list"))
    lane(page, "YARD 02").get_by_role("link", name="Hours, trips").click()
    page.get_by_role("dialog").get_by_role("button", name="Another trip").click()
    expect(page.get_by_text("YARD 02 goes out 2 times")).to_be_visible()
    expect(card(first, "Dale Conley")).to_be_visible()

    slow.answer(1)

    expect(page.get_by_text("S00411 is on YARD 01, ")).to_be_visible()
    expect(lane(page, "YARD 02 · trip 2")).to_be_visible()
    assert page.problems == []


def test_marked_jobs_are_moved_with_the_keyboard(window, yard):
    page = open_board(window)

    for key in "jxjxj":
        page.keyboard.press(key)
    page.keyboard.press("k")
    page.keyboard.press("Enter")

    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Truck").select_option(label="YARD 01")
    dialog.get_by_role("button", name="Move", exact=True).click()
    expect(lane(page, "YARD 01").get_by_role("listitem")).to_have_count(2)
    assert page.problems == []


def test_marked_jobs_are_moved_by_the_dialog(window, yard):
    page = open_board(window)
    expect(page.get_by_role("button", name="Move what is marked")).to_be_hidden()
    before = page.get_by_label("Mark S00410").bounding_box()
    page.get_by_label("Mark S00410").check()
    page.get_by_label("Mark S00411").check()
    assert page.get_by_label("Mark S00410").bounding_box() == before, "it stays under the hand"

    page.get_by_role("button", name="Move what is marked").click()
    dialog = page.get_by_role("dialog", name="Move 2 jobs")
    dialog.get_by_label("Truck").select_option("YARD 02")
    dialog.get_by_role("button", name="Move").click()

    expect(dialog).to_be_hidden()
    expect(page.get_by_text("2 jobs are on YARD 02, ")).to_be_visible()
    expect(page.get_by_role("button", name="Move what is marked")).to_be_hidden()


def test_a_truck_goes_out_twice_and_its_run_is_locked(window, yard):
    page = open_board(window)
    first = lane(page, "YARD 01")
    drag(page, card(lane(page, "To schedule"), "Dale Conley"), first.get_by_role("list"))
    expect(card(first, "Dale Conley")).to_be_visible()

    first.get_by_role("link", name="Hours, trips").click()
    dialog = page.get_by_role("dialog")
    assert faults(page) == []
    dialog.get_by_label("Back at").fill("06:00")
    dialog.get_by_role("button", name="Keep the hours").click()
    expect(dialog.get_by_text("It is back before it leaves.")).to_be_visible()
    dialog.get_by_label("Back at").fill("11:00")
    dialog.get_by_role("button", name="Keep the hours").click()
    expect(dialog).to_be_hidden()
    expect(first.get_by_text("07:00\u201311:00")).to_be_visible()
    first.get_by_role("link", name="Hours, trips").click()
    dialog.get_by_role("button", name="Another trip").click()

    second = lane(page, "YARD 01 · trip 2")
    expect(second.get_by_text("11:25\u201317:00")).to_be_visible()
    drag(page, card(lane(page, "To schedule"), "Maria Alvarez"), second.get_by_role("list"))
    expect(card(second, "Maria Alvarez")).to_be_visible()
    second.get_by_role("link", name="Hours, trips").click()
    dialog.get_by_role("button", name="Lock it").click()
    expect(second.get_by_text("🔒 locked")).to_be_visible()
    drag(page, card(second, "Maria Alvarez"), lane(page, "To schedule").get_by_role("list"))

    expect(card(second, "Maria Alvarez")).to_be_visible()
    assert Run.objects.get(trip=2).stops.count() == 1
    assert faults(page) == []
    assert len(page.problems) == 1, page.problems
    [refused] = page.problems
    assert "422" in refused
