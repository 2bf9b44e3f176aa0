"""What the portal promises in a history, and what it remembers of it to compare at the end."""

import uuid
from dataclasses import dataclass, field
from random import Random

from django.db import transaction

from odoo_bridge.outbox import enqueue
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.tests.simulation.network import KILLER
from odoo_bridge.tests.simulation.rename import Rename

NOBODY = 2_000_000_000  # no user of Odoo has this id


@dataclass
class Promised:
    """A lead that the portal has promised, and the contacts that it was to have, in order."""

    uuid: uuid.UUID
    title: str
    is_bad: bool
    kills: bool
    contacts: list[str] = field(default_factory=list)


@dataclass
class Promises:
    """All that was promised and committed."""

    rng: Random
    leads: list[Promised] = field(default_factory=list)
    undone: list[str] = field(default_factory=list)

    def lead(self) -> str:
        """Promise one lead: a good one, one that Odoo refuses, or one that kills its worker."""
        kind = self.rng.random()
        is_bad, kills = kind < 0.08, 0.08 <= kind < 0.12
        title = f"Lead {len(self.leads) + len(self.undone)}{' ' + KILLER if kills else ''}"
        with transaction.atomic():
            made = promise_lead(
                title=title,
                text="2 cords oak?",
                phone="+16065550123",
                owner_odoo_id=NOBODY if is_bad else None,
            )
            undone = self.rng.random() < 0.1
            transaction.set_rollback(undone)
        if undone:
            self.undone.append(title)
            return f"promise of {title} is undone"
        self.leads.append(Promised(made.uuid, title, is_bad, kills))
        return f"promise {title}{' that Odoo refuses' if is_bad else ''}"

    def contact(self) -> str:
        """Promise a lead another contact."""
        if not self.leads:
            return self.lead()
        one = self.rng.choice(self.leads)
        contact = f"Contact {len(one.contacts) + 1} of {one.title}"
        with transaction.atomic():
            enqueue(Rename(lead_uuid=one.uuid, contact_name=contact), by=None)
        one.contacts.append(contact)
        return f"promise {contact}"
