"""Put the making of something elsewhere on the calendar."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from odoo_bridge.commands import PlanProduction
from odoo_bridge.outbox import enqueue
from odoo_bridge.selectors.productions import ShownProduction
from portal.accounts.models import User
from portal.audit.services.record import record
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from portal.setup.selectors.profile import business_zone
from scheduling.errors import EndsTooEarly, ProductionChanged
from scheduling.selectors.waiting import Waiting, open_jobs, order_of, waiting_for
from scheduling.services.check_runs import check_runs
from scheduling.services.lock_production import lock_production


@dataclass(frozen=True)
class Plan:
    """From when to when it is made."""

    starts_at: dt.datetime | None
    ends_at: dt.datetime | None


@dataclass(frozen=True)
class Planned:
    """A production after its move, and the deliveries whose run starts before its end."""

    shown: ShownProduction
    missed: list[Waiting]


@begins_anew
def plan_production(
    *, key: UUID, starts_at: dt.datetime, ends_at: dt.datetime, seen: Plan, by: User
) -> Planned:
    """Promise Odoo its times, and look which of the deliveries that wait for it cannot have it.

    :param seen: the times that the page showed.
    :raises ProductionClosed: it is done, cancelled or gone.
    :raises ProductionChanged: somebody else has moved it since the page was made.
    :raises EndsTooEarly: it would end before it starts.
    """
    shown = lock_production(key)
    if (shown.starts_at, shown.ends_at) != (seen.starts_at, seen.ends_at):
        raise ProductionChanged(
            f"Somebody else has moved {shown.order.name} since this page was made. It is planned "
            f"from {_moment(shown.starts_at)} to {_moment(shown.ends_at)} now: look at it, and "
            "move it again if you must."
        )
    if ends_at <= starts_at:
        raise EndsTooEarly("It must end after it starts.")
    if (starts_at, ends_at) != (shown.starts_at, shown.ends_at):
        enqueue(PlanProduction(production_uuid=key, starts_at=starts_at, ends_at=ends_at), by=by)
        old = {"starts_at": _text(shown.starts_at), "ends_at": _text(shown.ends_at)}
        new = {"starts_at": _text(starts_at), "ends_at": _text(ends_at)}
        record(by=by, what="production planned", target=shown.order, old=old, new=new)
        touch("production")
        touch("board")
        shown.starts_at, shown.ends_at = starts_at, ends_at
    order = order_of(shown)
    jobs = open_jobs([order] if order else [])
    check_runs(*(job.stop.run_id for of in jobs.values() for job in of if hasattr(job, "stop")))
    waiting = waiting_for(shown, jobs)
    return Planned(shown=shown, missed=[one for one in waiting if one.is_missed])


def _text(at: dt.datetime | None) -> str:
    return at.isoformat() if at else ""


def _moment(at: dt.datetime | None) -> str:
    return f"{timezone.localtime(at, business_zone()):%-d %b %H:%M}" if at else "no time"
