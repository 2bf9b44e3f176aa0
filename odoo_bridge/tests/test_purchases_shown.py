"""A purchase as it shall be: what Odoo has, under what was promised."""

import uuid
from decimal import Decimal

import pytest
from django.db import transaction
from django.utils import timezone

from odoo_bridge.commands import (
    CancelPurchase,
    ConfirmPurchase,
    Received,
    ReceivePurchase,
    RemovePurchaseLine,
)
from odoo_bridge.models import OutboxEntry, PurchaseOrder, PurchaseOrderLine
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.conflicts import in_words
from odoo_bridge.selectors.outbox import entries_in
from odoo_bridge.selectors.purchases import shown_purchases
from odoo_bridge.services.change_purchase import change_purchase, change_purchase_line
from odoo_bridge.services.promise_purchase import (
    Item,
    add_purchase_line,
    promise_purchase,
    remove_purchase_line,
)
from portal.testing.mirrors import CurrencyFactory
from portal.testing.purchases import (
    BoughtFactory,
    PurchaseOrderFactory,
    PurchaseOrderLineFactory,
    UnitFactory,
    VendorFactory,
    next_week,
    ordered,
)

pytestmark = pytest.mark.django_db
State = OutboxEntry.State


def shown(order):
    found = shown_purchases(PurchaseOrder.objects.filter(pk=order.pk))
    return found[0] if found else None


@transaction.atomic
def promise(command):
    return enqueue(command, by=None)


def item(**values):
    defaults = {"product": BoughtFactory(), "quantity": Decimal(2), "price": Decimal(3)}
    return Item(**{**defaults, "planned_at": next_week(), **values})


def place(*items):
    return promise_purchase(
        key=uuid.uuid4(),
        vendor=VendorFactory(),
        currency=CurrencyFactory(),
        reference="V-1",
        items=items or (item(),),
        by=None,
    )


def test_what_odoo_has_is_shown_as_it_is():
    order = PurchaseOrderFactory(vendor_reference="A", lines=2)

    one = shown(order)

    assert (one.reference, one.odoo, one.is_open, one.is_coming) == ("A", None, True, False)
    assert one.untaxed == 100
    assert [line.unit for line in one.lines] == ["cord", "cord"]


def test_a_remark_and_a_line_that_odoo_took_off_are_no_lines():
    order = PurchaseOrderFactory()
    PurchaseOrderLineFactory(order=order)
    remark = PurchaseOrderLineFactory(order=order, kind="line_note", product=None)
    order.line_ids.append(remark.odoo_id)
    order.save()

    assert len(shown(order).lines) == 1


def test_a_new_order_is_shown_from_its_promise_on_until_it_is_given_up():
    order = place(item(unit=UnitFactory()))
    assert shown(order).odoo == State.QUEUED
    assert [line.unit for line in shown(order).lines] == ["load"]

    OutboxEntry.objects.update(state=State.DROPPED, note="no")

    assert shown(order) is None


def test_changes_are_shown_before_odoo_has_them():
    order = PurchaseOrderFactory()
    line, at = order.lines.get(), next_week()
    change_purchase(order=order, changes={"reference": "B"}, seen={}, by=None)
    amounts = {"price": Decimal(2), "discount": Decimal(10)}
    change_purchase_line(line=line, changes=amounts, seen={}, by=None)
    change_purchase_line(line=line, changes={"planned_at": at}, seen={}, by=None)

    one = shown(order)

    [shown_line] = one.lines
    assert (one.reference, one.promised) == ("B", {"reference"})
    assert (shown_line.price, shown_line.quantity, shown_line.planned_at) == (2, 4, at)
    assert one.untaxed == Decimal("7.20")


def test_a_line_is_added_and_another_removed():
    order = PurchaseOrderFactory()
    add_purchase_line(order=order, item=item(), by=None)
    remove_purchase_line(line=order.lines.get(odoo_id__isnull=False), by=None)

    assert [line.quantity for line in shown(order).lines] == [2]

    OutboxEntry.objects.filter(command="AddPurchaseLine").update(state=State.DROPPED, note="no")
    assert shown(order).lines == []


def test_the_first_line_of_an_order_without_lines_has_a_place_too():
    order = PurchaseOrderFactory(lines=0)

    add_purchase_line(order=order, item=item(), by=None)

    assert order.lines.get().position == 10


