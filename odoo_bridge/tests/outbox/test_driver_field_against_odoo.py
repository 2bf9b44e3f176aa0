"""A business has a field of its own on transfers that names the driver: it is kept right."""

import dataclasses
import uuid

import pytest

from odoo_bridge.client import Kind
from odoo_bridge.models import OdooAccess
from odoo_bridge.provision.doctor.finding import Level
from odoo_bridge.provision.doctor.rights import driver_field_finding

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
FIELDS = {
    "x_driver_partner": "res.partner",
    "x_driver_id": "hr.employee",
    "x_driver_user": "res.users",
}
FORGETFUL = "for one in records.filtered('x_driver_partner'): one['x_driver_partner'] = False"


@pytest.fixture(scope="session")
def business_with_fields(yard):
    """Make a field of each kind, in one call: Odoo sets itself up anew for each."""
    [model] = yard.rows("ir.model", [["model", "=", "stock.picking"]])
    fields = [
        {
            "model_id": model["id"],
            "name": name,
            "field_description": name,
            "ttype": "many2one",
            "relation": relation,
        }
        for name, relation in FIELDS.items()
    ]
    label = {"name": "x_label", "field_description": "Label", "ttype": "char"}
    fields.append({"model_id": model["id"], **label})
    yard.client.call("ir.model.fields", "create", kind=Kind.WRITE, vals_list=fields)
    return model["id"]


@pytest.fixture(params=list(FIELDS))
def field(request, business_with_fields, settings):
    settings.ODOO_DRIVER_FIELD = request.param
    return request.param


def somebody(yard, model):
    """Return somebody who drives: the contact that a run names, and the record of that model."""
    name = f"Walt {uuid.uuid4()}"
    if model == "res.partner":
        contact = yard.make(model, name=name)
        return contact, contact
    named = {"hr.employee": {}, "res.users": {"login": name}}
    person = yard.make(model, name=name, **named[model])
    link = {"hr.employee": "work_contact_id", "res.users": "partner_id"}[model]
    return yard.row(model, person, link)[link], person


def test_open_transfers_name_the_driver_of_their_run(yard, send, send_again, field):
    contact, person = somebody(yard, FIELDS[field])
    other, other_person = somebody(yard, FIELDS[field])
    first, second = yard.sold(2)
    run = yard.run(driver_odoo_id=contact)
    names = lambda sold: yard.row("stock.picking", sold.picking, field)[field]  # noqa: E731

    send(run, first.plan(run.run_uuid), second.plan(run.run_uuid))
    assert [names(first), names(second)] == [person, person]
    assert send_again() == []

    send(dataclasses.replace(run, driver_odoo_id=other))
    assert [names(first), names(second)] == [other_person, other_person]

    send(second.plan(None), dataclasses.replace(run, driver_odoo_id=None))
    assert [names(first), names(second)] == [False, False]


def test_what_is_done_keeps_its_driver(yard, send, business_with_fields, settings):
    settings.ODOO_DRIVER_FIELD = "x_driver_partner"
    contact, _ = somebody(yard, "res.partner")
    done, still_open = yard.sold(2)
    run = yard.run(driver_odoo_id=contact)
    send(run, done.plan(run.run_uuid), still_open.plan(run.run_uuid), done.complete())

    send(dataclasses.replace(run, driver_odoo_id=None))

    [before, after] = (
        yard.row("stock.picking", one.picking, "x_driver_partner") for one in (done, still_open)
    )
    assert (before["x_driver_partner"], after["x_driver_partner"]) == (contact, False)


def test_a_contact_who_is_no_employee_is_nobody(yard, send, business_with_fields, settings):
    settings.ODOO_DRIVER_FIELD = "x_driver_id"
    [sold] = yard.sold()
    run = yard.run(driver_odoo_id=yard.customer)

    entries = send(run, sold.plan(run.run_uuid), sold.plan(None))

    assert [entry.state for entry in entries] == ["DONE"] * 3
    assert yard.row("stock.picking", sold.picking, "x_driver_id")["x_driver_id"] is False


@pytest.mark.parametrize("name", ["x_driver", "x_label"])
def test_a_field_that_is_not_there_or_is_no_reference_is_named(
    yard, send, business_with_fields, settings, name
):
    settings.ODOO_DRIVER_FIELD = name

    [entry] = send(yard.run())

    assert entry.state == "PARKED"
    assert f"no field {name} that refers to a contact, an employee or a user" in entry.last_error


def test_without_drivers_on_batches_nobody_is_named(yard, send, odoo_access, settings):
    settings.ODOO_DRIVER_FIELD = "x_driver"
    OdooAccess.objects.update(has_fleet_batches=False)
    odoo_access.refresh_from_db()
    [sold] = yard.sold()
    run = yard.run()

    entries = send(run, sold.plan(run.run_uuid), sold.plan(None))

    assert [entry.state for entry in entries] == ["DONE"] * 3


def test_an_odoo_that_does_not_keep_it_is_no_reason_to_go_on_for_ever(
    yard, send, business_with_fields, settings
):
    settings.ODOO_DRIVER_FIELD = "x_driver_partner"
    contact, _ = somebody(yard, "res.partner")
    [sold] = yard.sold()
    action = {"name": "Forget", "model_id": business_with_fields, "state": "code"}
    rule = yard.make(
        "base.automation",
        name="Forget the driver",
        model_id=business_with_fields,
        trigger="on_create_or_write",
        action_server_ids=[[0, 0, {**action, "code": FORGETFUL}]],
    )
    run = yard.run(driver_odoo_id=contact)
    try:
        [_, entry] = send(run, sold.plan(run.run_uuid))
    finally:
        yard.do("base.automation", "unlink", [rule])

    assert entry.state == "PARKED"
    assert "does not keep what is written to x_driver_partner of a transfer" in entry.last_error


def test_the_doctor_looks_at_the_field(provisioned_odoo, business_with_fields, settings):
    bot = provisioned_odoo.bot()
    found = {}
    for name in ("", "x_driver_id", "x_driver"):
        settings.ODOO_DRIVER_FIELD = name
        found[name] = driver_field_finding(bot)

    assert [finding.level for finding in found.values()] == [Level.OK, Level.OK, Level.BROKEN]
    assert "correct ODOO_DRIVER_FIELD" in found["x_driver"].advice
