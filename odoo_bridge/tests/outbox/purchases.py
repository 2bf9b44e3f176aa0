"""Purchases in a real Odoo and here: words for the tests."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.commands import (
    CancelPurchase,
    ConfirmPurchase,
    PlacePurchase,
    PurchaseItem,
    Received,
    ReceivePurchase,
)
from odoo_bridge.models import (
    OutboxEntry,
    Partner,
    Product,
    PurchaseOrder,
    PurchaseOrderLine,
)
from odoo_bridge.outbox import enqueue
from odoo_bridge.services.change_purchase import change_purchase, change_purchase_line
from odoo_bridge.services.promise_purchase import (
    Item,
    add_purchase_line,
    promise_purchase,
    remove_purchase_line,
)
from odoo_bridge.sync.specs import CURRENCY, PARTNER, PRODUCT, SUPPLIER_PRICE, UNIT
from odoo_bridge.sync.upsert import upsert
from odoo_bridge.tests.outbox.yard import Yard

COMES = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 12, 8, 17, tzinfo=dt.UTC)
OF_LINE = ("product_qty", "price_unit", "discount", "date_planned", "qty_received", "name")


def mirrored(yard, spec, domain):
    """Read records of Odoo into their mirror; return the mirror rows by rising id."""
    rows = yard.client.call(
        spec.odoo_model,
        "search_read",
        kind=Kind.READ,
        domain=domain,
        fields=spec.odoo_fields,
        load=None,
    )
    upsert(spec, rows, read_at=timezone.now())
    ids = [row["id"] for row in rows]
    return list(spec.model.objects.filter(odoo_id__in=ids).order_by("odoo_id"))


@dataclass(frozen=True)
class Market:
    """A vendor, two products and the currency, that Odoo and the portal know."""

    yard: Yard
    vendor: Partner
    logs: Product
    bark: Product
    dollar: object

    def item(self, product=None, quantity=4, price="12.5", **values):
        product = product or self.logs
        price, quantity = Decimal(price), Decimal(quantity)
        defaults = {"product": product, "quantity": quantity, "price": price, "planned_at": COMES}
        return Item(**{**defaults, **values})

    def order(self, *items, **values):
        """Promise an order; return its mirror."""
        items = items or (self.item(), self.item(self.bark, 2, "3"))
        defaults = {"vendor": self.vendor, "currency": self.dollar, "reference": "V-1", "by": None}
        return promise_purchase(key=uuid.uuid4(), **{**defaults, "items": items, **values})

    def sell(self, product, **terms):
        """Let the vendor have a price of a product."""
        template = {"product_tmpl_id": product.template_odoo_id}
        values = {"partner_id": self.vendor.odoo_id, **template, **terms}
        made = self.yard.make("product.supplierinfo", **values)
        mirrored(self.yard, SUPPLIER_PRICE, [["id", "=", made]])

    def commands(self, came):
        """Return what orders four logs for 50, confirms that, and receives so many of them."""
        item = PurchaseItem(
            line_uuid=uuid.uuid4(),
            product_odoo_id=self.logs.odoo_id,
            unit_odoo_id=self.logs.unit_odoo_id,
            quantity=Decimal(4),
            price=Decimal("12.5"),
            planned_at=COMES,
        )
        key = {"purchase_uuid": uuid.uuid4()}
        whom = {
            "vendor_odoo_id": self.vendor.odoo_id,
            "currency_odoo_id": self.dollar.odoo_id,
        }
        goods = Received(line_uuid=item.line_uuid, before=Decimal(0), quantity=Decimal(came))
        return (
            PlacePurchase(**key, **whom, items=(item,)),
            ConfirmPurchase(**key),
            ReceivePurchase(**key, goods=(goods,)),
        )

    def received_once(self, key, came):
        """Assert Odoo's own records: one order, of which so much came, and the rest is to come."""
        [odoo_id] = self.yard.ours("purchase", key)
        row = self.yard.row("purchase.order", odoo_id, "state", "amount_untaxed", "order_line")
        assert (row["state"], row["amount_untaxed"]) == ("purchase", 50)
        [line] = self.yard.rows("purchase.order.line", [["order_id", "=", odoo_id]], *OF_LINE)
        assert (line["product_qty"], line["qty_received"]) == (4, came)
        domain = [["purchase_id", "=", odoo_id]]
        transfers = [one["state"] for one in self.yard.rows("stock.picking", domain, "state")]
        assert transfers == ["done", "assigned"]

    def row(self, order, *fields):
        """Return the order as Odoo has it."""
        order.refresh_from_db()
        fields = ("state", "partner_id", "partner_ref", "currency_id", "date_planned", *fields)
        return self.yard.row("purchase.order", order.odoo_id, *fields, "amount_untaxed")

    def rows(self, order):
        """Return the order's lines as Odoo has them."""
        order.refresh_from_db()
        domain = [["order_id", "=", order.odoo_id]]
        return self.yard.rows("purchase.order.line", domain, *OF_LINE)

    def transfers(self, order):
        """Return what brings the goods: state, and product and demand of each move."""
        order.refresh_from_db()
        domain = [["purchase_id", "=", order.odoo_id]]
        pickings = self.yard.rows("stock.picking", domain, "state", "move_ids")
        return [(one["state"], len(one["move_ids"])) for one in pickings]


