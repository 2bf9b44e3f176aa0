"""Changing a purchase: what is promised, and what is refused."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from odoo_bridge.models import OutboxEntry
from portal.audit.models import AuditRow
from portal.testing.purchases import (
    BoughtFactory,
    PurchaseOrderFactory,
    ordered,
)
from scheduling.errors import NotForSale, NothingOrdered, PurchaseChanged, PurchaseClosed
from scheduling.services.edit_purchase import HeadEdit, edit_purchase
from scheduling.services.place_purchase import Wanted, noon_of
from scheduling.tests.buying import (
    SEEN,
    TODAY,
    changed,
    edit,
    now_of,
    promised,
)

pytestmark = pytest.mark.django_db


def test_only_what_was_changed_is_promised_with_what_was_seen(buyer):
    order = PurchaseOrderFactory(lines=2, vendor_reference="A")
    one, other = order.lines.order_by("pk")

    edit(order, changed(one, price=11), changed(other), by=buyer, reference="B")

    [head], [line] = promised("ChangePurchase"), promised("ChangePurchaseLine")
    assert (head["reference"], head["planned_at"]) == ("B", None)
    assert (line["line_uuid"], line["price"], line["quantity"]) == (str(one.uuid), "11", None)
    base = OutboxEntry.objects.get(command="ChangePurchaseLine").base
    assert base == {"product_qty": 4.0, "price_unit": 12.5, "discount": 0.0}
    assert OutboxEntry.objects.get(command="ChangePurchase").base == {"partner_ref": "A"}
    assert AuditRow.objects.get().new == {"reference": "B", f"line {one.uuid}": "price 11"}


def test_another_day_is_noon_of_it(buyer):
    order = PurchaseOrderFactory()

    edit(order, by=buyer, planned_on=dt.date(2026, 12, 9))

    [head] = promised("ChangePurchase")
    assert head["planned_at"] == noon_of(dt.date(2026, 12, 9)).isoformat()


def test_an_order_without_a_day_gets_one(buyer):
    order = PurchaseOrderFactory(planned_at=None)
    head = HeadEdit("", TODAY, "", None)

    edit_purchase(key=order.uuid, head=head, lines=(), wanted=(), today=TODAY, by=buyer)

    assert promised("ChangePurchase")[0]["planned_at"] == noon_of(TODAY).isoformat()
    OutboxEntry.objects.all().delete()
    wanted = [Wanted(BoughtFactory(), Decimal(1), Decimal(2))]
    head = HeadEdit("", None, "", None)
    edit_purchase(key=order.uuid, head=head, lines=(), wanted=wanted, today=TODAY, by=buyer)
    assert promised("AddPurchaseLine")[0]["item"]["planned_at"] == noon_of(TODAY).isoformat()


def test_who_changes_nothing_promises_nothing(buyer):
    order = PurchaseOrderFactory()

    edit(order, changed(order.lines.get()), by=buyer)

    assert not OutboxEntry.objects.exists()
    assert not AuditRow.objects.exists()


def test_lines_are_added_and_removed(buyer):
    order = PurchaseOrderFactory()
    line = order.lines.get()
    wanted = Wanted(BoughtFactory(), Decimal(2), Decimal(3))

    edit(order, changed(line, remove=True), by=buyer, wanted=[wanted])

    assert promised("RemovePurchaseLine")[0]["line_uuid"] == str(line.uuid)
    item = promised("AddPurchaseLine")[0]["item"]
    assert (item["quantity"], item["price"]) == ("2", "3")
    day = timezone.localdate(order.planned_at)
    assert item["planned_at"] == noon_of(day).isoformat()
    assert [one.quantity for one in now_of(order).lines] == [2]


def test_an_order_keeps_a_line(buyer):
    order = PurchaseOrderFactory()

    with pytest.raises(NothingOrdered):
        edit(order, changed(order.lines.get(), remove=True), by=buyer)


@pytest.mark.parametrize("values", [{"vendor": None, "vendor_odoo_id": 1}, {"currency": None}])
def test_an_order_of_which_odoo_has_not_told_enough_gets_no_lines(buyer, values):
    order = PurchaseOrderFactory(**values)

    with pytest.raises(NotForSale, match="has not told"):
        edit(order, by=buyer, wanted=[Wanted(BoughtFactory(), Decimal(2), Decimal(3))])

    assert promised("AddPurchaseLine") == []


def test_what_somebody_else_changed_here_is_not_overwritten(buyer):
    order = PurchaseOrderFactory(vendor_reference="A")
    line = order.lines.get()
    edit(order, changed(line, price=11), by=buyer, reference="B")

    with pytest.raises(PurchaseChanged, match="Somebody else changed"):
        edit(order, changed(line, price=10), by=buyer)
    with pytest.raises(PurchaseChanged):
        edit(order, by=buyer, reference="C")

    edit(order, changed(line, price=10, seen={**SEEN, "price": Decimal(11)}), by=buyer)
    assert now_of(order).lines[0].price == 10


def test_what_was_changed_in_odoo_is_merged_when_it_is_sent(buyer):
    order = PurchaseOrderFactory(vendor_reference="Odoo's")

    edit(order, by=buyer, reference="Mine", seen="A")

    assert OutboxEntry.objects.get().base == {"partner_ref": "A"}


def test_a_line_that_somebody_removed_is_not_changed(buyer):
    order = PurchaseOrderFactory(lines=2)
    one, _other = order.lines.order_by("pk")
    edit(order, changed(one, remove=True), by=buyer)

    with pytest.raises(PurchaseChanged, match="was removed"):
        edit(order, changed(one, price=11), by=buyer)


def test_of_a_confirmed_order_prices_change_and_no_lines(buyer):
    order = ordered(lines=2)
    one, _other = order.lines.order_by("pk")

    edit(order, changed(one, price=11), by=buyer)
    with pytest.raises(PurchaseClosed, match="is confirmed"):
        edit(order, changed(one, remove=True), by=buyer)

    assert len(promised("ChangePurchaseLine")) == 1


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("cancel", "is cancelled"),
        ("to approve", "waits for approval"),
        ("purchase", "is confirmed"),
    ],
)
def test_what_is_over_is_not_changed(buyer, state, words):
    order = PurchaseOrderFactory(state=state)
    order.lines.update(received=4)

    with pytest.raises(PurchaseClosed, match=words):
        edit(order, by=buyer, reference="B")
