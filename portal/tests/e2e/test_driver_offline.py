"""A day without signal: what was done is on the phone, and reaches the server exactly once."""

import hashlib
import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from playwright.sync_api import expect

from drivers.models import ProofOfDelivery, StopAction
from odoo_bridge.models import OutboxEntry
from portal.setup.models import BusinessProfile
from portal.tests.e2e.driver import all_is_sent, arrive, open_stop, tap, unsent
from portal.tests.e2e.thirty_stops import (
    SHA_OF_FILES,
    a_photo,
)
from scheduling.services.unplan_job import unplan_job

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
A_PHOTO = {"name": "photo.jpg", "mimeType": "image/jpeg"}


def test_the_page_opens_without_signal_and_keeps_what_was_done(phone, stops):
    page = phone()
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="A. Whitfield")).to_be_visible()
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    unsent(page, 3)
    assert not StopAction.objects.exists()

    page.close()
    page = page.context.new_page()
    page.context.set_offline(True)
    page.goto("/driver/")
    expect(page.get_by_text("1 of 3 done")).to_be_visible()
    unsent(page, 3)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_is_sent(page)
    assert StopAction.objects.count() == 3
    stops[0].refresh_from_db()
    assert stops[0].done_at


def test_a_photo_is_on_the_phone_first_and_arrives_as_it_left(phone, stops):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    page.locator("input[type=file]").set_input_files(A_PHOTO | {"buffer": a_photo()})
    unsent(page, 1)
    tap(page, "Signature", "link")
    paper = page.locator("canvas").bounding_box()
    page.mouse.move(paper["x"] + 40, paper["y"] + 40)
    page.mouse.down()
    page.mouse.move(paper["x"] + 160, paper["y"] + 90, steps=8)
    page.mouse.up()
    tap(page, "Save")
    unsent(page, 2)
    sums = page.evaluate(SHA_OF_FILES)
    page.context.set_offline(False)
    page.get_by_role("link", name="not sent yet").tap()
    tap(page, "Send now")

    all_is_sent(page)
    proofs = ProofOfDelivery.objects.all()
    assert sorted(one.sha256 for one in proofs) == sums
    for proof in proofs:
        with default_storage.open(proof.file.name) as kept:
            content = kept.read()
        assert hashlib.sha256(content).hexdigest() == proof.sha256
        assert not Image.open(io.BytesIO(content)).getexif()
    photo = StopAction.objects.get(what="PHOTO").proof
    with photo.file.open("rb") as kept, Image.open(kept) as picture:
        assert picture.size == (1200, 1600), "upright, and made smaller"
    assert OutboxEntry.objects.filter(command="AttachFile").count() == 2


def test_what_is_no_photo_is_said_so(phone, stops):
    page = phone()
    open_stop(page, stops[0])
    no_photo = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"%PDF-1.7"}
    page.on("dialog", lambda dialog: dialog.accept())

    with page.expect_event("dialog") as heard:
        page.locator("input[type=file]").set_input_files(no_photo)

    assert heard.value.message == "This picture cannot be read. Take another one."
    expect(page.get_by_text("All is sent")).to_be_visible()
    assert not StopAction.objects.exists()


NEVER_OPENS = """
const open = indexedDB.open.bind(indexedDB);
indexedDB.open = (...about) => Object.assign(open(...about), { addEventListener() {} });
"""
PAINTED_AND_ASKED = """() => [
  performance.getEntriesByName("first-contentful-paint")[0].startTime,
  performance.getEntriesByType("resource")
    .find((one) => /driver.app[.].*js$/.test(one.name)).startTime,
]"""


def drawn(page):
    """Return the first screen's button where the script has drawn it: the last look has it too."""
    return page.locator("#driver:not([inert])").get_by_role("button", name="I am on my way")


def test_the_day_is_there_at_once_while_the_phone_s_store_opens(phone, stops):
    page = phone()
    page.wait_for_timeout(1500)  # it is kept once the screen has been still for a second
    again = page.context.new_page()
    again.add_init_script(NEVER_OPENS)
    again.goto("/driver/")

    expect(again.locator("h2", has_text="A. Whitfield")).to_be_visible()
    assert again.locator("#driver").evaluate("place => place.inert")
    expect(again.locator(".unsent")).to_have_text("…")  # it may not be so any more
    page.reload()
    expect(drawn(page)).to_have_count(1)


def test_the_last_look_is_painted_before_the_script_is_read(phone, stops):
    page = phone()
    page.wait_for_timeout(1500)
    page.reload()
    expect(drawn(page)).to_have_count(1)

    painted, asked = page.evaluate(PAINTED_AND_ASKED)
    assert painted <= asked


def test_a_signal_that_comes_while_something_is_under_way_is_used(phone, stops):
    page = phone()
    all_is_sent(page)
    asked = []

    def hold(route):
        asked.append(route)

    page.context.route("**/driver/acts", lambda route: route.abort())
    page.context.route("**/driver/day", hold)
    with page.expect_request("**/driver/day"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    open_stop(page, stops[0])
    tap(page, "I am on my way")
    unsent(page, 1)
    page.context.unroute("**/driver/acts")
    with page.expect_request("**/driver/acts", timeout=9000):  # sooner than by the timer
        asked.pop().abort()  # the signal was gone again
    page.context.unroute("**/driver/day")

    all_is_sent(page)
    assert StopAction.objects.count() == 1


NEWER = """
async () => {
  const before = await caches.keys();
  const registration = await navigator.serviceWorker.getRegistration("/driver/");
  const taken = new Promise((done) => {
    navigator.serviceWorker.addEventListener("controllerchange", () => done());
  });
  await registration.update();
  await taken;
  const old = before.find((name) => name.startsWith("driver-shell-"));
  while (await caches.has(old)) await new Promise((done) => setTimeout(done, 50));
  return [before, await caches.keys()];
}
"""


def test_a_new_version_of_the_page_keeps_what_waits(phone, stops):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    arrive(page)
    unsent(page, 2)
    page.context.route("**/driver/acts", lambda route: route.abort())
    page.context.set_offline(False)
    BusinessProfile.objects.create(pk=1, name="Hill Wood", country="US", time_zone="UTC")
    old, new = page.evaluate(NEWER)
    assert len(old) == len(new), "the old page is thrown away"
    assert set(old) != set(new)

    page.reload()
    assert page.title() == "Run · Hill Wood"
    unsent(page, 2)
    page.context.unroute("**/driver/acts")
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_is_sent(page)
    assert StopAction.objects.count() == 2


def test_what_the_office_took_away_meanwhile_is_kept_for_it(phone, stops, person):
    page = phone()
    page.context.set_offline(True)
    open_stop(page, stops[0])
    arrive(page)
    tap(page, "Delivered")
    unplan_job(job_id=stops[0].job_id, seen=0, by=stops[1].run.driver.user)
    page.context.set_offline(False)
    page.evaluate("window.dispatchEvent(new Event('online'))")

    all_is_sent(page)
    assert set(StopAction.objects.values_list("verdict", flat=True)) == {"KEPT"}
    notice = page.locator(".notice", has_text="Not on your run any more: kept for the office")
    expect(notice).to_contain_text("A. Whitfield")
    page.evaluate("location.hash = '/'")
    notice.tap()
    expect(page.locator(".chip", has_text="kept for the office")).to_have_count(3)
    expect(notice).to_have_count(0)
    page.evaluate("location.hash = '/'")
    expect(page.get_by_role("heading", name="Hill Diner")).to_be_visible()
    expect(notice).to_have_count(0)
