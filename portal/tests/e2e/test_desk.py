"""The sync desk in a browser: pages that fit, ticks that stay, and many done at once."""

import os

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from odoo_bridge.models import Conflict, LeadRecord, OutboxEntry
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.edit_entry import edit_entry
from odoo_bridge.services.editable_fields import mark_of
from odoo_bridge.services.pause_stream import pause_stream
from odoo_bridge.services.promise_lead import promise_lead
from portal.accounts.models import Role
from portal.testing.mirrors import PartnerFactory
from portal.tests.e2e.eyes import faults
from portal.tests.e2e.test_pages import SIZES

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]
State = OutboxEntry.State
WIDE = "Donaudampfschifffahrtsgesellschaft" * 3
DESK = reverse("odoo_bridge:desk")


@pytest.fixture
def parked():
    """Three leads that Odoo refused for one reason."""
    for name in ("Ann", "Bea", "Cid"):
        promise_lead(title=f"Text from {name}", text="2 cords of oak?", phone="+16065550123")
    OutboxEntry.objects.update(
        state=State.PARKED,
        sent_at=timezone.now(),
        last_error="The field Salesperson refers to a record that is gone.",
        failed_step="crm.lead.load",
        attempts=1,
    )
    return list(OutboxEntry.objects.order_by("pk"))


@pytest.fixture
def lived(parked, person):
    """A lead with a long life: edited, paused, refused again."""
    entry, by = parked[0], person(Role.OFFICE, name="Olivia")
    values = {"title": f"Text from {WIDE}", "phone": "+16065550199"}
    edit_entry(entry_id=entry.pk, values=values, seen=mark_of(entry), by=by)
    pause_stream(stream_id=entry.stream_id, why="She calls back on Monday.", by=by)
    lead = LeadRecord.objects.get(uuid=entry.payload["lead_uuid"])
    lead.remote_write_date = lead.seen_at = timezone.now()
    lead.save()
    OutboxEntry.objects.filter(pk=entry.pk).update(state=State.PARKED)
    return entry


@pytest.fixture
def disputed(person):
    """A change of a customer that is in conflict."""
    remote = {"phone": "606-555-0101"}
    partner = PartnerFactory(name="Maria Alvarez", remote=remote)
    by = person(Role.OFFICE, name="Paul")
    changes = {"phone": "606-555-0102"}
    entry = change_customer(partner_id=partner.pk, changes=changes, seen={}, by=by)
    OutboxEntry.objects.filter(pk=entry.pk).update(state="CONFLICT", sent_at=timezone.now())
    Conflict.objects.create(
        entry=entry, key="phone", base=remote, mine=changes, theirs={"phone": WIDE}
    )
    return entry


def look(page, name):
    """Check what any page must be; keep a picture where one is asked for."""
    if folder := os.environ.get("PICTURES"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "scrolls sideways"
    assert page.problems == []


@pytest.mark.parametrize("size", sorted(SIZES))
def test_the_desk_and_its_pages_are_accessible_and_fit(window, lived, disputed, size):
    page = window(Role.ADMIN, SIZES[size])
    pages = {
        "desk": DESK,
        "history": reverse("odoo_bridge:history", args=[lived.stream.key]),
        "conflict": reverse("odoo_bridge:history", args=[disputed.stream.key]),
        "edit": reverse("odoo_bridge:entry-edit", args=[lived.pk]),
        "setup": reverse("office:setup"),
    }
    for name, address in pages.items():
        page.goto(address)
        look(page, f"{name}-{size}")


def test_what_was_ticked_and_written_outlives_what_others_do(window, parked):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(DESK)
    page.get_by_role("checkbox", name="Choose Text from Bea").check()
    page.get_by_label("Together").select_option(index=1)
    reason = page.get_by_label("Together").input_value()
    page.locator("#bulk-note").fill("Counted by")

    promise_lead(title="Another", text="", phone="")

    expect(page.get_by_text("A lead: Another")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Choose Text from Bea")).to_be_checked()
    expect(page.get_by_role("checkbox", name="Choose Text from Ann")).not_to_be_checked()
    expect(page.get_by_label("Together")).to_have_value(reason)
    expect(page.locator("#bulk-note")).to_have_value("Counted by")
    assert page.problems == []


def test_a_reason_that_is_being_written_outlives_what_others_do(window, parked):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(reverse("odoo_bridge:history", args=[parked[0].stream.key]))
    page.get_by_label("Why?").fill("She calls ba")

    OutboxEntry.objects.filter(pk=parked[0].pk).update(attempts=7)
    promise_lead(title="Another", text="", phone="")

    expect(page.get_by_text("7 tries")).to_be_visible()
    expect(page.get_by_label("Why?")).to_have_value("She calls ba")


def test_two_are_dropped_with_one_note_and_the_answer_counts(window, parked):
    page = window(Role.OFFICE, SIZES["office"])
    page.goto(DESK)
    for name in ("Ann", "Bea"):
        page.get_by_role("checkbox", name=f"Choose Text from {name}").check()
    page.locator("#bulk-note").fill("Called back.")

    page.get_by_role("button", name="Drop these").click()

    expect(page.get_by_text("2 were dropped.")).to_be_visible()
    promise_lead(title="Another", text="", phone="")
    expect(page.get_by_text("A lead: Another")).to_be_visible()
    expect(page.get_by_text("2 were dropped.")).to_be_visible()
    expect(page.get_by_text("A lead: Text from Cid")).to_be_visible()
    expect(page.get_by_text("A lead: Text from Ann")).to_have_count(0)
    assert OutboxEntry.objects.filter(state=State.DROPPED, note="Called back.").count() == 2
    assert page.problems == []


def test_what_was_refused_is_edited_and_its_history_tells_of_it(window, parked):
    page = window(Role.OFFICE, SIZES["phone"])
    page.goto(DESK)
    page.locator(f"#parked-{parked[0].pk}").get_by_role("link", name="Edit and try again").click()
    page.get_by_label("Phone").fill("call me")
    page.get_by_role("button", name="Save and try again").click()
    expect(page.get_by_text("call me is no telephone number")).to_be_visible()
    page.get_by_label("Phone").fill("606 555 0111")
    page.get_by_role("button", name="Save and try again").click()

    expect(page.get_by_text("A lead: edited, and tried again")).to_be_visible()
    expect(page.get_by_text("+16065550111")).to_be_visible()
