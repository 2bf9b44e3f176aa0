"""SIGKILL before and after every call of every saga: its effect is there exactly once."""

import uuid

import pytest

from odoo_bridge.client import external_id, external_module, load
from odoo_bridge.commands import ChangeCustomer, RecordLead

pytestmark = [pytest.mark.odoo, pytest.mark.django_db(transaction=True)]


def test_record_lead(kill_everywhere, yard):
    title = f"Killed {uuid.uuid4()}"

    def make(count):
        return [RecordLead(lead_uuid=uuid.uuid4(), title=title, text="") for _ in range(count)]

    killed = kill_everywhere(make)

    assert len(killed) == 3
    assert len(yard.rows("crm.lead", [["name", "=", title]])) == len(killed)


@pytest.mark.long
def test_five_leads_in_one_call(kill_everywhere, yard):
    title = f"Killed {uuid.uuid4()}"

    def lead():
        return RecordLead(lead_uuid=uuid.uuid4(), title=title, text="")

    killed = kill_everywhere(lambda count: [tuple(lead() for _ in range(5)) for _ in range(count)])

    assert len(killed) == 3, "undisturbed, and killed before and after the one call"
    assert len(yard.rows("crm.lead", [["name", "=", title]])) == 15
    for five in killed:
        assert {len(yard.ours("lead", one.lead_uuid)) for one in five} == {1}


def test_plan_run(kill_everywhere, yard):
    title = f"Killed {uuid.uuid4()}"

    killed = kill_everywhere(lambda count: [yard.run(title=title) for _ in range(count)])

    batches = yard.rows("stock.picking.batch", [["description", "=", title]], "vehicle_id")
    assert [batch["vehicle_id"] for batch in batches] == [yard.trucks[0]] * len(killed)


@pytest.mark.long
def test_plan_run_after_a_delivery_was_planned_on_it(kill_everywhere, yard, provisioned_odoo):
    title = f"Killed {uuid.uuid4()}"

    def make(count):
        runs = [yard.run(title=title) for _ in range(count)]
        keys = [[external_id(yard.instance, "run", run.run_uuid)] for run in runs]
        module = external_module(yard.instance)
        load(provisioned_odoo.bot(), "stock.picking.batch", ["id"], keys, module=module)
        return runs

    killed = kill_everywhere(make)

    batches = yard.rows("stock.picking.batch", [["description", "=", title]], "vehicle_id")
    assert [batch["vehicle_id"] for batch in batches] == [yard.trucks[0]] * len(killed)
    assert {len(yard.ours("run", run.run_uuid)) for run in killed} == {1}


def test_plan_delivery_that_moves_to_another_run(kill_everywhere, yard):
    sold = []

    def make(count):
        sold.extend(new := yard.sold(count))
        yard.make("stock.picking.batch", picking_ids=[[6, 0, [one.picking for one in new]]])
        return [one.plan(uuid.uuid4()) for one in new]

    killed = kill_everywhere(make)

    for one, command in zip(sold, killed, strict=True):
        yard.planned_once(one, command.run_uuid)


def test_complete_delivery(kill_everywhere, yard):
    sold = []

    def make(count):
        sold.extend(new := yard.sold(count, product=yard.oak_when_delivered))
        return [one.complete() for one in new]

    kill_everywhere(make)

    for one in sold:
        yard.delivered_once(one)


def test_collect_payment(kill_everywhere, yard):
    sold = []

    def make(count):
        sold.extend(new := yard.sold(count))
        yard.bill(new)
        return [one.collect(uuid.uuid4()) for one in new]

    killed = kill_everywhere(make)

    for one, command in zip(sold, killed, strict=True):
        yard.paid_once(one, command.payment_uuid)


@pytest.mark.long
def test_change_customer(kill_everywhere, yard):
    def make(count):
        # Odoo shows nothing in these fields, and that is what the person saw.
        partners = [yard.make("res.partner", name=f"Killed {n}") for n in range(count)]
        return [
            ChangeCustomer(
                partner_uuid=uuid.uuid4(),
                partner_odoo_id=partner,
                phone="606-555-0102",
                street="2 Elm St",
                note="Dog",
            )
            for partner in partners
        ]

    killed = kill_everywhere(make)

    assert len(killed) == 7, "undisturbed, and killed before and after each of three calls"
    ids = [command.partner_odoo_id for command in killed]
    rows = yard.rows("res.partner", [["id", "in", ids]], "phone", "street", "comment")
    changed = [(row["phone"], row["street"], row["comment"]) for row in rows]
    assert changed == [("606-555-0102", "2 Elm St", "<p>Dog</p>")] * len(killed)
