"""The board when the network is slow or away, and when a hand changes its mind."""

import pytest
from playwright.sync_api import expect

from portal.accounts.models import Role
from portal.testing.yard import StopFactory, TruckFactory
from portal.tests.e2e.board import Slow, card, drag, hold, lane, open_board
from portal.tests.e2e.eyes import faults
from scheduling.models import Job, Stop

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def stops_of(truck):
    return [stop.job.order.name for stop in Stop.objects.filter(run__truck=truck)]


def test_a_server_that_is_away_is_not_asked_without_a_pause(window, yard):
    page, asked = open_board(window), []
    page.route("**/board/**", lambda route: (asked.append(route.request.method), route.abort()))

    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    page.wait_for_timeout(2_000)
    assert asked == ["POST", "GET"]

    page.unroute("**/board/**")
    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible(timeout=8_000)


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_once_and_told_why(window, yard):
    page, asked = open_board(window), []
    page.on("request", lambda request: asked.append(request.url.partition("?")[0]))
    page.context.clear_cookies(name="session")

    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))

    expect(page.get_by_text("You had been signed out, so nothing was saved.")).to_be_visible()
    page.wait_for_load_state("networkidle")
    assert [path.rpartition("/account")[2] for path in asked if "/account" in path] == ["/login/"]
    assert not any(path.endswith("/board/") for path in asked)


def test_a_card_that_is_dragged_again_before_the_answer_is_not_refused_by_its_own_move(
    window, yard
):
    page = open_board(window)
    server = Slow(page)
    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    drag(page, card(page, "Dale Conley"), lane(page, "YARD 02").get_by_role("list"))
    assert len(server.asked) == 1

    server.answer(1)
    expect(page.get_by_text("S00411 is on YARD 01, ")).to_be_visible()
    expect(card(lane(page, "YARD 02"), "Dale Conley")).to_be_visible()
    server.answer(2)

    expect(page.get_by_text("S00411 is on YARD 02, ")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    assert stops_of(yard[0][1]) == ["S00411"]


def test_what_another_did_to_a_waiting_card_meanwhile_is_not_overruled(window, yard):
    page, other = open_board(window), open_board(window, role=Role.ADMIN)
    page.route("**/live?*", lambda route: route.abort())
    server = Slow(page)
    drag(page, card(page, "Maria Alvarez"), lane(page, "YARD 01").get_by_role("list"))
    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    drag(other, card(other, "Dale Conley"), lane(other, "YARD 02").get_by_role("list"))
    expect(other.get_by_text("S00411 is on YARD 02, ")).to_be_visible()

    server.answer(1)
    server.answer(2)

    expect(page.get_by_role("alert").first).to_contain_text("moved S00411 to YARD 02")
    expect(card(lane(page, "YARD 02"), "Dale Conley")).to_be_visible()


def test_escape_takes_the_card_back_and_sends_nothing(window, yard):
    page = open_board(window)
    server = Slow(page)
    pool = lane(page, "To schedule").get_by_role("listitem")
    before = pool.all_inner_texts()

    hold(page, card(page, "Maria Alvarez"), lane(page, "YARD 01").get_by_role("list"))
    page.keyboard.press("Escape")
    page.mouse.up()
    page.wait_for_timeout(300)

    assert pool.all_inner_texts() == before
    assert server.asked == []
    assert page.problems == []


def test_a_drop_beside_all_columns_is_none(window, yard):
    page = open_board(window)
    server = Slow(page)

    hold(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    page.mouse.move(700, 5, steps=8)
    page.mouse.up()

    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible()
    assert server.asked == []


def test_an_answer_during_the_next_drag_is_shown_and_the_day_follows_the_drop(window, yard):
    page = open_board(window)
    page.route("**/live?*", lambda route: route.abort())
    server = Slow(page)
    drag(page, card(page, "Dale Conley"), lane(page, "YARD 01").get_by_role("list"))
    pool = lane(page, "To schedule")
    hold(page, card(page, "Priya Raman"), card(pool, "Maria Alvarez"))

    server.answer(1)
    expect(page.get_by_text("S00411 is on YARD 01, ")).to_be_visible()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()
    expect(page.locator(".sortable-ghost")).to_be_visible()
    page.keyboard.press("Escape")

    expect(card(lane(page, "YARD 01"), "Dale Conley").locator(".number")).to_have_text("1")
    expect(card(pool, "Priya Raman")).to_be_visible()


def test_a_header_takes_a_drop_too(window, yard):
    page = open_board(window)

    drag(page, card(page, "Dale Conley"), lane(page, "YARD 02").get_by_role("heading"))

    expect(page.get_by_text("S00411 is on YARD 02, ")).to_be_visible()


def test_a_truck_that_is_not_in_use_takes_no_drop(window, yard):
    StopFactory(run__truck=TruckFactory(vehicle__plate="OLD 9", is_active=False))
    page = open_board(window)
    server = Slow(page)
    expect(lane(page, "OLD 9").get_by_text("not in use any more")).to_be_visible()

    drag(page, card(page, "Dale Conley"), lane(page, "OLD 9").get_by_role("list"))

    expect(card(lane(page, "To schedule"), "Dale Conley")).to_be_visible()
    assert server.asked == []


def test_a_refused_dialog_stays_with_what_was_typed_and_can_be_sent_again(window, yard):
    page, warnings = open_board(window), []
    page.on("console", lambda m: m.type == "warning" and warnings.append(m.text))
    page.route("**/live?*", lambda route: route.abort())
    page.get_by_role("link", name="Move S00411").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Truck").select_option("YARD 01")
    dialog.get_by_label("Stop number").fill("1")
    other = open_board(window, role=Role.ADMIN)
    drag(other, card(other, "Dale Conley"), lane(other, "YARD 02").get_by_role("list"))
    expect(other.get_by_text("S00411 is on YARD 02, ")).to_be_visible()

    dialog.get_by_role("button", name="Move").click()

    expect(dialog.get_by_role("alert")).to_contain_text("moved S00411 to YARD 02")
    expect(dialog.get_by_label("Stop number")).to_have_value("1")
    assert faults(page) == []
    expect(page.locator(".lane", has_text="YARD 02").get_by_text("Dale Conley")).to_be_visible()
    dialog.get_by_role("button", name="Move").click()
    expect(dialog).to_be_hidden()
    expect(card(lane(page, "YARD 01"), "Dale Conley")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(card(lane(page, "YARD 02"), "Dale Conley")).to_be_visible()
    assert warnings == []


def test_a_cancelled_stop_is_taken_off_with_one_key(window, yard):
    StopFactory(run__truck=yard[0][0], job__state=Job.State.CANCELLED)
    page = open_board(window)

    lane(page, "YARD 01").get_by_role("button", name="Take off the run").press("Enter")

    expect(page.get_by_text("is off the run.")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("no move of yours left to take back")).to_be_visible()
    assert not Stop.objects.exists()


def test_on_a_phone_the_trucks_are_a_swipe_away(window, yard):
    page = open_board(window, "phone")

    assert lane(page, "YARD 01").bounding_box()["y"] < 844
    lane(page, "YARD 02").scroll_into_view_if_needed()
    expect(lane(page, "YARD 02").get_by_role("heading")).to_be_in_viewport()
