"""``CloseLead``: won, or lost for a reason."""

from collections.abc import Callable
from typing import Any

from django.utils.html import escape, linebreaks

from odoo_bridge.client import OdooRejected
from odoo_bridge.client.values import clean_text
from odoo_bridge.commands import CloseLead
from odoo_bridge.outbox.leads import ending_of, is_lost, is_won, lead_id, lead_row, mirror_lead
from odoo_bridge.outbox.sending import Repeat, Sending
from odoo_bridge.outbox.steps import Row, make_true
from odoo_bridge.sync.specs import LEAD

WIN = f"{LEAD.odoo_model}.action_set_won"
FORM = "crm.lead.lost"
LOSE = f"{FORM}.action_lost_reason_apply"


def close_lead(command: CloseLead, odoo: Sending) -> Callable[[], None]:
    """Let the lead be won or lost; what a person has done so in Odoo stays as it is.

    :raises OdooRejected: it has ended the other way there, or Odoo said no.
    """
    odoo_id = lead_id(command)
    holds, close, step = (is_won, win, WIN) if command.won else (is_lost, lose, LOSE)

    def call(row: Row) -> Any:
        if ending := ending_of(row):
            raise OdooRejected(f"Lead “{row['name']}” was {ending} in Odoo.", step)
        return close(command, odoo_id, odoo)

    row = make_true(lambda: lead_row(odoo, odoo_id), holds, call, step=step)
    return mirror_lead(row, odoo)


def win(_command: CloseLead, odoo_id: int, odoo: Sending) -> Any:
    """Put the lead into the stage in which its team wins."""
    return odoo.write(LEAD.odoo_model, "action_set_won", repeat=Repeat.AT_ONCE, ids=[odoo_id])


def lose(command: CloseLead, odoo_id: int, odoo: Sending) -> Any:
    """Send off Odoo's own form, which logs the reason with the loss. A second changes nothing."""
    form = {"lead_ids": [[6, 0, [odoo_id]]], **reason(command.reason, odoo)}
    # One form too many is swept away by Odoo.
    [filled] = odoo.write(FORM, "create", repeat=Repeat.FREELY, vals_list=[form])
    return odoo.write(FORM, "action_lost_reason_apply", repeat=Repeat.AT_ONCE, ids=[filled])


def reason(text: str, odoo: Sending) -> dict[str, Any]:
    """Return how the form says why: by one of Odoo's reasons, else in our words."""
    text = clean_text(text).strip()
    if not text:
        return {}
    known = odoo.read(
        "crm.lost.reason",
        "search_read",
        domain=[["active", "=", True]],
        fields=["name"],
        order="id",
    )
    for one in known:
        if one["name"].casefold() == text.casefold():
            return {"lost_reason_id": one["id"]}
    return {"lost_feedback": linebreaks(escape(text))}