def test_an_order_is_confirmed_received_and_cancelled_at_once():
    order = PurchaseOrderFactory()
    line = order.lines.get()
    promise(ConfirmPurchase(purchase_uuid=order.uuid))
    assert shown(order).is_coming

    goods = Received(line_uuid=line.uuid, before=Decimal(0), quantity=Decimal(4))
    promise(ReceivePurchase(purchase_uuid=order.uuid, goods=(goods,)))
    assert (shown(order).stage, shown(order).to_come) == (PurchaseOrder.CONFIRMED, [])

    promise(CancelPurchase(purchase_uuid=order.uuid))
    assert shown(order).stage == PurchaseOrder.CANCELLED
    promise(ConfirmPurchase(purchase_uuid=order.uuid))
    assert shown(order).stage == PurchaseOrder.CANCELLED


def test_what_odoo_refused_is_not_shown_as_so():
    order = PurchaseOrderFactory()
    promise(ConfirmPurchase(purchase_uuid=order.uuid))
    OutboxEntry.objects.update(state=State.PARKED)

    one = shown(order)

    assert (one.is_open, one.odoo) == (True, State.PARKED)


def test_promises_about_lines_that_are_gone_change_nothing():
    order = ordered()
    line = order.lines.get()
    goods = Received(line_uuid=line.uuid, before=Decimal(0), quantity=Decimal(4))
    change_purchase_line(line=line, changes={"price": Decimal(2)}, seen={}, by=None)
    promise(ReceivePurchase(purchase_uuid=order.uuid, goods=(goods,)))
    promise(RemovePurchaseLine(purchase_uuid=order.uuid, line_uuid=line.uuid))
    line.delete()

    assert shown(order).lines == []


def test_a_service_does_not_come_and_a_line_of_a_hidden_product_has_no_unit():
    order = ordered(lines=2)
    service, hidden = order.lines.order_by("pk")
    service.product.kind = "service"
    service.product.save()
    PurchaseOrderLine.objects.filter(pk=hidden.pk).update(odoo_id=None, product=None)
    add_purchase_line(order=order, item=item(), by=None)
    OutboxEntry.objects.update(payload={**entry_payload(), "item": {"line_uuid": str(hidden.uuid)}})
    OutboxEntry.objects.update(state=State.PARKED)

    lines = shown(order).lines

    assert [line.to_come for line in lines] == [0, 4]
    assert [line.unit for line in lines] == ["cord", ""]


def entry_payload():
    return OutboxEntry.objects.get().payload


def test_a_disputed_day_is_told_by_the_clock_of_the_business():
    with timezone.override("America/New_York"):
        words = in_words("date_planned", "2026-12-01 17:00:00", {})

    assert words == "Tue 1 Dec 12:00"
    assert in_words("date_planned", False, {}) == "—"


@pytest.mark.parametrize("number", [1, 20])
def test_as_many_queries_however_many_orders(django_assert_num_queries, number):
    for order in PurchaseOrderFactory.create_batch(number, lines=3):
        promise(ConfirmPurchase(purchase_uuid=order.uuid))

    with django_assert_num_queries(3):
        assert len(shown_purchases(PurchaseOrder.objects.all())) == number


def test_nothing_is_ordered_of_what_odoo_has_not_told_the_unit_of():
    with pytest.raises(LookupError, match="The unit of"):
        place(item(product=BoughtFactory(unit_odoo_id=None)))


def test_the_desk_names_a_purchase_by_its_number_and_its_vendor():
    order = PurchaseOrderFactory(name="P00012", vendor__name="Hill & Sons")
    promise(ConfirmPurchase(purchase_uuid=order.uuid))
    orphan = PurchaseOrderFactory(name="P00013", vendor=None, vendor_odoo_id=None)
    promise(ConfirmPurchase(purchase_uuid=orphan.uuid))
    change_purchase_line(line=order.lines.get(), changes={"price": Decimal(2)}, seen={}, by=None)

    named = [(one.label, one.about) for one in entries_in(State.QUEUED)]

    assert named == [
        ("The confirmation of a purchase", "P00012 · Hill & Sons"),
        ("The confirmation of a purchase", "P00013"),
        ("What is ordered of a purchase", "P00012 · Hill & Sons"),
    ]
