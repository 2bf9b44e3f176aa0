"""Leads as Odoo has them now, and how they stand."""

from collections.abc import Callable

from odoo_bridge.commands import LeadCommand
from odoo_bridge.models import LeadRecord
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import Row, made, row_of
from odoo_bridge.sync.specs import LEAD
from odoo_bridge.sync.upsert import upsert

CALLED = "The lead"


def lead_id(command: LeadCommand) -> int:
    """Return the lead's id in Odoo.

    :raises OdooRejected: Odoo never made it.
    """
    step = f"{LEAD.odoo_model}.load"
    return made(LeadRecord, command.lead_uuid, called=CALLED, step=step)


def lead_row(odoo: Leased, odoo_id: int) -> Row:
    """Read one lead, with its probability, by which Odoo tells what is won and what is lost.

    :raises OdooRejected: it is gone.
    """
    return row_of(odoo, LEAD, odoo_id, called=CALLED, also={"probability"})


def is_won(row: Row) -> bool:
    """Say whether the lead was won."""
    return bool(row["active"] and row["probability"] == 100)


def is_lost(row: Row) -> bool:
    """Say whether the lead was lost; one that is only archived was not."""
    return not row["active"] and row["probability"] == 0


def ending_of(row: Row) -> str:
    """Return how the lead has ended, in a word; empty while it is open."""
    if is_won(row):
        return "won"
    return "lost" if is_lost(row) else ""


def mirror_lead(row: Row, odoo: Leased) -> Callable[[], None]:
    """Return what lets the mirror show the lead as it was read."""

    def acknowledgement() -> None:
        upsert(LEAD, [row], read_at=odoo.began_at)

    return acknowledgement
