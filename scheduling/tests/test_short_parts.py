"""Which of its parts a production is short of."""

from decimal import Decimal

import pytest
from django.utils import timezone

from odoo_bridge.models import (
    BillOfMaterials,
    BillOfMaterialsLine,
    ManufacturingOrder,
    StockLevel,
    Unit,
    Warehouse,
)
from odoo_bridge.selectors.productions import shown_productions
from portal.testing.mirrors import ProductFactory
from portal.testing.productions import ManufacturingOrderFactory
from portal.testing.purchases import CompanyFactory, UnitFactory
from scheduling.selectors.short_parts import Short, short_parts

pytestmark = pytest.mark.django_db


@pytest.fixture
def company():
    return CompanyFactory()


@pytest.fixture
def yard(company):
    return Warehouse.objects.create(odoo_id=1, company=company, company_odoo_id=company.odoo_id)


@pytest.fixture
def bundle():
    """Two logs and a net make a bundle."""
    log = ProductFactory(name="Log", unit="piece", unit_odoo_id=7)
    net = ProductFactory(name="Net", unit="piece", unit_odoo_id=7)
    bill = bill_of((log, 2), (net, 1))
    return bill, log, net


def bill_of(*parts, kind="normal", **values):
    bill = BillOfMaterials.objects.create(quantity=1, kind=kind, unit_odoo_id=7, **values)
    lines = [
        BillOfMaterialsLine.objects.create(
            odoo_id=100 * bill.pk + place,
            bill=bill,
            product=product,
            quantity=quantity,
            unit_odoo_id=7,
        )
        for place, (product, quantity) in enumerate(parts)
    ]
    bill.line_ids = [line.odoo_id for line in lines]
    bill.save()
    return bill


def stock(product, on_hand, *, reserved=0, warehouse):
    StockLevel.objects.create(
        product=product,
        product_odoo_id=product.odoo_id,
        warehouse=warehouse,
        warehouse_odoo_id=warehouse.odoo_id,
        on_hand=on_hand,
        reserved=reserved,
        read_at=timezone.now(),
    )


def order(bill, company, **values):
    defaults = {"parts_state": "confirmed", "unit": None, "unit_odoo_id": 7}
    where = {"company": company, "company_odoo_id": company.odoo_id}
    return ManufacturingOrderFactory(bill=bill, **where, **{**defaults, **values})


def short_of(production):
    shown = shown_productions(ManufacturingOrder.objects.filter(pk=production.pk))
    return short_parts(shown).get(production.pk)


def test_a_part_is_short_of_which_less_is_free_than_it_takes(bundle, company, yard):
    bill, log, net = bundle
    stock(log, 30, reserved=15, warehouse=yard)
    stock(net, 10, warehouse=yard)
    elsewhere = Warehouse.objects.create(odoo_id=2, company=CompanyFactory(), company_odoo_id=9)
    stock(log, 500, warehouse=elsewhere)

    assert short_of(order(bill, company)) == [Short("Log", Decimal(20), Decimal(15), "piece")]


@pytest.mark.parametrize("values", [{"parts_state": "assigned"}, {"state": "done"}])
def test_of_what_odoo_has_reserved_or_ended_nothing_is_short(bundle, company, values):
    assert short_of(order(bundle[0], company, **values)) is None


def test_quantities_are_reckoned_in_the_units_of_the_parts(bundle, company, yard):
    bill, log, _net = bundle
    Unit.objects.create(odoo_id=7, name="piece", factor=1)
    dozen = UnitFactory(factor=12)
    bill.lines.filter(product=log).update(unit_odoo_id=dozen.odoo_id)
    bill.quantity, bill.unit_odoo_id = 5, dozen.odoo_id
    bill.save()

    short = short_of(order(bill, company, quantity=120))

    # 120 are two times what the bill makes: two times two dozens of logs, and two nets
    assert [(one.product, one.wanted) for one in short] == [("Log", 48), ("Net", 2)]


def test_what_odoo_took_off_the_bill_services_and_kits_are_not_short(company):
    log, kit, work = (ProductFactory(name=name, template_odoo_id=n) for n, name in enumerate("LKW"))
    work.kind = "service"
    work.save()
    bill = bill_of((log, 2), (log, 1), (kit, 1), (work, 1), (ProductFactory(), 1))
    bill.line_ids = bill.line_ids[:-1]
    bill.save()
    bill_of(kind=BillOfMaterials.KIT, template_odoo_id=kit.template_odoo_id)

    assert [(one.product, one.wanted) for one in short_of(order(bill, company))] == [("L", 30)]


def test_a_bill_that_makes_nothing_wants_nothing(bundle, company):
    bundle[0].quantity = 0
    bundle[0].save()

    assert short_of(order(bundle[0], company)) == []


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many_productions(
    bundle, company, django_assert_num_queries, number
):
    for _ in range(number):
        order(bundle[0], company)
    shown = shown_productions(ManufacturingOrder.objects.all())

    with django_assert_num_queries(3):
        assert {len(parts) for parts in short_parts(shown).values()} == {2}
