"""A mirror that Odoo can no longer fill says which field is missing, and which module brings it."""

from dataclasses import replace

import pytest

from odoo_bridge.client import Kind, OdooBroken, OdooRejected
from odoo_bridge.models import Breaker, LeadRecord, PollCursor
from odoo_bridge.sync import specs
from odoo_bridge.sync.columns import Column, text
from odoo_bridge.sync.drift import BROUGHT_BY, explain
from odoo_bridge.sync.run import poll_all, why

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]
OWN = {
    "account": "account",
    "crm": "crm",
    "fleet": "fleet",
    "hr": "hr",
    "mrp": "mrp",
    "phone": "phone_validation",
    "product": "product",
    "purchase": "purchase",
    "res": "base",
    "resource": "resource",
    "sale": "sale",
    "stock": "stock",
    "uom": "uom",
}


def with_column(spec, column):
    return replace(spec, columns=(*spec.columns, column))


def trouble():
    return PollCursor.objects.get(mirror="LeadRecord").trouble


def test_a_field_that_odoo_lacks_is_named_with_its_module(odoo_client, monkeypatch):
    monkeypatch.setitem(BROUGHT_BY, ("crm.lead", "x_area"), "crm_area")
    broken = with_column(specs.LEAD, text("name", "x_area"))

    assert poll_all(odoo_client, [broken])

    assert trouble().startswith("Odoo's crm.lead has no field x_area (module crm_area).")
    assert not Breaker.objects.filter(opened_at__isnull=False).exists()
    assert poll_all(odoo_client, [specs.LEAD])
    assert trouble() == ""


@pytest.mark.parametrize(
    ("model", "module"), [("crm.nowhere", "crm"), ("phone.nowhere", "phone_validation")]
)
def test_a_model_that_odoo_lacks_is_named_with_its_module(odoo_client, model, module):
    poll_all(odoo_client, [replace(specs.LEAD, odoo_model=model)])

    assert trouble().startswith(f"Odoo has no {model}: module {module} is not installed.")


def test_a_value_of_another_type_stops_its_mirror_alone(odoo_client):
    odd = with_column(specs.LEAD, Column("name", "partner_id", lambda value: value["name"]))

    assert poll_all(odoo_client, [odd, specs.CURRENCY])

    assert "cannot be understood" in trouble()
    assert not LeadRecord.objects.exists()
    assert PollCursor.objects.get(mirror="Currency").finished_at


def test_what_odoo_says_otherwise_is_passed_on(odoo_client):
    assert explain(specs.LEAD, OdooRejected("Not today."), odoo_client) == "Not today."


def test_we_know_which_module_brings_each_field(odoo_client):
    brought = {}
    for spec in specs.SPECS:
        rows = odoo_client.call(
            "ir.model.fields",
            "search_read",
            kind=Kind.READ,
            domain=[["model", "=", spec.odoo_model], ["name", "in", spec.odoo_fields]],
            fields=["name", "modules"],
        )
        own = OWN[spec.odoo_model.partition(".")[0]]
        for row in rows:
            modules = row["modules"].split(", ")
            if own not in modules and len(modules) == 1 and spec.odoo_model != "crm.team":
                brought[spec.odoo_model, row["name"]] = modules[0]

    assert brought == BROUGHT_BY


def test_an_odoo_that_breaks_off_while_it_is_asked_keeps_its_first_answer(odoo):
    nowhere = odoo.client(base_url="http://127.0.0.1:9")

    assert why(specs.LEAD, OdooBroken("Crashed."), nowhere) == "Crashed."


def test_a_crash_with_all_fields_there_is_passed_on(odoo_client):
    assert explain(specs.LEAD, OdooBroken("Crashed."), odoo_client) == "Crashed."
