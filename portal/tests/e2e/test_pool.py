"""The pool is searched, and what is looked for is kept."""

import pytest
from playwright.sync_api import expect

from portal.tests.e2e.board import card, drag, lane, open_board
from portal.tests.e2e.eyes import faults

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_search_stays_while_jobs_are_moved_and_is_kept_as_a_view(window, yard):
    page = open_board(window)
    pool = lane(page, "To schedule")
    page.keyboard.press("/")
    page.keyboard.type("conley")
    expect(pool.get_by_role("listitem")).to_have_count(1)
    assert "q=conley" in page.url

    page.get_by_label("Name of the view").fill("Del")
    page.evaluate("htmx.trigger('#day', 'again')")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_label("Name of the view")).to_have_value("Del")
    page.get_by_label("Name of the view").press_sequentially("iveries")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("link", name="Deliveries")).to_be_visible()
    assert faults(page) == []

    drag(page, card(pool, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    expect(card(lane(page, "YARD 01"), "Dale Conley")).to_be_visible()
    expect(pool.get_by_text("Nothing that is to be scheduled fits.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(pool.get_by_role("listitem")).to_have_count(1)

    page.get_by_role("link", name="The day after").click()
    expect(page.get_by_role("searchbox")).to_have_value("conley")
    page.get_by_role("link", name="Today").last.click()
    expect(pool.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("link", name="Show all").click()
    expect(pool.get_by_role("listitem")).to_have_count(3)
    page.get_by_role("link", name="Deliveries").click()
    expect(pool.get_by_role("listitem")).to_have_count(1)
    page.get_by_role("button", name="Forget the view Deliveries").click()
    expect(page.get_by_role("link", name="Deliveries")).to_have_count(0)
    assert page.problems == []


def test_a_search_is_shown_though_something_else_is_being_sent(window, yard):
    page = open_board(window)
    pool, waiting = lane(page, "To schedule"), []

    def hold(route):
        waiting.append(route)

    page.route("**/board/driver?*", hold)
    page.get_by_label("Driver of YARD 01").select_option(index=1)
    page.get_by_role("searchbox").fill("conley")

    expect(pool.get_by_role("listitem")).to_have_count(1)
    with page.expect_response("**/board/driver?*"):
        waiting[0].continue_()
    page.wait_for_load_state("networkidle")
    expect(pool.get_by_role("listitem")).to_have_count(1)


@pytest.mark.parametrize("size", ["office", "phone"])
def test_a_view_with_a_long_name_can_be_forgotten(window, yard, size):
    page = open_board(window, size)
    page.get_by_role("searchbox").fill("conley")
    page.get_by_label("Name of the view").fill("W" * 40)
    page.get_by_role("button", name="Keep", exact=True).click()

    forget, pool = page.get_by_role("button", name="Forget the view"), lane(page, "To schedule")
    expect(forget).to_be_visible()
    button, column = forget.bounding_box(), pool.bounding_box()
    assert button["x"] + button["width"] <= column["x"] + column["width"]
    forget.click()
    expect(forget).to_have_count(0)
