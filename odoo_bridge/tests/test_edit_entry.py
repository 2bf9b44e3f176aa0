"""Editing what Odoo refused: the fields that a command offers, what is kept, and who did it."""

import datetime as dt
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from odoo_bridge.commands import COMMANDS, CollectPayment, CompleteDelivery
from odoo_bridge.errors import NothingToEdit
from odoo_bridge.forms.edit import EditForm
from odoo_bridge.models import CountryState, OdooUser, OutboxEntry, Partner
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.edit_entry import edit_entry
from odoo_bridge.services.editable_fields import editable_fields, mark_of
from odoo_bridge.services.promise_payment import promise_payment
from portal.accounts.models import Role
from portal.audit.models import AuditRow
from portal.testing.mirrors import PartnerFactory, SaleOrderFactory

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
LEAD = {
    "title": "Oak, 2 cords",
    "contact_name": "Ann",
    "phone": "",
    "text": "",
    "owner_odoo_id": "",
}


@pytest.fixture
def parked_lead(entry_in):
    return entry_in(State.PARKED, last_error="A title is too long.", attempts=1)


@pytest.fixture
def parked_change(person):
    """Park a change of a customer: ``parked_change(city="Grayson")``."""

    def make(**changes):
        remote = {"city": "Ashland", "zip": "41101", "street": False, "state_id": 7, "phone": "1"}
        remote |= {"partner_latitude": 0.0, "partner_longitude": 0.0, "country_id": False}
        partner = PartnerFactory(remote=remote)
        by = person(Role.OFFICE)
        entry = change_customer(partner_id=partner.pk, changes=changes, seen={}, by=by)
        OutboxEntry.objects.filter(pk=entry.pk).update(state=State.PARKED)
        entry.refresh_from_db()
        return entry

    return make


def address_of(entry):
    return reverse("odoo_bridge:entry-edit", args=[entry.pk])


def save(browser, entry, **fields):
    return browser.post(address_of(entry), {"seen": mark_of(entry), **fields})


def test_the_form_shows_what_was_promised_and_odoo_s_reason(signed_in, parked_lead):
    OdooUser.objects.create(odoo_id=5, login="joel@yard.test", contact=PartnerFactory(name="Joel"))
    OdooUser.objects.create(odoo_id=6, login="bot@yard.test")

    page = signed_in(Role.OFFICE).get(address_of(parked_lead)).text

    assert "A title is too long." in page
    assert 'value="T"' in page
    for label in ("Title", "Contact", "Phone", "Salesperson", "Description"):
        assert f">{label}</label>" in page
    assert '<option value="5">Joel</option>' in page
    assert '<option value="6">bot@yard.test</option>' in page


def test_what_is_saved_is_queued_with_fresh_tries_and_audited_with_old_and_new(
    signed_in, parked_lead, django_capture_on_commit_callbacks
):
    office = signed_in(Role.OFFICE)

    with django_capture_on_commit_callbacks() as bells:
        answer = save(office, parked_lead, **LEAD | {"phone": "(606) 555-0123", "text": "a\r\nb"})

    assert answer.url == reverse("odoo_bridge:history", args=[parked_lead.stream.key])
    parked_lead.refresh_from_db()
    assert (parked_lead.state, parked_lead.attempts, parked_lead.version) == (State.QUEUED, 0, 1)
    payload = {**parked_lead.payload}
    del payload["lead_uuid"]
    assert payload == {
        "title": "Oak, 2 cords",
        "contact_name": "Ann",
        "phone": "+16065550123",
        "text": "a\nb",
        "owner_odoo_id": None,
    }
    assert len(bells) == 1
    row = AuditRow.objects.get()
    assert (row.by, row.what) == (office.user, "outbox entry edited")
    assert (row.old["title"], row.new["title"]) == ("T", "Oak, 2 cords")
    assert "owner_odoo_id" not in row.new


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": ""}, "This field is required."),
        ({"title": "x" * 256}, "at most 255 characters"),
        ({"phone": "call me"}, "call me is no telephone number"),
        ({"owner_odoo_id": "99"}, "not one of the available choices"),
    ],
)
def test_a_bad_value_is_named_beside_its_field_and_nothing_is_sent(
    signed_in, parked_lead, fields, words
):
    answer = save(signed_in(Role.OFFICE), parked_lead, **LEAD | fields)

    assert answer.status_code == 422
    [name] = fields
    errors = answer.text[answer.text.index(f'id="id_{name}_error"') :]
    assert words in errors[:300]
    parked_lead.refresh_from_db()
    assert parked_lead.state == State.PARKED
    assert not AuditRow.objects.exists()


def test_what_the_provider_called_the_sender_may_stay(signed_in, parked_lead):
    OutboxEntry.objects.update(payload={**parked_lead.payload, "phone": "ANONYMOUS"})
    parked_lead.refresh_from_db()

    save(signed_in(Role.OFFICE), parked_lead, **LEAD | {"phone": "ANONYMOUS"})

    parked_lead.refresh_from_db()
    assert parked_lead.payload["phone"] == "ANONYMOUS"


def test_an_owner_whom_we_do_not_know_can_stay_or_go(signed_in, parked_lead):
    OutboxEntry.objects.update(payload={**parked_lead.payload, "owner_odoo_id": 7})
    parked_lead.refresh_from_db()
    office = signed_in(Role.OFFICE)
    assert '<option value="7" selected>#7</option>' in office.get(address_of(parked_lead)).text

    save(office, parked_lead, **LEAD)

    parked_lead.refresh_from_db()
    assert parked_lead.payload["owner_odoo_id"] is None


