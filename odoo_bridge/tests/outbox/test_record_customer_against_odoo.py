"""A customer made in a real Odoo, once."""

import uuid
from decimal import Decimal

import pytest

from odoo_bridge.commands import RecordCustomer
from odoo_bridge.models import Conflict, OutboxEntry, Partner
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.services.promise_customer import promise_customer
from odoo_bridge.sync import specs
from odoo_bridge.tests.outbox.customers import SHOWN
from odoo_bridge.tests.outbox.purchases import all_done, mirrored

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def ann(**values):
    """Return the command that makes her."""
    return RecordCustomer(partner_uuid=uuid.uuid4(), full_name=f"Ann {uuid.uuid4()}", **values)


def test_the_customer_has_all_data_and_its_state(yard, drained, send_again):
    [kentucky] = mirrored(
        yard, specs.COUNTRY_STATE, [["code", "=", "KY"], ["country_id.code", "=", "US"]]
    )
    [country] = yard.rows("res.country", [["code", "=", "US"]])
    command = ann(
        phone="606-555-0101",
        email="ann@example.org",
        street="1 Oak St",
        street2="Rear",
        city="Ashland",
        postcode="41101",
        state_odoo_id=kentucky.odoo_id,
        country_odoo_id=country["id"],
        latitude=Decimal("38.4784"),
        longitude=Decimal("-82.6379"),
        note="Dog <b>bites</b>",
    )
    partner = promise_customer(command, by=None)
    assert (partner.odoo_id, partner.state) == (None, kentucky)

    assert drained() == ["res.partner.load"]

    all_done()
    partner.refresh_from_db()
    row = yard.row("res.partner", partner.odoo_id, *SHOWN, "partner_latitude", "state_id")
    assert row["name"] == command.full_name
    assert (row["street"], row["street2"], row["city"]) == ("1 Oak St", "Rear", "Ashland")
    assert (row["partner_latitude"], row["state_id"]) == (38.4784, kentucky.odoo_id)
    assert row["comment"] == "<p>Dog &lt;b&gt;bites&lt;/b&gt;</p>"
    assert (partner.street, partner.remote["zip"]) == ("1 Oak St", "41101")
    assert send_again() == []
    assert len(yard.rows("res.partner", [["name", "=", command.full_name]])) == 1


def test_many_customers_go_in_one_call_and_a_bad_one_stays_behind(yard, drained):
    good = [promise_customer(ann(), by=None) for _ in range(4)]
    bad = promise_customer(ann(state_odoo_id=999_999), by=None)

    assert "res.partner.load" in drained()

    for partner in good:
        partner.refresh_from_db()
        assert yard.row("res.partner", partner.odoo_id, "name")["name"] == partner.name
    bad.refresh_from_db()
    assert bad.odoo_id is None
    assert OutboxEntry.objects.get(target=f"partner:{bad.uuid}").state == "PARKED"


def test_a_new_customer_can_be_changed_at_once_without_a_conflict(yard, drained):
    partner = promise_customer(ann(phone="606-555-0101"), by=None)
    drained()

    change_customer(partner_id=partner.pk, changes={"phone": "606-555-0102"}, seen={}, by=None)
    drained()

    all_done()
    assert not Conflict.objects.exists()
    partner = Partner.objects.get(pk=partner.pk)
    assert partner.phone == "606-555-0102"
    assert yard.row("res.partner", partner.odoo_id, "phone")["phone"] == "606-555-0102"


def test_the_same_promise_twice_is_one_customer(yard, queue, drained):
    command = ann()
    promise_customer(command, by=None)
    queue(command)

    drained()

    all_done()
    assert len(yard.rows("res.partner", [["name", "=", command.full_name]])) == 1
