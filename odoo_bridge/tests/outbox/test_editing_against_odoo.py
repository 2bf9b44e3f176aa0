"""What a real Odoo refused is corrected on the desk, and is then as it was corrected."""

import pytest

from odoo_bridge.forms.edit import EditForm
from odoo_bridge.models import OutboxEntry
from odoo_bridge.services.edit_entry import edit_entry
from odoo_bridge.services.pause_stream import let_stream_go_on, pause_stream
from portal.accounts.models import Role

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
State = OutboxEntry.State
NOBODY = 2_000_000_000


@pytest.fixture
def office(person):
    return person(Role.OFFICE)


def edit(entry, by, **fields):
    """Send the desk's form with these fields changed."""
    entry.refresh_from_db()
    shown = EditForm(entry=entry)
    data = {name: shown[name].value() or "" for name in shown.fields} | fields
    form = EditForm(data, entry=entry)
    assert form.is_valid(), form.errors
    seen = form.cleaned_data["seen"]
    return edit_entry(entry_id=entry.pk, values=form.values, seen=seen, by=by)


def test_a_lead_whose_salesperson_is_gone_is_made_once_another_is_chosen(
    promised, drained, office, yard
):
    lead = promised(title="Oak?", owner_odoo_id=NOBODY)
    drained()
    entry = OutboxEntry.objects.get()
    assert entry.state == State.PARKED

    edit(entry, office, owner_odoo_id="", title="Oak, two cords", contact_name="Ann")
    assert drained() == ["crm.lead.load"]

    entry.refresh_from_db()
    assert (entry.state, entry.version) == (State.DONE, 1)
    lead.refresh_from_db()
    row = yard.row("crm.lead", lead.odoo_id, "name", "contact_name", "phone")
    assert (row["name"], row["contact_name"]) == ("Oak, two cords", "Ann")
    assert row["phone"].replace(" ", "").replace("-", "") == "+16065550123"


def test_a_customer_s_data_are_corrected_and_what_others_changed_stays(customer, drained, office):
    entry = customer.change(city="Grayson", state_odoo_id=NOBODY)
    drained()
    entry.refresh_from_db()
    assert entry.state == State.PARKED
    customer.change_in_odoo(phone="606-555-0177")

    edit(entry, office, state_odoo_id="", postcode="41143")
    drained()

    entry.refresh_from_db()
    assert entry.state == State.DONE
    row = customer.row("city", "zip", "phone", "street", "state_id")
    assert (row["city"], row["zip"], row["phone"]) == ("Grayson", "41143", "606-555-0177")
    assert (row["street"], row["state_id"]) == ("1 Oak St", False)


def test_what_is_paused_comes_to_odoo_when_it_goes_on_and_others_come_before(
    promised, drained, office
):
    held, other = promised(title="Held"), promised(title="Other")
    stream = OutboxEntry.objects.order_by("pk").first().stream
    pause_stream(stream_id=stream.pk, why="x", by=office)
    drained()
    held.refresh_from_db()
    other.refresh_from_db()
    assert (held.odoo_id, bool(other.odoo_id)) == (None, True)

    let_stream_go_on(stream_id=stream.pk, by=office)
    drained()

    held.refresh_from_db()
    assert held.odoo_id
