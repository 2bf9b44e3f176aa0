"""A customer in a real Odoo, with the mirror of it: words for the tests of changes."""

import uuid
from dataclasses import dataclass

from django.utils import timezone

from odoo_bridge.client import Kind
from odoo_bridge.commands import ChangeCustomer
from odoo_bridge.models import Partner
from odoo_bridge.services.change_customer import change_customer
from odoo_bridge.sync.specs import PARTNER
from odoo_bridge.sync.upsert import upsert
from odoo_bridge.tests.outbox.yard import Yard

HOME = {"street": "1 Oak St", "zip": "41101", "city": "Ashland"}
SHOWN = ("name", "phone", "email", "street", "street2", "zip", "city", "comment")


@dataclass(frozen=True)
class Customer:
    """A partner that Odoo and the portal know."""

    yard: Yard
    odoo_id: int
    uuid: uuid.UUID

    def row(self, *fields):
        return self.yard.row("res.partner", self.odoo_id, *SHOWN, *fields)

    def change_in_odoo(self, **values):
        """Let a third party write."""
        self.yard.do("res.partner", "write", [self.odoo_id], vals=values)

    def mirror(self):
        return Partner.objects.get(uuid=self.uuid)

    def change(self, *, seen=None, by=None, **changes):
        """Promise the change; return its entry."""
        return change_customer(partner_id=self.mirror().pk, changes=changes, seen=seen or {}, by=by)

    def command(self, **changes):
        return ChangeCustomer(partner_uuid=self.uuid, partner_odoo_id=self.odoo_id, **changes)


def a_customer(yard, **values):
    """Make a customer in Odoo, and mirror it."""
    defaults = {"name": "Ann Alvarez", "phone": "606-555-0101", "email": "ann@example.org"}
    odoo_id = yard.make("res.partner", **{**defaults, **HOME, **values})
    rows = yard.client.call(
        "res.partner",
        "search_read",
        kind=Kind.READ,
        domain=[["id", "=", odoo_id]],
        fields=PARTNER.odoo_fields,
        load=None,
    )
    upsert(PARTNER, rows, read_at=timezone.now())
    return Customer(yard, odoo_id, Partner.objects.get(odoo_id=odoo_id).uuid)
