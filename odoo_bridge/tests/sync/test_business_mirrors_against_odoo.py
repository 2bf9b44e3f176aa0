"""Making, buying and working time: the mirrors say what a real Odoo says."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest

from odoo_bridge import models
from odoo_bridge.client import Kind
from odoo_bridge.sync import specs
from odoo_bridge.tests.sync.words import create, poll_all_of

pytestmark = [pytest.mark.odoo, pytest.mark.django_db]


def ids(client, model, domain, limit=1):
    rows = client.call(
        model, "search_read", kind=Kind.READ, domain=domain, fields=["id"], limit=limit
    )
    return [row["id"] for row in rows]


def new_product(client, **vals):
    return create(
        client,
        "product.product",
        name=f"Oak {uuid.uuid4()}",
        type="consu",
        is_storable=True,
        **vals,
    )


def test_an_order_to_make_something_has_its_product_its_bill_and_its_steps(odoo_client):
    made, part = new_product(odoo_client), new_product(odoo_client)
    [template] = odoo_client.call(
        "product.product",
        "read",
        kind=Kind.READ_RECORDS,
        ids=[made],
        fields=["product_tmpl_id"],
        load=None,
    )
    [saw] = ids(odoo_client, "mrp.workcenter", [["name", "=", "Drill 1"]])
    bill = create(
        odoo_client,
        "mrp.bom",
        code="OAK-1",
        product_tmpl_id=template["product_tmpl_id"],
        product_qty=2,
        bom_line_ids=[[0, 0, {"product_id": part, "product_qty": 3}]],
        operation_ids=[[0, 0, {"name": "Saw", "workcenter_id": saw, "time_cycle_manual": 45}]],
    )
    order = create(
        odoo_client,
        "mrp.production",
        product_id=made,
        product_qty=4,
        bom_id=bill,
        date_start="2026-12-01 08:00:00",
        origin="S00024",
    )
    odoo_client.call("mrp.production", "action_confirm", kind=Kind.WRITE_RECORDS, ids=[order])

    poll_all_of(
        odoo_client,
        *(specs.UNIT, specs.COMPANY, specs.PRODUCT, specs.RESOURCE),
        *(specs.BILL_OF_MATERIALS, specs.BILL_OF_MATERIALS_LINE, specs.WORK_CENTER),
        *(specs.MANUFACTURING_ORDER, specs.WORK_ORDER),
    )

    mirrored = models.ManufacturingOrder.objects.get(odoo_id=order)
    assert (mirrored.state, mirrored.quantity, mirrored.produced) == ("confirmed", 4, 0)
    assert (mirrored.product.odoo_id, mirrored.unit.name) == (made, "Units")
    assert (mirrored.starts_at, mirrored.origin) == (
        dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC),
        "S00024",
    )
    assert (mirrored.bill.code, mirrored.bill.quantity) == ("OAK-1", 2)
    assert mirrored.bill.template_odoo_id == mirrored.product.template_odoo_id
    line = mirrored.bill.lines.get()
    assert (line.product.odoo_id, line.quantity, line.unit.name) == (part, 3, "Units")
    assert mirrored.bill.line_ids == [line.odoo_id]
    step = mirrored.work_orders.get()
    assert mirrored.work_order_ids == [step.odoo_id]
    assert (step.name, step.work_center.name, step.after_ids) == ("Saw", "Drill 1", [])
    assert step.expected_minutes == 90  # 45 for two, and four are made
    assert step.work_center.resource.kind == "material"


def test_a_purchase_order_has_its_vendor_and_its_lines(odoo_client):
    poll_all_of(
        odoo_client,
        *(specs.CURRENCY, specs.UNIT, specs.PARTNER, specs.COMPANY, specs.ODOO_USER),
        *(specs.PRODUCT, specs.PURCHASE_ORDER, specs.PURCHASE_ORDER_LINE),
    )

    order = models.PurchaseOrder.objects.get(name="P00011")
    assert (order.state, order.receipt_state) == (models.PurchaseOrder.CONFIRMED, "pending")
    assert (order.total, order.currency.name) == (Decimal("6936.00"), "USD")
    assert order.vendor.name
    assert (order.buyer.login, order.company.currency.name) == ("admin", "USD")
    assert order.buyer.contact.name
    lines = order.lines.order_by("odoo_id")
    assert [line.odoo_id for line in lines] == order.line_ids
    assert sum(line.total for line in lines) == order.total
    first = lines[0]
    assert first.product
    assert first.unit_price * first.quantity == first.total
    assert (first.received, first.billed, first.unit.name) == (0, 0, "Units")


def test_a_supplier_price_is_that_of_a_variant_or_of_all(odoo_client):
    product = new_product(odoo_client)
    [row] = odoo_client.call(
        "product.product",
        "read",
        kind=Kind.READ_RECORDS,
        ids=[product],
        fields=["product_tmpl_id"],
        load=None,
    )
    [vendor] = ids(odoo_client, "res.partner", [["is_company", "=", True]])
    terms = {
        "partner_id": vendor,
        "product_tmpl_id": row["product_tmpl_id"],
        "price": 0.1234,
        "min_qty": 12,
        "delay": 9,
        "date_start": "2026-12-01",
    }
    one = create(odoo_client, "product.supplierinfo", product_id=product, **terms)
    all_of_them = create(odoo_client, "product.supplierinfo", product_id=False, **terms)

    poll_all_of(odoo_client, specs.PARTNER, specs.PRODUCT, specs.SUPPLIER_PRICE)

    price = models.SupplierPrice.objects.get(odoo_id=one)
    assert (price.product.odoo_id, price.vendor.odoo_id) == (product, vendor)
    assert (price.price, price.min_quantity, price.lead_days) == (Decimal("0.1234"), 12, 9)
    assert (price.from_day, price.until_day) == (dt.date(2026, 12, 1), None)
    general = models.SupplierPrice.objects.get(odoo_id=all_of_them)
    assert general.product is None
    assert general.template_odoo_id == price.product.template_odoo_id


def test_working_hours_are_told_by_weekday_and_hour(odoo_client):
    poll_all_of(odoo_client, specs.WORKING_HOURS, specs.WORKING_PERIOD, specs.RESOURCE)
    poll_all_of(odoo_client, specs.EMPLOYEE, specs.WORK_CENTER)

    hours = models.WorkCenter.objects.get(name="Assembly 1").hours
    assert (hours.zone, hours.hours_per_day, hours.hours_per_week) == ("Europe/Brussels", 8, 40)
    monday = hours.periods.filter(weekday=0).order_by("starts")
    assert [(one.starts, one.ends, one.kind) for one in monday] == [
        (8, 12, "morning"),
        (12, 13, "lunch"),
        (13, 17, "afternoon"),
    ]
    assert set(hours.periods.values_list("weekday", flat=True)) == {0, 1, 2, 3, 4}
    driver = models.Employee.objects.exclude(resource=None).first()
    assert (driver.resource.kind, driver.resource.name) == ("user", driver.name)


def test_a_machine_that_rests_and_what_it_makes_at_once_are_its_own(odoo_client):
    [drill] = ids(odoo_client, "mrp.workcenter", [["name", "=", "Drill 1"]])
    poll_all_of(odoo_client, specs.RESOURCE, specs.WORK_CENTER)
    center = models.WorkCenter.objects.get(odoo_id=drill)
    rest = create(
        odoo_client,
        "resource.calendar.leaves",
        name="Repair",
        resource_id=center.resource_odoo_id,
        calendar_id=center.hours_odoo_id,
        date_from="2026-12-02 08:00:00",
        date_to="2026-12-02 17:00:00",
    )
    [dozens] = ids(odoo_client, "uom.uom", [["name", "=", "Dozens"]])
    create(
        odoo_client,
        "mrp.workcenter.capacity",
        workcenter_id=drill,
        product_uom_id=dozens,
        capacity=3,
        time_start=5,
    )

    poll_all_of(odoo_client, specs.TIME_OFF, specs.UNIT, specs.WORK_CENTER_CAPACITY)

    [off] = center.resource.times_off.filter(odoo_id=rest)
    assert (off.name, off.kind) == ("Repair", models.TimeOff.LEAVE)
    assert off.ends_at - off.starts_at == dt.timedelta(hours=9)
    capacity = center.capacities.get()
    assert (capacity.capacity, capacity.setup_minutes) == (3, 5)
    assert (capacity.unit.name, capacity.unit.factor, capacity.product) == ("Dozens", 12, None)


def test_a_lead_knows_its_stage_its_team_and_its_owner(odoo_client):
    [stage] = ids(odoo_client, "crm.stage", [["is_won", "=", True]])
    [team] = ids(odoo_client, "crm.team", [["active", "=", True]])
    name = f"Lead {uuid.uuid4()}"
    create(
        odoo_client,
        "crm.lead",
        name=name,
        type="opportunity",
        stage_id=stage,
        team_id=team,
        user_id=2,
    )

    poll_all_of(odoo_client, specs.LEAD, specs.LEAD_STAGE, specs.SALES_TEAM, specs.ODOO_USER)

    lead = models.LeadRecord.objects.get(name=name)  # read first, and linked when these came
    assert lead.stage.is_won
    assert (lead.team.odoo_id, lead.owner.login) == (team, "admin")


def test_what_is_kept_where_has_a_company_and_a_currency(odoo_client):
    poll_all_of(
        odoo_client,
        *(specs.CURRENCY, specs.PARTNER, specs.COMPANY, specs.WAREHOUSE, specs.JOURNAL),
    )

    warehouse = models.Warehouse.objects.get(code="WH")
    assert warehouse.company.name == "My Company (San Francisco)"
    assert warehouse.stock_location_odoo_id
    bank = models.Journal.objects.get(kind="bank", company=warehouse.company)
    assert (bank.currency, bank.company.currency.name) == (None, "USD")
