"""Odoo no longer has what a mirror reads: which field it is, and which module would bring it."""

from django.db import DataError

from odoo_bridge.client import Kind, OdooBroken, OdooClient, OdooError, OdooUnsupported
from odoo_bridge.sync.columns import MirrorSpec

# Fields that come from another module than their model's own. (Odoo 19: ir.model.fields.)
BROUGHT_BY = {
    ("fleet.vehicle.model.category", "volume_capacity"): "stock_fleet",
    ("fleet.vehicle.model.category", "weight_capacity"): "stock_fleet",
    ("mrp.production", "sale_line_id"): "sale_mrp",
    ("purchase.order", "effective_date"): "purchase_stock",
    ("purchase.order", "picking_ids"): "purchase_stock",
    ("purchase.order", "receipt_status"): "purchase_stock",
    ("sale.order.line", "is_delivery"): "delivery",
    ("stock.move", "sale_line_id"): "sale_stock",
    ("stock.picking", "batch_id"): "stock_picking_batch",
    ("stock.picking", "sale_id"): "sale_stock",
}
# Most models are named after their module; these first words of a name are not.
MODULE_OF = {"phone": "phone_validation", "res": "base"}
# What a row does to us whose values are of another type now.
NOT_UNDERSTOOD = (DataError, KeyError, TypeError, ValueError)
ADVICE = "An administrator of Odoo must install that; the mirror then goes on by itself."


def explain(spec: MirrorSpec, error: OdooError, client: OdooClient) -> str:
    """Return why a mirror cannot be read, in words that say what to do.

    :raises OdooError: Odoo does not answer the question either.
    """
    if isinstance(error, OdooUnsupported):
        first = spec.odoo_model.partition(".")[0]
        module = MODULE_OF.get(first, first)
        return f"Odoo has no {spec.odoo_model}: module {module} is not installed. {ADVICE}"
    if isinstance(error, OdooBroken) and (missing := missing_fields(spec, client)):
        modules = sorted({BROUGHT_BY.get((spec.odoo_model, name), "") for name in missing} - {""})
        which = f" (module {', '.join(modules)})" if modules else ""
        return f"Odoo's {spec.odoo_model} has no field {', '.join(missing)}{which}. {ADVICE}"
    return error.reason


def missing_fields(spec: MirrorSpec, client: OdooClient) -> list[str]:
    """Return the fields that the mirror reads and that Odoo, or the bot's rights, do not have."""
    there = client.call(
        spec.odoo_model,
        "fields_get",
        kind=Kind.READ,
        allfields=spec.odoo_fields,
        attributes=["type"],
    )
    return sorted(set(spec.odoo_fields) - set(there))
