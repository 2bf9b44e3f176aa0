"""What is mirrored: the models of Odoo and their fields, named here and nowhere above.

In the order in which they are read first, so that most references find their target at once.
Fields checked on Odoo 19.0 with ``fields_get``.
"""

from odoo_bridge import models
from odoo_bridge.sync.columns import (
    MirrorSpec,
    day,
    flag,
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

CURRENCY = MirrorSpec(
    models.Currency,
    "res.currency",
    (text("name", "name", most=8), text("symbol", "symbol", most=8)),
)
COUNTRY_STATE = MirrorSpec(
    models.CountryState,
    "res.country.state",
    (text("name", "name"), text("code", "code", most=8)),
)
PARTNER = MirrorSpec(
    models.Partner,
    "res.partner",
    (
        text("name", "name"),
        flag("is_company", "is_company"),
        text("email", "email"),
        text("phone", "phone", most=64),
        text("street", "street"),
        text("street2", "street2"),
        text("city", "city"),
        text("postcode", "zip", most=24),
        reference("state", "state_id"),
        reference("parent", "parent_id"),
        flag("active", "active"),
    ),
    topic="orders",
)
PRODUCT = MirrorSpec(
    models.Product,
    "product.product",
    (
        text("name", "name"),
        text("code", "default_code", most=64),
        text("kind", "type", most=16),
        number("weight", "weight"),
        number("volume", "volume"),
        text("unit", "uom_name", most=64),
        flag("active", "active"),
    ),
    topic="orders",
    inherits=(("product_tmpl_id", "product.template"),),
)
PAYMENT_TERM = MirrorSpec(
    models.PaymentTerm, "account.payment.term", (text("name", "name"),), topic="orders"
)
PAYMENT_TERM_LINE = MirrorSpec(
    models.PaymentTermLine,
    "account.payment.term.line",
    (
        reference("term", "payment_id"),
        whole("days", "nb_days"),
        text("delay", "delay_type", most=32),
    ),
    topic="orders",
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
        plain_id("salesperson_odoo_id", "user_id"),
        plain_id("company_odoo_id", "company_id"),
    ),
    topic="orders",
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
        plain_id("company_odoo_id", "company_id"),
    ),
    topic="orders",
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
    ),
    topic="orders",
)
INVOICE = MirrorSpec(
    models.Invoice,
    "account.move",
    (
        text("name", "name", most=64),
        text("kind", "move_type", most=16),
        text("state", "state", most=16),
        text("payment_state", "payment_state", most=24),
        reference("customer", "partner_id"),
        day("invoice_date", "invoice_date"),
        day("due_date", "invoice_date_due"),
        money("total", "amount_total"),
        money("residual", "amount_residual"),
        reference("currency", "currency_id"),
        text("origin", "invoice_origin"),
    ),
    topic="money",
    only=(["move_type", "in", ["out_invoice", "out_refund"]],),
)
PAYMENT = MirrorSpec(
    models.Payment,
    "account.payment",
    (
        text("name", "name", most=64),
        text("state", "state", most=16),
        text("kind", "payment_type", most=16),
        reference("customer", "partner_id"),
        money("amount", "amount"),
        reference("currency", "currency_id"),
        day("payment_date", "date"),
        text("memo", "memo"),
        flag("is_reconciled", "is_reconciled"),
        plain_id("journal_odoo_id", "journal_id"),
        ids("invoice_ids", "invoice_ids"),
    ),
    topic="money",
)
LEAD = MirrorSpec(
    models.LeadRecord,
    "crm.lead",
    (
        text("name", "name"),
        text("kind", "type", most=16),
        plain_id("stage_odoo_id", "stage_id"),
        plain_id("owner_odoo_id", "user_id"),
        reference("customer", "partner_id"),
        text("contact_name", "contact_name"),
        text("phone", "phone", most=64),
        text("email", "email_from"),
        flag("active", "active"),
        moment("closed_at", "date_closed"),
    ),
    topic="leads",
)
VEHICLE_CATEGORY = MirrorSpec(
    models.VehicleCategory,
    "fleet.vehicle.model.category",
    (
        text("name", "name"),
        number("most_weight", "weight_capacity"),
        number("most_volume", "volume_capacity"),
    ),
    topic="fleet",
)
VEHICLE = MirrorSpec(
    models.Vehicle,
    "fleet.vehicle",
    (
        text("name", "name"),
        text("plate", "license_plate", most=32),
        reference("category", "category_id"),
        reference("driver", "driver_id"),
        flag("active", "active"),
    ),
    topic="fleet",
)
EMPLOYEE = MirrorSpec(
    models.Employee,
    "hr.employee.public",
    (
        text("name", "name"),
        text("phone", "work_phone", most=64),
        reference("contact", "work_contact_id"),
        flag("active", "active"),
    ),
    topic="fleet",
)

SPECS = (
    CURRENCY,
    COUNTRY_STATE,
    PARTNER,
    PRODUCT,
    PAYMENT_TERM,
    PAYMENT_TERM_LINE,
    SALE_ORDER,
    SALE_ORDER_LINE,
    PICKING,
    MOVE,
    INVOICE,
    PAYMENT,
    LEAD,
    VEHICLE_CATEGORY,
    VEHICLE,
    EMPLOYEE,
)


def specs_for(*, has_fleet_batches: bool) -> tuple[MirrorSpec, ...]:
    """Return what can be read of this Odoo: what vehicles carry is a field of ``stock_fleet``."""
    return tuple(spec for spec in SPECS if has_fleet_batches or spec is not VEHICLE_CATEGORY)
