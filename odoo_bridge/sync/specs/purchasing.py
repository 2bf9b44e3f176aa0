"""Purchase orders and their lines, and the prices and lead times of vendors."""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    day,
    ids,
    long_text,
    moment,
    money,
    number,
    plain_id,
    reference,
    text,
    whole,
)

# Odoo adds it by itself to purchases and stock: what was received.
MODULE = "purchase_stock"

PURCHASE_ORDER = MirrorSpec(
    models.PurchaseOrder,
    "purchase.order",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        reference("vendor", "partner_id"),
        text("vendor_reference", "partner_ref"),
        moment("order_by", "date_order"),
        moment("confirmed_at", "date_approve"),
        moment("planned_at", "date_planned"),
        moment("arrived_at", "effective_date"),
        money("untaxed", "amount_untaxed"),
        money("total", "amount_total"),
        reference("currency", "currency_id"),
        text("receipt_state", "receipt_status", most=16),
        text("invoice_state", "invoice_status", most=16),
        text("origin", "origin"),
        ids("line_ids", "order_line"),
        ids("picking_ids", "picking_ids"),
        reference("buyer", "user_id"),
        reference("company", "company_id"),
    ),
    topic="purchases",
    tells="purchase.order",
    module=MODULE,
)
PURCHASE_ORDER_LINE = MirrorSpec(
    models.PurchaseOrderLine,
    "purchase.order.line",
    (
        reference("order", "order_id"),
        reference("product", "product_id"),
        long_text("text", "name"),
        text("kind", "display_type", most=32),
        number("quantity", "product_qty"),
        number("received", "qty_received"),
        number("billed", "qty_invoiced"),
        reference("unit", "product_uom_id"),
        number("unit_price", "price_unit", places=6),
        number("discount", "discount"),
        money("total", "price_total"),
        moment("planned_at", "date_planned"),
        whole("position", "sequence"),
    ),
    topic="purchases",
    part_of="order_id",
    module=MODULE,
)
SUPPLIER_PRICE = MirrorSpec(
    models.SupplierPrice,
    "product.supplierinfo",
    (
        reference("vendor", "partner_id"),
        reference("product", "product_id"),
        plain_id("template_odoo_id", "product_tmpl_id"),
        text("vendor_name", "product_name"),
        text("vendor_code", "product_code", most=64),
        number("min_quantity", "min_qty"),
        reference("unit", "product_uom_id"),
        number("price", "price", places=6),
        number("discount", "discount"),
        reference("currency", "currency_id"),
        whole("lead_days", "delay"),
        day("from_day", "date_start"),
        day("until_day", "date_end"),
        reference("company", "company_id"),
        whole("position", "sequence"),
    ),
    topic="purchases",
)
