"""What the portal promises in a chaos run, and what of it must hold at rest.

A portal that is put back to its backup has forgotten what it promised since. Odoo may know of it:
a forgotten lead is there at most once, and a field holds what was promised before or since.
"""

import copy
import uuid
from dataclasses import dataclass, field
from random import Random
from unittest import mock

from odoo_bridge.models import Conflict, OutboxEntry
from odoo_bridge.services.change_lead import change_lead
from odoo_bridge.services.promise_lead import promise_lead
from odoo_bridge.services.resolve_conflict import open_conflicts, resolve_conflict
from portal.core import jobs
from portal.testing.factories import UserFactory


@dataclass
class Known:
    """The leads by their uuid, each with its title and the contacts that it may have at rest."""

    titles: dict[str, str] = field(default_factory=dict)
    contacts: dict[str, set[str]] = field(default_factory=dict)


class Promises:
    """Makes them in the order of a seed. ``forgotten`` are titles of leads that only Odoo knows."""

    def __init__(self, seed: int, rng: Random) -> None:
        self.seed, self.rng = seed, rng
        self.known, self.backed_up = Known(), Known()
        self.since_backup: list[tuple[str, str]] = []
        self.forgotten: list[str] = []
        self.was_turned_back = False

    def make(self) -> str:
        """Promise some leads."""
        number = self.rng.choice([1, 1, 2, 8])
        for _lead in range(number):
            title = f"Chaos {self.seed} {uuid.uuid4()}"
            with mock.patch.object(jobs, "wake"):  # the workers look by themselves
                lead = promise_lead(title=title, text="2 cords?", phone="+16065550123")
            self.known.titles[str(lead.uuid)] = title
            self.known.contacts[str(lead.uuid)] = {""}
        return f"{number} promised"

    def change(self) -> str:
        """Promise one of them a new contact, or two, one after the other."""
        if not self.known.titles:
            return self.make()
        one = self.rng.choice(list(self.known.titles))
        for _time in range(self.rng.choice([1, 1, 2])):
            contact = f"Contact {self.rng.random()}"
            with mock.patch.object(jobs, "wake"):
                change_lead(
                    lead_uuid=uuid.UUID(one), changes={"contact_name": contact}, seen={}, by=None
                )
            self.known.contacts[one] = {contact}
            self.since_backup.append((one, contact))
        return f"{one} shall have another contact"

    def keep(self) -> None:
        """Note what a backup knows."""
        self.backed_up, self.since_backup = copy.deepcopy(self.known), []

    def turn_back(self) -> None:
        """Forget what was promised since the backup."""
        since = self.known.titles.keys() - self.backed_up.titles.keys()
        self.forgotten += [self.known.titles[one] for one in since]
        for one, contact in self.since_backup:
            if one in self.backed_up.contacts:
                self.backed_up.contacts[one].add(contact)
        self.known, self.since_backup = copy.deepcopy(self.backed_up), []
        self.was_turned_back = True

    def decide(self) -> None:
        """Keep the portal's contact where Odoo's is one that the portal has forgotten.

        Without a backup that was put back nobody but us changes one: a conflict would be wrong.
        """
        if not self.was_turned_back:
            return
        for entry in OutboxEntry.objects.filter(state=OutboxEntry.State.CONFLICT):
            mine = {one.pk: Conflict.Choice.MINE for one in open_conflicts(entry)}
            with mock.patch.object(jobs, "wake"):
                resolve_conflict(entry_id=entry.pk, choices=mine, by=UserFactory.create())
