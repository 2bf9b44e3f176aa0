"""Sale orders and their lines."""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    flag,
    ids,
    long_text,
    moment,
    money,
    number,
    reference,
    text,
    whole,
)

SALE_ORDER = MirrorSpec(
    models.SaleOrder,
    "sale.order",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        reference("customer", "partner_id"),
        reference("delivery_address", "partner_shipping_id"),
        moment("ordered_at", "date_order"),
        moment("promised_at", "commitment_date"),
        money("total", "amount_total"),
        reference("currency", "currency_id"),
        reference("payment_term", "payment_term_id"),
        text("invoice_state", "invoice_status", most=16),
        ids("line_ids", "order_line"),
        ids("invoice_ids", "invoice_ids"),
        reference("salesperson", "user_id"),
        reference("company", "company_id"),
    ),
    topic="orders",
    tells="sale.order",
)
SALE_ORDER_LINE = MirrorSpec(
    models.SaleOrderLine,
    "sale.order.line",
    (
        reference("order", "order_id"),
        reference("product", "product_id"),
        long_text("text", "name"),
        text("kind", "display_type", most=16),
        number("quantity", "product_uom_qty"),
        number("delivered", "qty_delivered"),
        money("total", "price_total"),
        whole("position", "sequence"),
        flag("is_delivery_fee", "is_delivery"),
    ),
    topic="orders",
    part_of="order_id",
)
