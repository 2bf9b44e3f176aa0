"""What a hurried hand does on the phone: taps twice, types much, and looks away."""

import pytest
from playwright.sync_api import expect

from drivers.models import Collection, ProofOfDelivery, StopAction
from portal.tests.e2e.driver import all_is_sent, open_stop, tap, too_small
from portal.tests.e2e.test_driver_offline import A_PHOTO
from portal.tests.e2e.thirty_stops import a_photo

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


def test_a_double_tap_takes_money_once(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    page.get_by_label("Amount received").fill("100")
    page.get_by_label("Why is it another amount?").fill("The rest on Friday")
    page.get_by_role("button", name="Money received").dblclick()

    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    all_is_sent(page)
    assert Collection.objects.get().amount == 100
    assert StopAction.objects.filter(what="COLLECTED").count() == 1


def draw_name(page):
    """Sign with a finger."""
    paper = page.locator("canvas").bounding_box()
    page.mouse.move(paper["x"] + 40, paper["y"] + 40)
    page.mouse.down()
    page.mouse.move(paper["x"] + 160, paper["y"] + 90, steps=8)
    page.mouse.up()


def test_a_refused_signature_holds_nothing_up(phone, stops):
    page = phone()
    open_stop(page, stops[2])  # whose name is longer than a signer's may be
    tap(page, "Signature", "link")
    assert len(page.get_by_label("Who signs?").input_value()) == 100
    page.context.route("**/driver/acts", refuse_all)
    draw_name(page)
    tap(page, "Save")
    expect(page.get_by_role("alert")).to_contain_text("refused: Too much")
    page.context.unroute("**/driver/acts")

    expect(page.get_by_role("link", name="Signature", exact=True)).to_be_visible()
    with page.expect_response("**/driver/day"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(".unsent")).not_to_contain_text("not sent yet")


def refuse_all(route):
    acts = route.request.post_data_json["acts"]
    words = {"verdict": "REFUSED", "words": "Too much"}
    route.fulfill(json={"at": "", "answers": [{"id": act["id"]} | words for act in acts]})


@pytest.mark.parametrize(("status", "said"), [(422, "No picture"), (413, "Take another one")])
def test_a_picture_that_the_server_does_not_take_is_said_so(phone, stops, status, said):
    page = phone()
    open_stop(page, stops[0])
    body = {"json": {"error": "No picture"}} if status == 422 else {"body": "Too large"}
    page.context.route("**/driver/files/*", lambda route: route.fulfill(status=status, **body))
    page.locator("input[type=file]").set_input_files(A_PHOTO | {"buffer": a_photo()})

    expect(page.get_by_role("alert")).to_contain_text(said)
    expect(page.get_by_text("✓ Photo")).to_have_count(0)
    page.evaluate("location.hash = '/queue'")
    photo = page.get_by_role("listitem").filter(has_text="Photo")
    expect(photo).to_contain_text("refused")
    expect(photo).to_contain_text(said)


def test_a_photo_of_a_check_that_the_server_does_not_take_is_taken_again(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    page.get_by_label("Amount received").fill("412")
    page.get_by_label("Check", exact=True).check()
    page.get_by_label("Number of the check").fill("1001")
    page.get_by_label("Photo of the check").set_input_files(A_PHOTO | {"buffer": a_photo()})
    files = "**/driver/files/*"
    page.context.route(files, lambda route: route.fulfill(status=413, body="Too large"))
    tap(page, "Money received")
    expect(page.get_by_role("link", name="1 refused")).to_be_visible()
    page.context.unroute(files)
    open_stop(page, stops[0])
    expect(page.get_by_role("alert")).to_contain_text("Take another one")
    expect(page.get_by_role("link", name="Money received")).to_have_count(0)
    assert too_small(page) == []

    again = page.get_by_label("Take the photo of the check again")
    again.set_input_files(A_PHOTO | {"buffer": a_photo()})

    expect(page.get_by_role("alert")).to_have_count(0)
    expect(again).to_have_count(0)
    tap(page, "▲ 1 refused", "link")
    all_is_sent(page)
    assert ProofOfDelivery.objects.get().action.what == "CHECK"


def test_a_picture_whose_act_the_server_does_not_know_yet_waits(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    missing = "**/driver/files/*"
    page.context.route(missing, lambda route: route.fulfill(status=404, body="Not Found"))
    with page.expect_response(missing):
        page.locator("input[type=file]").set_input_files(A_PHOTO | {"buffer": a_photo()})
    expect(page.get_by_role("link", name="1 not sent yet")).to_be_visible()

    page.context.unroute(missing)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_is_sent(page)
    assert ProofOfDelivery.objects.count() == 1


def test_trouble_with_one_picture_lets_the_others_and_the_day_pass(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    page.context.set_offline(True)
    for _photo in range(2):
        page.locator("input[type=file]").set_input_files(A_PHOTO | {"buffer": a_photo()})
        expect(page.locator("label", has_text="✓ Photo")).to_be_visible()
        page.wait_for_timeout(1600)  # else it were the same tap
    asked = []

    def first_fails(route):
        asked.append(route.request.url)
        route.fulfill(status=500) if route.request.url == asked[0] else route.continue_()

    page.context.route("**/driver/files/*", first_fails)
    page.context.set_offline(False)
    with page.expect_response("**/driver/day"):
        page.evaluate("window.dispatchEvent(new Event('online'))")

    expect(page.get_by_role("link", name="1 not sent yet")).to_be_visible()
    assert ProofOfDelivery.objects.count() == 1


def test_a_double_tap_is_one_step_of_the_way(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    page.get_by_role("button", name="I am on my way").dblclick()
    expect(page.get_by_text("● On the way")).to_be_visible()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="I have arrived").dblclick()

    expect(page.get_by_text("● There")).to_be_visible()
    all_is_sent(page)
    expect(page.get_by_role("button", name="Delivered").first).to_be_enabled()
    assert [act.what for act in StopAction.objects.order_by("number")] == ["ON_MY_WAY", "ARRIVED"]


def test_a_quantity_is_typed_as_the_server_takes_it(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Only a part", "link")
    page.get_by_label("Why is it less?").fill("Too wet")
    much = page.get_by_label("of 2 cord")
    for wrong in ("1.33333", "1e0", "-1", ""):
        much.fill(wrong)
        tap(page, "Save")
        said = much.evaluate("field => field.validationMessage")
        assert said == "Type a number, with at most four decimals.", wrong
    much.fill("1,3333")
    tap(page, "Save")

    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    all_is_sent(page)
    [line] = StopAction.objects.get().details["lines"]
    assert line["quantity"] == "1.3333"


def test_money_is_typed_as_people_write_it(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    amount = page.get_by_label("Amount received")
    for much in ("1,000.00", "$1,000", "1.000,00", "412,01"):
        amount.fill(much)
        tap(page, "Money received")
        said = amount.evaluate("field => field.validationMessage")
        assert said.endswith("is due: type that at most."), much
    amount.fill(" $412.00")
    tap(page, "Money received")

    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    all_is_sent(page)
    assert Collection.objects.get().amount == 412


def test_a_refusal_is_on_the_first_screen_until_it_was_seen(phone, stops):
    page = phone()
    page.context.route("**/driver/acts", refuse_all)
    tap(page, "I am on my way")

    expect(page.get_by_role("alert")).to_contain_text("refused: Too much")
    page.get_by_role("link", name="1 refused").tap()
    expect(page.get_by_role("listitem").filter(has_text="On the way")).to_contain_text("refused")
    all_is_sent(page)
    page.context.unroute("**/driver/acts")
    page.evaluate("location.hash = '/'")
    tap(page, "I am on my way")

    expect(page.get_by_text("● On the way")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_who_is_signed_out_is_told_so(phone, stops):
    page = phone()
    page.on("dialog", lambda dialog: dialog.accept())
    tap(page, "Sign out")
    page.wait_for_url("**/login/**")
    page.goto("/driver/")

    expect(page.get_by_text("You are signed out.")).to_be_visible()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_the_next_screen_is_read_from_its_heading(phone, stops):
    page = phone()
    page.get_by_role("link", name="More").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("link", name="Back", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_be_focused()
