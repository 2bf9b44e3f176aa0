"""Run sheets: what a driver takes along on paper."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from scheduling.loading.along import most_on_bed
from scheduling.models import Run
from scheduling.selectors.board import StopCard, stops_of

NOTHING = Decimal(0)


@dataclass(frozen=True)
class Sheet:
    """A run with the stops that are driven to, in their order."""

    run: Run
    stops: list[StopCard]

    @property
    def weight(self) -> Decimal:
        """The most that is on the bed at once, in kg."""
        return most_on_bed((stop.card.job.is_pickup, stop.card.weight) for stop in self.stops)

    @property
    def volume(self) -> Decimal:
        """The most that is on the bed at once, in m³."""
        return most_on_bed((stop.card.job.is_pickup, stop.card.volume) for stop in self.stops)

    @property
    def to_collect(self) -> Decimal:
        """What the stops are to bring, all in all."""
        return sum((stop.collect for stop in self.stops), NOTHING)


def sheets_of(*, day: dt.date, run: UUID | None = None) -> list[Sheet]:
    """Return the sheets of a day's runs that have a stop, or of one of them.

    As many queries however many there are.
    """
    runs = Run.objects.filter(day=day, stops__isnull=False).distinct()
    if run is not None:
        runs = runs.filter(uuid=run)
    listed = list(runs.select_related("truck__vehicle", "driver__user").order_by("starts_at", "pk"))
    stops = stops_of(listed)
    return [Sheet(one, [stop for stop in stops.of(one) if not stop.is_cancelled]) for one in listed]
