"""When a delivery is taken, and what its customer is told: the dialogs of a card."""

import pytest
from playwright.sync_api import expect

from odoo_bridge.models import Partner
from portal.testing.days import business_today
from portal.testing.yard import StopFactory
from portal.tests.e2e.board import card, drag, lane, open_board
from portal.tests.e2e.eyes import faults
from scheduling.models import Job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", ["office", "phone"])
def test_a_window_is_said_and_a_run_outside_it_needs_a_look(window, yard, size):
    page = open_board(window, size=size)
    page.get_by_role("link", name="When S00411").click()
    dialog = page.get_by_role("dialog", name="When S00411, Dale Conley is taken")
    assert faults(page) == []
    dialog.get_by_label("Day").fill(business_today().isoformat())
    dialog.get_by_label("Not before").fill("18:00")
    dialog.get_by_label("Not after").fill("17:00")
    dialog.get_by_role("button", name="Keep").click()
    expect(dialog.get_by_text("The window ends before it begins.").first).to_be_visible()
    dialog.get_by_label("Not after").fill("19:00")
    dialog.get_by_role("button", name="Keep").click()

    expect(dialog).to_be_hidden()
    expect(card(page, "Dale Conley").get_by_text("18:00 to 19:00")).to_be_visible()
    assert Job.objects.exclude(window_from=None).count() == 1


def test_after_a_move_its_customer_is_told_in_two_taps(window, yard):
    Partner.objects.update(phone="(606) 555-0123")
    page = open_board(window)
    drag(
        page,
        card(lane(page, "To schedule"), "Dale Conley"),
        lane(page, "YARD 01").get_by_role("list"),
    )

    page.get_by_role("link", name="Text the customer of S00411").click()
    dialog = page.get_by_role("dialog", name="Text Dale Conley about S00411")
    expect(dialog.get_by_label("Text")).to_have_value(
        f"Yardmaster: your delivery S00411 is planned for "
        f"{business_today():%A, %B} {business_today().day}."
    )
    assert faults(page) == []
    dialog.get_by_role("button", name="Send").click()

    # Which of the two depends on the hour at which this runs.
    gone, too_late = (
        page.get_by_text("Dale Conley gets the text"),
        page.get_by_text("Its time was over"),
    )
    expect(gone.or_(too_late).first).to_be_visible()


def test_a_refusal_is_as_wide_as_its_form_and_does_not_touch_it(window, yard):
    page = open_board(window)
    page.get_by_role("link", name="When S00411").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Not before").fill("14:00")
    dialog.get_by_role("button", name="Keep").click()

    refusal, form = dialog.get_by_role("alert"), dialog.locator("form")
    expect(refusal).to_contain_text("Say the day and both times")
    box, around = refusal.bounding_box(), form.bounding_box()
    assert (box["x"], box["width"]) == (around["x"], around["width"])
    below = form.locator("label").first.bounding_box()["y"]
    assert box["y"] + box["height"] + 8 <= below


def test_the_number_of_a_stop_is_round_on_a_phone(window, yard):
    StopFactory(run__truck=yard[0][0], run__day=business_today())
    page = open_board(window, "phone")

    number = page.locator(".card-head .number").bounding_box()
    assert number["height"] <= number["width"] + 1
