"""The driver's phone: one hand, one stop a screen, readable in the sun."""

import pytest
from playwright.sync_api import expect

from drivers.models import Collection, ProofOfDelivery, StopAction
from odoo_bridge.models import OutboxEntry, Partner
from portal.tests.e2e.driver import SIZES, all_is_sent, arrive, open_stop, tap, too_small
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.thirty_stops import a_photo
from scheduling.models import Job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
ABROAD = "+44 7400 123456"  # no text goes there, at any hour


def test_a_stop_is_delivered_and_paid_with_the_thumb(phone, stops):
    page = phone()
    way = page.get_by_role("link", name="Navigate").get_attribute("href")
    assert "118%20Hickory" in way
    tap(page, "Check the truck", "link")
    for name in ("All is well", "Start the run", "I am on my way", "I have arrived", "Delivered"):
        tap(page, name)
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    page.get_by_role("link", name="A. Whitfield").tap()
    tap(page, "Money received", "link")
    page.get_by_label("Amount received").fill("412.00")
    tap(page, "Money received")

    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert Collection.objects.get().amount == 412
    assert [act.what for act in StopAction.objects.order_by("number")] == [
        *("VEHICLE", "STARTED", "ON_MY_WAY", "ARRIVED", "DELIVERED", "COLLECTED")
    ]
    assert page.problems == []


