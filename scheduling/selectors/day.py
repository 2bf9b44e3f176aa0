"""How far a day's deliveries are."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Count, Q

from scheduling.models import Job, Stop


@dataclass(frozen=True)
class Deliveries:
    """The deliveries on the day's runs: no pickups, and none that was cancelled."""

    planned: int = 0
    done: int = 0


def deliveries_on(day: dt.date) -> Deliveries:
    """Count a day's deliveries; one query."""
    deliveries = Stop.objects.filter(run__day=day, job__kind=Job.Kind.DELIVERY)
    stops = deliveries.exclude(job__state=Job.State.CANCELLED)
    return Deliveries(
        **stops.aggregate(planned=Count("pk"), done=Count("pk", filter=Q(done_at__isnull=False)))
    )
