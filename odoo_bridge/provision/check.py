"""What the bot cannot do in Odoo, asked as the bot."""

from collections.abc import Collection
from typing import Any

from odoo_bridge.client import Kind, OdooClient, OdooError, OdooUnavailable
from odoo_bridge.models.access import FLEET_BATCHES
from odoo_bridge.sync.specs import specs_for

READS = {
    "account.payment.method.line": ["name"],
    "account.move.line": ["balance", "amount_currency"],
    "stock.quant": ["quantity", "reserved_quantity"],
}
BATCHES = "stock.picking.batch"
WRITES = (
    ("crm.lead", "create"),
    ("crm.lead", "write"),
    ("res.partner", "create"),
    ("sale.order", "write"),
    ("stock.picking", "write"),
    ("stock.move", "write"),
    ("account.move", "create"),
    ("account.move", "write"),
    ("account.payment", "create"),
    ("account.payment", "write"),
    ("ir.attachment", "create"),
    ("phone.blacklist", "create"),
    ("phone.blacklist", "write"),
)
BATCH_WRITES = ((BATCHES, "create"), (BATCHES, "write"))
NEVER = (("ir.config_parameter", "write"), ("res.users", "write"))


def what_the_bot_lacks(client: OdooClient, *, modules: Collection[str]) -> list[str]:
    """Return one line for each thing that the bot needs and may not do, or may do and must not.

    ``modules`` are those that Odoo has of the ones that we can do without.

    :raises OdooUnavailable: Odoo does not answer.
    """
    has_fleet_batches = FLEET_BATCHES in modules
    reads = {spec.odoo_model: spec.odoo_fields for spec in specs_for(modules=modules)}
    reads |= READS | ({BATCHES: []} if has_fleet_batches else {})
    writes = WRITES + (BATCH_WRITES if has_fleet_batches else ())
    lacks = [unreadable(client, model, fields) for model, fields in reads.items()]
    lacks += [f"it may not {how} {m}" for m, how in writes if not may(client, m, how)]
    lacks += [f"it may {how} {m}, and must not" for m, how in NEVER if may(client, m, how)]
    return [lack for lack in lacks if lack]


def unreadable(client: OdooClient, model: str, fields: list[str]) -> str:
    """Return what is wrong with reading a record with these fields, or nothing."""
    try:
        client.call(model, "search_read", kind=Kind.READ, domain=[], fields=fields, limit=1)
    except OdooUnavailable:
        raise
    except OdooError as exc:
        reason = exc.reason.partition("\n")[0]
        return f"it cannot read {model}: {reason}"
    return ""


def may(client: OdooClient, model: str, operation: str) -> bool:
    """Say whether the bot's groups allow the operation on the model.

    Not by ``has_access``, which Odoo before 18 lacks and JSON-RPC cannot call without a record.
    """
    asked: dict[str, Any] = {"model": model, "mode": operation, "raise_exception": False}
    return bool(client.call("ir.model.access", "check", kind=Kind.READ, **asked))
