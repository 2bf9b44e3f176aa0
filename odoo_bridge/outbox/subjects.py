"""The records that notes and files can be about: where they are kept, here and in Odoo."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from odoo_bridge.client import OdooRejected
from odoo_bridge.commands import About
from odoo_bridge.models import LeadRecord, Mirror, Partner, Picking, PurchaseOrder, SaleOrder
from odoo_bridge.outbox.sending import Leased
from odoo_bridge.outbox.steps import made


@dataclass(frozen=True)
class Subject:
    """A kind of record: its mirror, its model in Odoo, and what the office knows it as."""

    mirror: type[Mirror]
    odoo_model: str
    called: str


TRANSFER = Subject(Picking, "stock.picking", "The transfer")
SUBJECTS: Mapping[About, Subject] = {
    About.ORDER: Subject(SaleOrder, "sale.order", "The order"),
    About.LEAD: Subject(LeadRecord, "crm.lead", "The lead"),
    About.PURCHASE: Subject(PurchaseOrder, "purchase.order", "The purchase"),
    About.CUSTOMER: Subject(Partner, "res.partner", "The customer"),
}


def find(odoo: Leased, subject: Subject, key: uuid.UUID) -> int:
    """Return the id in Odoo of a record that is there now.

    :raises OdooRejected: Odoo never made it, or it is gone.
    """
    step = f"{subject.odoo_model}.search_count"
    odoo_id = made(subject.mirror, key, called=subject.called, step=step)
    if not odoo.read(subject.odoo_model, "search_count", domain=[["id", "=", odoo_id]]):
        raise OdooRejected(f"{subject.called} was deleted in Odoo.", step)
    return odoo_id
