"""Where the trucks are, as far as somebody may know."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from django.db.models import Count, F, Q, Window
from django.db.models.functions import RowNumber

from drivers.models import Position
from drivers.selectors.rules import driver_rules
from scheduling.models.point import Point

MOST = 200  # points of a run's way
EXACT = 200  # metres: where a phone knows no better, a truck seems to jump about


def last_positions(runs: Iterable[int]) -> Mapping[int, Position]:
    """Return the last position of each of these runs that has one, by the run's key.

    Two queries. None at all while the business does not want it, whatever is still kept.
    """
    if not driver_rules().keep_positions_days:
        return {}
    newest = Position.objects.filter(run__in=runs).order_by("run", "-at").distinct("run")
    return {one.run_id: one for one in newest}


def ways_of(runs: Iterable[int]) -> Mapping[int, list[Point]]:
    """Return the way of each of these runs, by its key: some ``MOST`` points from first to last.

    Two queries. None at all while the business does not want it, whatever is still kept.
    """
    if not driver_rules().keep_positions_days:
        return {}
    nth = Window(RowNumber(), partition_by="run", order_by="at")
    exact = Position.objects.filter(run__in=runs, accuracy__lte=EXACT)
    numbered = exact.annotate(nth=nth, of=Window(Count("*"), partition_by="run"))
    # Whole numbers: of more than are wanted, those at which the count goes up by one.
    share, before = F("nth") * (MOST - 1) / F("of"), (F("nth") - 1) * (MOST - 1) / F("of")
    thinned = numbered.annotate(steps=share - before).filter(Q(steps__gt=0) | Q(nth=1))
    ways: defaultdict[int, list[Point]] = defaultdict(list)
    for one in thinned.order_by("run", "at").only("run", "latitude", "longitude"):
        ways[one.run_id].append(one.point)
    return ways
