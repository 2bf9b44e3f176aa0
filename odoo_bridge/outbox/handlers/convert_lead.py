"""``ConvertLead``: Odoo's own form makes the lead an opportunity, and its customer if need be."""

from collections.abc import Callable
from typing import Any

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import ConvertLead
from odoo_bridge.outbox.leads import ending_of, lead_id, lead_row
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true, rows_of
from odoo_bridge.sync.specs import LEAD, PARTNER
from odoo_bridge.sync.upsert import upsert

FORM = "crm.lead2opportunity.partner"
STEP = f"{FORM}.action_apply"


def convert_lead(command: ConvertLead, odoo: Sending) -> Callable[[], None]:
    """Let the lead be an opportunity with a customer; whom somebody chose in Odoo stays.

    :raises OdooRejected: it was won, lost or archived as a mere lead, or Odoo said no.
    """
    odoo_id = lead_id(command)
    row = make_true(
        lambda: lead_row(odoo, odoo_id),
        lambda row: bool(row["type"] == "opportunity" and row["partner_id"]),
        lambda row: convert(command, row, odoo),
        step=STEP,
    )
    customers = rows_of(odoo, PARTNER, [row["partner_id"]])

    def acknowledgement() -> None:
        upsert(PARTNER, customers, read_at=odoo.began_at)
        upsert(LEAD, [row], read_at=odoo.began_at)

    return acknowledgement


def convert(command: ConvertLead, row: Row, odoo: Sending) -> Any:
    """Fill the form in and send it off. Twice is once: the second finds the customer on the lead.

    :raises OdooRejected: Odoo converts nothing that has ended or is archived, and would say yes.
    """
    if ending := ending_of(row) or ("" if row["active"] else "archived"):
        raise OdooRejected(f"Lead “{row['name']}” was {ending} in Odoo.", STEP)
    chosen = {"action": "exist", "partner_id": command.customer_odoo_id}
    form = {
        "lead_id": row["id"],
        "name": "convert",  # left empty it would merge the lead with others
        "force_assignment": False,
        **(chosen if command.customer_odoo_id else {}),
    }
    context = {"active_model": LEAD.odoo_model, "active_id": row["id"], "active_ids": [row["id"]]}
    # One form too many is swept away by Odoo.
    [filled] = odoo.write(FORM, "create", repeat=Repeat.FREELY, vals_list=[form], context=context)
    return odoo.write(FORM, "action_apply", repeat=Repeat.AT_ONCE, ids=[filled], context=context)