def test_a_change_offers_what_it_changes_and_what_was_seen_with_it(parked_change):
    CountryState.objects.create(odoo_id=7, name="Kentucky", code="KY")

    form = EditForm(entry=parked_change(city="Grayson"))

    offered = ["street", "postcode", "city", "state_odoo_id", "country_odoo_id"]
    assert [one.name for one in form.editable] == offered
    assert form["city"].value() == "Grayson"
    assert form["state_odoo_id"].value() == ""


def test_an_edited_change_keeps_its_base_and_leaves_alone_what_is_left_alone(
    signed_in, parked_change
):
    CountryState.objects.create(odoo_id=7, name="Kentucky", code="KY")
    entry = parked_change(city="Grayson", state_odoo_id=8, country_odoo_id=233)
    base = entry.base

    save(
        signed_in(Role.OFFICE),
        entry,
        city="",
        postcode="41143",
        street="",
        state_odoo_id="7",
        country_odoo_id="",
    )

    entry.refresh_from_db()
    assert entry.base == base
    assert (entry.payload["city"], entry.payload["postcode"]) == ("", "41143")
    assert (entry.payload["street"], entry.payload["phone"]) == (None, None)
    assert (entry.payload["state_odoo_id"], entry.payload["country_odoo_id"]) == (7, 0)


def test_a_place_is_kept_to_the_digit_or_emptied(signed_in, parked_change):
    entry = parked_change(latitude=Decimal("38.470"), longitude=Decimal("-82.64"))
    office = signed_in(Role.OFFICE)
    assert save(office, entry, latitude="91", longitude="0").status_code == 422

    save(office, entry, latitude="38.47", longitude="")

    entry.refresh_from_db()
    assert (entry.payload["latitude"], entry.payload["longitude"]) == ("38.470", "0")
    assert AuditRow.objects.get().new == {"longitude": "0"}


def test_a_new_place_is_a_text_as_json_holds_it(signed_in, parked_change):
    entry = parked_change(latitude=Decimal("38.470"), longitude=Decimal("-82.64"))

    save(signed_in(Role.OFFICE), entry, latitude="38.5", longitude="-82.64")

    entry.refresh_from_db()
    assert entry.payload["latitude"] == "38.5"


def test_a_wrong_mail_address_is_named(signed_in, parked_change):
    entry = parked_change(email="ann")

    answer = save(signed_in(Role.OFFICE), entry, email="ann")

    assert answer.status_code == 422
    assert "Enter a valid email address." in answer.text
    assert Partner.objects.get().email == ""


def test_money_and_deliveries_are_tried_again_as_they_are_or_not_at_all(signed_in):
    order, by = SaleOrderFactory(customer_odoo_id=1, currency_odoo_id=1), signed_in(Role.OFFICE)
    promise_payment(
        order=order,
        amount=Decimal(9),
        collected_on=dt.date(2026, 11, 26),
        driver="W",
        by=by.user,
    )
    OutboxEntry.objects.update(state=State.PARKED)
    entry = OutboxEntry.objects.get()

    assert by.get(address_of(entry)).status_code == 404
    assert "Edit and try again" not in by.get(reverse("odoo_bridge:desk")).text
    with pytest.raises(NothingToEdit):
        edit_entry(entry_id=entry.pk, values={"amount": "1"}, seen=mark_of(entry), by=by.user)
    assert CollectPayment.EDITABLE == CompleteDelivery.EDITABLE == ()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_what_can_be_edited_are_fields_of_the_command(name):
    fields = set(COMMANDS[name].__dataclass_fields__)

    assert {one.name for one in COMMANDS[name].EDITABLE} <= fields
    assert not any(one.name.endswith("_uuid") for one in COMMANDS[name].EDITABLE)


def test_who_saves_what_somebody_else_has_edited_sees_that_first(signed_in, parked_lead):
    office, seen = signed_in(Role.OFFICE), mark_of(parked_lead)
    OutboxEntry.objects.update(payload={**parked_lead.payload, "title": "Elm"})

    answer = office.post(address_of(parked_lead), LEAD | {"seen": seen}, follow=True)

    assert "Somebody has edited this meanwhile." in answer.text
    assert 'value="Elm"' in answer.text
    assert not AuditRow.objects.exists()


def test_who_comes_too_late_is_led_to_the_history(signed_in, parked_lead):
    office = signed_in(Role.OFFICE)
    OutboxEntry.objects.update(state=State.QUEUED)

    shown = office.get(address_of(parked_lead), follow=True)
    saved = office.post(address_of(parked_lead), LEAD | {"seen": mark_of(parked_lead)}, follow=True)

    for answer in (shown, saved):
        assert answer.redirect_chain[-1][0].startswith("/sync/history/lead:")
        assert "it is waiting now" in answer.text
    assert not AuditRow.objects.exists()


def test_a_lead_offers_all_that_it_has(parked_lead):
    assert len(editable_fields(parked_lead)) == 5


def test_what_odoo_may_have_already_is_tried_again_before_it_is_edited(signed_in, entry_in):
    office = signed_in(Role.OFFICE)
    entry = entry_in(State.PARKED, doubted_at=timezone.now(), last_error="Lost.")
    assert address_of(entry) not in office.get("/sync/").text

    answer = office.get(address_of(entry), follow=True)
    assert "Try it again first" in answer.text
    with pytest.raises(NothingToEdit):
        edit_entry(entry_id=entry.pk, values={"title": "X"}, seen=mark_of(entry), by=office.user)

    OutboxEntry.objects.update(doubted_at=None)
    assert address_of(entry) in office.get("/sync/").text


def test_a_change_is_merged_with_what_odoo_may_have_already(signed_in, parked_change):
    entry = parked_change(city="Grayson")
    OutboxEntry.objects.update(doubted_at=timezone.now())
    assert address_of(entry) in signed_in(Role.OFFICE).get("/sync/").text
    entry.refresh_from_db()
    assert editable_fields(entry)
