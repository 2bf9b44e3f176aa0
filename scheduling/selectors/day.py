"""How far a day's deliveries are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from scheduling.models import Job, Stop


@dataclass(frozen=True)
class Deliveries:
    """The stops of the day's runs, those apart that were cancelled."""

    planned: int = 0
    done: int = 0


def deliveries_on(day: dt.date) -> Deliveries:
    """Count a day's stops; one query."""
    stops = Stop.objects.filter(run__day=day).exclude(job__state=Job.State.CANCELLED)
    return Deliveries(
        **stops.aggregate(planned=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    )
