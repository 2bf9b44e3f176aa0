"""The records in Odoo that carry an external id of this portal."""

from odoo_bridge.client import OdooClient
from odoo_bridge.provision.rows import rows


def own_records(client: OdooClient, module: str, model: str, like: str = "%") -> dict[str, int]:
    """Return the ids of our records of a model, by the part of the external id after the dot."""
    asked = [["module", "=", module], ["model", "=", model], ["name", "=like", like]]
    return {
        row["name"]: row["res_id"] for row in rows(client, "ir.model.data", asked, "name", "res_id")
    }
