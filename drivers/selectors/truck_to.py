"""Where the truck is that is on its way to a customer."""

import datetime as dt

from django.utils import timezone

from drivers.models import Drive, Position, StopAction
from drivers.selectors.positions import last_positions
from scheduling.models import Stop

What = StopAction.What
LONGEST = dt.timedelta(hours=3)  # that a customer follows it: who forgets to say more goes home
ELSEWHERE = (What.ON_MY_WAY, What.ARRIVED, What.DELIVERED, What.REFUSED, What.NOBODY, What.ENDED)


def truck_to(stop: Stop, said: StopAction) -> Position | None:
    """Return where it was last since the driver said that he comes.

    ``None``: the phone does not say, or he went on to another stop, the run is over, or he said it
    long ago. So nobody learns where else the truck was. The run's drive is loaded.
    """
    drive: Drive | None = getattr(stop.run, "drive", None)
    if drive is not None and drive.ended_at is not None:
        return None
    if timezone.now() - said.done_at > LONGEST or _last_way(stop) != said:
        return None
    newest = last_positions([stop.run_id]).get(stop.run_id)
    return newest if newest and newest.at >= said.done_at else None


def _last_way(stop: Stop) -> StopAction | None:
    """Return what was said last of where the truck goes, at whatever stop of the run."""
    acts = StopAction.objects.filter(run=stop.run_id, what__in=ELSEWHERE)
    return acts.exclude(verdict=StopAction.Verdict.REFUSED).order_by("-pk").first()