def a_market(yard):
    """Make vendor and products in Odoo, and mirror them."""
    vendor = yard.make("res.partner", name="Hill & Sons, logging", is_company=True)
    ids = [
        yard.product(
            name=name,
            is_storable=True,
            purchase_method="purchase",
            supplier_taxes_id=[[6, 0, []]],
        )
        for name in ("Logs", "Bark")
    ]
    mirrored(yard, UNIT, [])
    [dollar] = mirrored(yard, CURRENCY, [["name", "=", "USD"]])
    [partner] = mirrored(yard, PARTNER, [["id", "=", vendor]])
    logs, bark = mirrored(yard, PRODUCT, [["id", "in", ids]])
    return Market(yard=yard, vendor=partner, logs=logs, bark=bark, dollar=dollar)


def promise_mirrors(place):
    """Make the mirrors that go with the promise of an order."""
    order = PurchaseOrder.objects.create(uuid=place.purchase_uuid)
    for item in place.items:
        PurchaseOrderLine.objects.create(uuid=item.line_uuid, order=order)


def line_of(order, product):
    """Return the mirror of the line that orders a product."""
    return order.lines.get(product=product)


@transaction.atomic
def confirm(order):
    return enqueue(ConfirmPurchase(purchase_uuid=order.uuid), by=None)


@transaction.atomic
def cancel(order):
    return enqueue(CancelPurchase(purchase_uuid=order.uuid), by=None)


@transaction.atomic
def receive(order, *came):
    """Promise a receipt: ``(line, before, quantity)`` for each line that came."""
    goods = tuple(Received(line_uuid=one.uuid, before=b, quantity=q) for one, b, q in came)
    return enqueue(ReceivePurchase(purchase_uuid=order.uuid, goods=goods), by=None)


def change(order, *, seen=None, **changes):
    order.refresh_from_db()
    return change_purchase(order=order, changes=changes, seen=seen or {}, by=None)


def change_line(line, *, seen=None, by=None, **changes):
    line.refresh_from_db()
    return change_purchase_line(line=line, changes=changes, seen=seen or {}, by=by)


def add(order, item):
    return add_purchase_line(order=order, item=item, by=None)


def remove(line):
    return remove_purchase_line(line=line, by=None)


def states():
    """Return how the entries stand, in their order, and why."""
    rows = OutboxEntry.objects.order_by("pk").values_list("command", "state", "last_error")
    return list(rows)


def all_done():
    left = [one for one in states() if one[1] not in {"DONE", "SUPERSEDED"}]
    assert left == []
