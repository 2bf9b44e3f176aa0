"""What Odoo's own people do meanwhile: write, commit late, archive, delete."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random

from odoo_bridge.tests.simulation.small_odoo import (
    Fault,
    LostRace,
    Place,
    Row,
    SmallOdoo,
    Transaction,
)

LONGEST = 40 * 60  # seconds: a batch job, which the wide scans are made for


@dataclass
class People:
    """They are no workers: what they do happens at once, but for the commit."""

    odoo: SmallOdoo
    rng: Random
    pending: list[tuple[dt.datetime, Transaction]] = field(default_factory=list)
    count: int = 0

    def act(self) -> str:
        """Do one thing, in a transaction that may commit later."""
        deeds: tuple[Callable[[Transaction], str], ...] = (
            *(self.make_lead, self.make_customer, self.change, self.change, self.archive),
            *(self.delete, self.point),
        )
        change = self.odoo.begin()
        try:
            told = self.rng.choice(deeds)(change)
        except (Fault, LostRace):
            change.roll_back()
            return "a person loses a race"
        if self.rng.random() < 0.35:
            seconds = self.rng.choice([5, 60, 115, LONGEST]) * self.rng.uniform(0.3, 1)
            self.pending.append((self.odoo.now() + dt.timedelta(seconds=seconds), change))
            return f"a person {told}, to be committed in {seconds:.0f} s"
        change.commit()
        return f"a person {told}"

    def land(self) -> None:
        """Commit what is due."""
        due = [one for one in self.pending if one[0] <= self.odoo.now()]
        for one in due:
            self.pending.remove(one)
            one[1].commit()

    def make_lead(self, change: Transaction) -> str:
        return f"makes lead {change.create('crm.lead', self._named())}"

    def make_customer(self, change: Transaction) -> str:
        return f"makes partner {change.create('res.partner', self._named())}"

    def change(self, change: Transaction) -> str:
        place = self._any()
        change.write(*place, {"phone": f"{self._next():04}"})
        return f"changes {place}"

    def archive(self, change: Transaction) -> str:
        place = self._any()
        change.write(*place, {"active": not self.odoo.rows[place]["active"]})
        return f"archives or wakes {place}"

    def point(self, change: Transaction) -> str:
        lead = self._any("crm.lead")
        change.write(*lead, {"partner_id": self._any("res.partner")[1]})
        return f"points {lead} at a customer"

    def delete(self, change: Transaction) -> str:
        place = self._any("crm.lead")
        change.unlink(*place)
        return f"deletes {place}"

    def _any(self, model: str = "") -> Place:
        places = [place for place in self.odoo.rows if not model or place[0] == model]
        if not places:
            raise LostRace
        return self.rng.choice(places)

    def _next(self) -> int:
        self.count += 1
        return self.count

    def _named(self) -> Row:
        return {"name": f"By a person {self._next()}"}
