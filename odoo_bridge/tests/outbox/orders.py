"""Orders in a real Odoo and here: words for the tests."""

import datetime as dt
import uuid
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from odoo_bridge.commands import CancelOrder, ConfirmOrder
from odoo_bridge.models import OutboxEntry, Partner, Product, SaleOrder
from odoo_bridge.outbox import enqueue
from odoo_bridge.services.change_order import change_order
from odoo_bridge.services.promise_order import Item, Terms, promise_order
from odoo_bridge.sync.specs import PARTNER, PRODUCT, SALE_ORDER
from odoo_bridge.tests.outbox.purchases import mirrored
from odoo_bridge.tests.outbox.yard import Sold, Yard

PROMISED = dt.datetime(2026, 12, 1, 17, tzinfo=dt.UTC)
LATER = dt.datetime(2026, 12, 8, 17, tzinfo=dt.UTC)
OF_LINE = ("product_id", "product_uom_qty", "price_unit", "discount", "name", "is_delivery")


@dataclass(frozen=True)
class Shop:
    """A customer, firewood and what is paid for the way, that Odoo and the portal know."""

    yard: Yard
    customer: Partner
    oak: Product
    way: Product

    def item(self, quantity=4, price="80", product=None, **values):
        defaults = {"product": product or self.oak, "quantity": Decimal(quantity)}
        return Item(**{**defaults, "price": Decimal(price), **values})

    def order(self, *items, delivery=None, **terms):
        """Promise an order; return its mirror."""
        return promise_order(
            key=uuid.uuid4(),
            terms=Terms(**{"customer": self.customer, "promised_at": PROMISED, **terms}),
            items=items or (self.item(),),
            delivery=delivery,
            by=None,
        )

    def sold(self):
        """Return an order that somebody made and confirmed in Odoo, and its mirror."""
        [sold] = self.yard.sold()
        [order] = mirrored(self.yard, SALE_ORDER, [["id", "=", sold.order]])
        return sold, order

    def row(self, order, *fields):
        """Return the order as Odoo has it."""
        order.refresh_from_db()
        fields = ("state", "commitment_date", "client_order_ref", "note", *fields)
        return self.yard.row("sale.order", order.odoo_id, *fields)

    def rows(self, order):
        """Return the order's lines as Odoo has them."""
        order.refresh_from_db()
        return self.yard.rows("sale.order.line", [["order_id", "=", order.odoo_id]], *OF_LINE)

    def transfers(self, order):
        """Return the states of what brings the goods."""
        order.refresh_from_db()
        domain = [["sale_id", "=", order.odoo_id]]
        return [one["state"] for one in self.yard.rows("stock.picking", domain, "state")]


def a_shop(yard):
    """Mirror the yard's customer and products."""
    way = yard.product(name="Delivery", type="service", list_price=0)
    [customer] = mirrored(yard, PARTNER, [["id", "=", yard.customer]])
    [oak] = mirrored(yard, PRODUCT, [["id", "=", yard.oak]])
    [fee] = mirrored(yard, PRODUCT, [["id", "=", way]])
    return Shop(yard=yard, customer=customer, oak=oak, way=fee)


def sold_as(order: SaleOrder, sold: Sold) -> Sold:
    """Return the same order of Odoo, known here by the mirror's uuid."""
    return Sold(**{**vars(sold), "uuid": order.uuid})


@transaction.atomic
def confirm(order):
    return enqueue(ConfirmOrder(order_uuid=order.uuid), by=None)


@transaction.atomic
def cancel(order):
    return enqueue(CancelOrder(order_uuid=order.uuid), by=None)


def change(order, *, seen=None, **changes):
    order.refresh_from_db()
    return change_order(order=order, changes=changes, seen=seen or {}, by=None)


def last():
    """Return how the newest entry stands, and why."""
    entry = OutboxEntry.objects.latest("pk")
    return entry.state, entry.last_error