def test_a_part_is_handed_over_with_its_reason(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Only a part", "link")
    page.get_by_label("of 2 cord").fill("1,5")
    tap(page, "Save")
    assert page.get_by_label("Why is it less?").evaluate("field => !field.validity.valid")
    page.get_by_label("Why is it less?").fill("Too wet")
    tap(page, "Save")

    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    [goods] = OutboxEntry.objects.get().payload["goods"]
    assert goods["quantity"] == "1.5"


def test_what_nobody_took_goes_again_another_day(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Not taken", "link")
    tap(page, "Save")
    assert page.get_by_label("Why was it not taken?").evaluate("field => !field.validity.valid")
    page.get_by_label("Why was it not taken?").fill("Gate locked")
    tap(page, "Save")

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    stops[0].job.refresh_from_db()
    assert stops[0].job.state == Job.State.TO_SCHEDULE


def test_an_amount_is_keyed_in_and_explained(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    amount = page.get_by_label("Amount received")
    expect(amount).to_have_value("")
    for wrong in ("", "much", "500"):
        amount.fill(wrong)
        tap(page, "Money received")
        assert amount.evaluate("field => !field.validity.valid"), wrong
    amount.fill("400")
    tap(page, "Money received")
    why = page.get_by_label("Why is it another amount?")
    assert why.evaluate("field => field.validationMessage").endswith("Say why it is less.")
    why.fill("The rest on Friday")
    page.get_by_label("Check", exact=True).check()
    page.get_by_label("Number of the check").fill("1001")
    photo = {"name": "check.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.get_by_label("Photo of the check").set_input_files(photo)
    tap(page, "Money received")

    expect(page.get_by_text("$\u00a012.00 still open")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    collection = Collection.objects.get()
    assert (collection.method, collection.check_number) == ("CHECK", "1001")
    assert ProofOfDelivery.objects.get().action.what == "CHECK"
    page.evaluate("location.hash = '#/queue'")
    expect(page.get_by_text("Money received $\u00a0400.00")).to_be_visible()


def test_a_check_has_a_photo_or_a_word_why_not(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    expect(page.get_by_label("Photo of the check")).to_be_hidden()
    page.get_by_label("Amount received").fill("412")
    page.get_by_label("Check", exact=True).check()
    page.get_by_label("Number of the check").fill("1001")
    why = page.get_by_label("Why is it another amount?")
    no_photo = {"name": "check.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7"}
    page.on("dialog", lambda dialog: dialog.accept())

    tap(page, "Money received")
    assert why.evaluate("field => field.validationMessage").startswith("Take a photo of the check")
    page.get_by_label("Photo of the check").set_input_files(no_photo)
    with page.expect_event("dialog") as heard:
        tap(page, "Money received")
    assert heard.value.message == "This picture cannot be read. Take another one."
    page.get_by_label("Photo of the check").set_input_files([])
    why.fill("The camera is broken")
    tap(page, "Money received")

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert Collection.objects.get().reason == "The camera is broken"
    assert not ProofOfDelivery.objects.exists()


SLOW_PICTURES = """
() => {
  const make = window.createImageBitmap;
  let made = 0;
  window.createImageBitmap = async (...about) => {
    await new Promise((done) => setTimeout(done, 700 * ++made));
    return make(...about);
  };
}
"""


def test_a_second_tap_while_the_picture_is_made_takes_no_second_check(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    page.get_by_label("Amount received").fill("100")
    page.get_by_label("Check", exact=True).check()
    page.get_by_label("Number of the check").fill("1001")
    photo = {"name": "check.jpg", "mimeType": "image/jpeg", "buffer": a_photo()}
    page.get_by_label("Photo of the check").set_input_files(photo)
    page.get_by_label("Why is it another amount?").fill("The rest on Friday")
    page.evaluate(SLOW_PICTURES)
    page.evaluate("() => [1, 2].forEach(() => document.querySelector('form').requestSubmit())")

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    page.wait_for_timeout(2000)  # a second picture would be there by then
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert StopAction.objects.filter(what__in=("CHECK", "COLLECTED")).count() == 2
    assert Collection.objects.get().amount == 100


def test_the_customer_is_texted_with_the_thumb(phone, stops):
    Partner.objects.filter(pk=stops[0].job.picking.destination_id).update(phone=ABROAD)
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Text", "link")
    tap(page, "Send")
    words = page.get_by_label("What should the customer know?")
    assert words.evaluate("field => !field.validity.valid")
    tap(page, "I am at the gate.")
    expect(words).to_be_focused()
    tap(page, "Send")

    expect(page.locator(f"#stop-{stops[0].uuid}")).to_be_visible()
    page.get_by_role("link", name="1 refused").tap()
    expect(page.get_by_role("listitem").filter(has_text="Text to the customer")).to_be_visible()
    act = StopAction.objects.get()
    assert (act.what, act.details) == ("TEXTED", {"text": "I am at the gate."})


def test_a_customer_pays_by_card(phone, stops):
    Partner.objects.filter(pk=stops[0].job.picking.destination_id).update(phone="(606) 555-0123")
    page = phone()
    open_stop(page, stops[0])
    tap(page, "Delivered")
    tap(page, "Money received", "link")
    tap(page, "Text a link to pay by card")

    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(page.get_by_text("All is sent")).to_be_visible()
    open_stop(page, stops[0])
    expect(page.get_by_text("A link to pay by card goes to the customer.")).to_be_visible()
    act = StopAction.objects.order_by("number").last()
    assert (act.what, act.verdict, act.details) == ("CARD_LINK", "APPLIED", {"amount": "412.00"})


def test_what_the_server_refuses_stays_in_view(phone, stops):
    page = phone()
    page.context.route("**/driver/day", lambda route: route.abort())  # the phone hears it too late
    open_stop(page, stops[0])
    arrive(page)
    all_is_sent(page)
    Job.objects.filter(pk=stops[0].job_id).update(state=Job.State.CANCELLED)
    tap(page, "Delivered")

    said = page.get_by_role("alert")
    expect(said).to_contain_text("kept for the office")
    expect(said).to_contain_text("is cancelled already")


def test_a_long_title_takes_two_lines_and_what_is_not_sent_keeps_its_place(phone, stops):
    vehicle = stops[0].run.truck.vehicle
    vehicle.plate = "KENWORTH T370 CRANE, YARD 07"
    vehicle.save()
    page = phone(locale="es-US")
    page.reload()
    title, pill = page.locator(".run-head h1"), page.get_by_role("link", name="Todo enviado")
    expect(title).to_contain_text("KENWORTH")
    expect(pill).to_be_visible()

    line = title.evaluate("title => parseFloat(getComputedStyle(title).lineHeight)")
    assert line * 1.5 < title.bounding_box()["height"] < line * 2.5
    at, seen = pill.bounding_box(), pill.locator(".chip").bounding_box()
    assert at["x"] + at["width"] <= SIZES["phone"]["width"]
    assert (at["height"] >= 48, seen["height"] < 30) == (True, True)


def test_a_driver_reads_spanish(phone, stops):
    page = phone()
    tap(page, "Español")

    expect(page.get_by_role("button", name="Voy en camino")).to_be_visible()
    page.reload()
    expect(page.get_by_role("button", name="Voy en camino")).to_be_visible()
    assert page.evaluate("document.documentElement.lang") == "es"


def test_what_the_server_refuses_is_read_in_spanish(phone, stops):
    Partner.objects.filter(pk=stops[0].job.picking.destination_id).update(phone=ABROAD)
    page = phone(locale="es-US")
    page.context.route("**/driver/day", lambda route: route.abort())
    open_stop(page, stops[0])
    tap(page, "Mensaje", "link")
    tap(page, "Estoy en el portón.")
    tap(page, "Enviar")
    why = "El mensaje no se envió. El número es de otro país. Mejor llame."
    expect(page.get_by_role("alert")).to_have_text(f"✕ rechazado: {why}")
    Job.objects.filter(pk=stops[0].job_id).update(state=Job.State.CANCELLED)
    tap(page, "Entregado")

    name, said = stops[0].job.name, "ya está: cancelado. Llame a la oficina si no es así."
    expect(page.get_by_role("alert")).to_have_text(f"✕ la oficina decide: {name} {said}")
    page.evaluate("location.hash = '#/queue'")
    expect(page.get_by_text(f"{name} {said}")).to_be_visible()
    expect(page.get_by_text(why)).to_be_visible()


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_driver_s_screens_are_accessible_fit_and_take_a_thumb(phone, stops, size):
    Job.objects.filter(pk=stops[1].job_id).update(state=Job.State.CANCELLED)
    page = phone(size)
    looks_right(page, size)
    at = f"#/stop/{stops[0].uuid}"
    run = f"#/run/{stops[0].run.uuid}/check"
    for where in (at, f"{at}/part", f"{at}/left", f"{at}/sign", f"{at}/text", run, "#/queue"):
        page.evaluate("where => location.hash = where", where)
        looks_right(page, size)
    open_stop(page, stops[0])
    tap(page, "Delivered")
    expect(page.locator(".chip", has_text="Delivered")).to_be_visible()
    looks_right(page, size)
    tap(page, "Money received", "link")
    looks_right(page, size)
    assert page.problems == []


def looks_right(page, size):
    expect(page.locator("main")).to_be_visible()
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    if size == "phone":
        assert too_small(page) == []
