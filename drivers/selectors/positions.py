"""Where the trucks are, as far as somebody may know."""

from collections.abc import Iterable, Mapping

from drivers.models import Position
from drivers.selectors.rules import driver_rules


def last_positions(runs: Iterable[int]) -> Mapping[int, Position]:
    """Return the last position of each of these runs that has one, by the run's key.

    Two queries. None at all while the business does not want it, whatever is still kept.
    """
    if not driver_rules().keep_positions_days:
        return {}
    newest = Position.objects.filter(run__in=runs).order_by("run", "-at").distinct("run")
    return {one.run_id: one for one in newest}
