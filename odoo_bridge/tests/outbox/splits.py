"""Deliveries that are split and merged in a real Odoo: words for the tests."""

from dataclasses import dataclass
from decimal import Decimal

from odoo_bridge.models import OutboxEntry, Picking, SaleOrder
from odoo_bridge.outbox.to_odoo import command_of
from odoo_bridge.services.promise_split import promise_merger, promise_split
from odoo_bridge.sync.specs import MOVE, PICKING, SALE_ORDER
from odoo_bridge.tests.outbox.purchases import mirrored
from odoo_bridge.tests.outbox.yard import Yard

OF_PICKING = ("state", "backorder_id", "partner_id", "scheduled_date", "sale_id", "batch_id")
OF_MOVE = ("product_id", "product_uom_qty", "quantity", "state", "sale_line_id", "picking_id")


@dataclass(frozen=True)
class Loads:
    """The transfers of an order, in Odoo and here."""

    yard: Yard
    order: int

    def seen(self):
        """Read the order with its transfers and their moves, as polls do."""
        mirrored(self.yard, SALE_ORDER, [["id", "=", self.order]])
        pickings = mirrored(self.yard, PICKING, [["sale_id", "=", self.order]])
        mirrored(self.yard, MOVE, [["picking_id", "in", [one.odoo_id for one in pickings]]])
        return pickings

    def pickings(self):
        return self.yard.rows("stock.picking", [["sale_id", "=", self.order]], *OF_PICKING)

    def moves(self, picking):
        return self.yard.rows("stock.move", [["picking_id", "=", picking]], *OF_MOVE)

    def brings(self, picking):
        """Return how much of each product a transfer of Odoo is to bring."""
        return [(one["product_id"], one["product_uom_qty"]) for one in self.moves(picking)]

    def held(self):
        """Return what each transfer has reserved, by rising id."""
        return [
            sum(move["quantity"] for move in self.moves(picking["id"]))
            for picking in self.pickings()
        ]


def loads_of(yard, sold):
    """Return the order's transfers, mirrored here under the order's own uuid."""
    loads = Loads(yard, sold.order)
    loads.seen()
    SaleOrder.objects.filter(odoo_id=sold.order).update(uuid=sold.uuid)
    return loads


def split(picking, *leaves):
    """Let so much of each of its moves leave, in their order; return mirror and command."""
    picking.refresh_from_db()
    moves = picking.moves.filter(odoo_id__in=picking.move_ids).order_by("odoo_id")
    pairs = zip(moves, map(Decimal, leaves), strict=True)
    goods = {move.pk: leaves for move, leaves in pairs if leaves}
    part = promise_split(picking=picking, leaves=goods, by=None)
    return part, taken_back()


def merge(whole, part):
    """Return the command that merges two again."""
    for one in (whole, part):
        one.refresh_from_db()
    promise_merger(whole=whole, part=part, by=None)
    return taken_back()


def taken_back():
    """Take the last promise out of the outbox, for a test to send it itself."""
    entry = OutboxEntry.objects.latest("pk")
    command = command_of(entry)
    entry.delete()
    return command


def here(part):
    """Return what the mirrors say that a transfer brings: quantity and Odoo's id of each move."""
    part.refresh_from_db()
    rows = part.moves.order_by("pk").values_list("demand", "odoo_id")
    return [(demand, odoo_id in part.move_ids) for demand, odoo_id in rows]


def stocked(yard, product, quantity, *, lot=None):
    """Put so much of a product into the yard."""
    warehouse = yard.rows("stock.warehouse", [], "lot_stock_id")[0]
    quant = yard.make(
        "stock.quant",
        product_id=product,
        location_id=warehouse["lot_stock_id"],
        inventory_quantity=quantity,
        lot_id=lot or False,
    )
    yard.do("stock.quant", "action_apply_inventory", [quant])


def stock(yard, product):
    """Return what is there of a product, and how much of it is reserved."""
    domain = [["product_id", "=", product], ["location_id.usage", "=", "internal"]]
    rows = yard.rows("stock.quant", domain, "quantity", "reserved_quantity")
    return tuple(sum(row[name] for row in rows) for name in ("quantity", "reserved_quantity"))


def first_of(sold):
    return Picking.objects.get(odoo_id=sold.picking)
