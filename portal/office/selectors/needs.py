"""What needs a person now."""

import datetime as dt
from dataclasses import dataclass, field

from crm_intake.selectors.missed import waiting_since
from crm_intake.selectors.talk_needs import TalkNeeds, talk_needs
from odoo_bridge.selectors.outbox import outbox_figures
from portal.accounts.models import Role
from scheduling.models import Job
from scheduling.selectors.day import Deliveries, deliveries_on
from scheduling.selectors.late import LateDay, late_days
from scheduling.selectors.places import needing_a_pin

MAY_ACT = (Role.OFFICE, Role.ADMIN)


@dataclass(frozen=True)
class Needs:
    """What waits for somebody; nothing for who may not act on it."""

    parked: int = 0
    late: tuple[LateDay, ...] = ()
    to_schedule: int = 0
    pins: int = 0
    due: Deliveries = field(default_factory=Deliveries)
    talk: TalkNeeds = field(default_factory=TalkNeeds)

    @property
    def late_number(self) -> int:
        """How many deliveries and pickups of earlier days were not made."""
        return sum(len(one.stops) for one in self.late)

    def __bool__(self) -> bool:
        return bool(self.parked or self.late or self.to_schedule or self.pins or self.talk)


def needs_of(role: Role, *, today: dt.date) -> Needs:
    """Return what this role is needed for; ten queries."""
    if role not in MAY_ACT:
        return Needs()
    return Needs(
        parked=parked_for(role),
        late=tuple(late_days(today=today)),
        to_schedule=Job.objects.filter(state=Job.State.TO_SCHEDULE).count(),
        pins=needing_a_pin().count(),
        due=deliveries_on(today),
        talk=talk_needs(waiting_since()),
    )


def parked_for(role: Role) -> int:
    """Return how many entries wait for this role on the sync desk; one query at most."""
    return outbox_figures().for_a_person if role in MAY_ACT else 0
