"""Products, and the transfers that move them."""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    flag,
    ids,
    moment,
    number,
    plain_id,
    reference,
    text,
)

PRODUCT = MirrorSpec(
    models.Product,
    "product.product",
    (
        text("name", "name"),
        plain_id("template_odoo_id", "product_tmpl_id"),
        text("code", "default_code", most=64),
        text("kind", "type", most=16),
        number("weight", "weight"),
        number("volume", "volume"),
        text("unit", "uom_name", most=64),
        plain_id("unit_odoo_id", "uom_id"),
        flag("is_bought", "purchase_ok"),
        flag("active", "active"),
    ),
    topic="orders",
    inherits=(("product_tmpl_id", "product.template"),),
    tells="product.product",
)
PICKING = MirrorSpec(
    models.Picking,
    "stock.picking",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        text("kind", "picking_type_code", most=16),
        reference("order", "sale_id"),
        reference("destination", "partner_id"),
        moment("scheduled_at", "scheduled_date"),
        moment("done_at", "date_done"),
        plain_id("batch_odoo_id", "batch_id"),
        ids("move_ids", "move_ids"),
        reference("company", "company_id"),
        reference("part_of", "backorder_id"),
    ),
    topic="orders",
    tells="stock.picking",
)
MOVE = MirrorSpec(
    models.Move,
    "stock.move",
    (
        reference("picking", "picking_id"),
        reference("product", "product_id"),
        reference("order_line", "sale_line_id"),
        number("demand", "product_uom_qty"),
        number("quantity", "quantity"),
        text("state", "state", most=24),
        text("comes_from", "location_usage", most=16),
    ),
    topic="orders",
    part_of="picking_id",
)
