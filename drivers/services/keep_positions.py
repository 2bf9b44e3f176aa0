"""Where a truck is, while a run is on; and for some days where it was."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone

from drivers.errors import NotYours
from drivers.models import Drive, Position
from drivers.selectors.claims import STRANGE
from drivers.selectors.rules import driver_rules
from drivers.services.drive_run import hear
from portal.accounts.models import User
from portal.core.changes import touch
from portal.core.deadlocks import begins_anew
from scheduling.models import Run
from scheduling.models.point import Point

SLACK = dt.timedelta(seconds=20)  # clocks are reckoned by requests, which take different times
LONGEST = dt.timedelta(hours=16)  # who forgets to end the run is not followed home for ever


@dataclass(frozen=True)
class Measured:
    """A position, exact to ``accuracy`` metres, ``at`` by our clock and ``phone_at`` by its own."""

    point: Point
    accuracy: int
    at: dt.datetime
    phone_at: dt.datetime


@begins_anew
def keep_positions(*, run: UUID, measured: Sequence[Measured], by: User) -> int:
    """Keep what was measured between the run's begin and its end, each once; return how much.

    Nothing is kept while the business does not want it.

    :raises NotYours: the run is another driver's.
    """
    mine = Run.objects.select_related("drive").filter(uuid=run, driver__user=by).first()
    if mine is None:
        raise NotYours(STRANGE)
    drive: Drive | None = getattr(mine, "drive", None)
    if drive is None or not driver_rules().keep_positions_days:
        return 0
    driven = [one for one in measured if _is_driven(drive, one.at)]
    if not driven:
        return 0
    Position.objects.bulk_create(
        [
            Position(
                run=mine,
                at=one.at,
                phone_at=one.phone_at,
                latitude=one.point.latitude,
                longitude=one.point.longitude,
                accuracy=one.accuracy,
            )
            for one in driven
        ],
        ignore_conflicts=True,
    )
    hear(mine)
    touch("positions")
    return len(driven)


def forget_positions() -> int:
    """Delete what is older than the business keeps it; return how much."""
    kept = dt.timedelta(days=driver_rules().keep_positions_days)
    return Position.objects.filter(at__lte=timezone.now() - kept).delete()[0]


def _is_driven(drive: Drive, at: dt.datetime) -> bool:
    if drive.started_at is None:
        return False
    over = drive.ended_at or min(timezone.now(), drive.started_at + LONGEST)
    return drive.started_at - SLACK <= at <= over
