"""What the bot cannot do in Odoo, asked as the bot."""

from odoo_bridge.client import Kind, OdooClient, OdooError, OdooUnavailable
from odoo_bridge.sync.specs import specs_for

READS = ("account.journal", "account.payment.method.line", "stock.warehouse", "crm.stage")
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
)
BATCH_WRITES = ((BATCHES, "create"), (BATCHES, "write"))
NEVER = (("ir.config_parameter", "write"), ("res.users", "write"))


def what_the_bot_lacks(client: OdooClient, *, has_fleet_batches: bool) -> list[str]:
    """Return one line for each thing that the bot needs and may not do, or may do and must not.

    :raises OdooUnavailable: Odoo does not answer.
    """
    specs = specs_for(has_fleet_batches=has_fleet_batches)
    reads = {spec.odoo_model: spec.odoo_fields for spec in specs}
    reads |= {model: [] for model in (*READS, *([BATCHES] if has_fleet_batches else []))}
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
    """Say whether the bot's groups allow the operation on the model."""
    return bool(client.call(model, "has_access", kind=Kind.READ, operation=operation))
