"""How far it is from the yard: what was measured before, else a service, else the crow's way."""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from scheduling.errors import NoAnswer
from scheduling.geo import google_roads, google_routes, osrm
from scheduling.geo.asking import WHILE_SOMEBODY_WAITS
from scheduling.geo.straight import METRES_A_MILE, straight_metres
from scheduling.geo.way import Way
from scheduling.models import RoadDistance
from scheduling.models.point import Point

STRAIGHT = "STRAIGHT"
GRID = Decimal("0.0001")  # of a degree: eleven metres
TENTH = Decimal("0.1")
Asker = Callable[[Point, Sequence[Point]], list[Way | None]]
Key = tuple[Decimal, Decimal]
log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Distance:
    """How far it is one way, and who says so; ``STRAIGHT``: the crow's way times a factor."""

    metres: int
    source: str

    @property
    def miles(self) -> Decimal:
        """The same in miles, to a tenth."""
        return (Decimal(self.metres) / Decimal(METRES_A_MILE)).quantize(TENTH)


def measure_ways(
    origin: Point, points: Sequence[Point], *, factor: Decimal, ask_services: bool = True
) -> list[Distance]:
    """Return how far each point is from the origin; never fails, and asks no service twice.

    :param factor: by how much roads are longer than the crow's way.
    :param ask_services: whether services may be asked for what is not known yet.
    """
    keys = [_key(point) for point in points]
    known = _known(origin, set(keys))
    if ask_services:
        missing = {key: point for key, point in zip(keys, points, strict=True) if key not in known}
        known |= _asked(origin, missing)
    return [
        known.get(key) or _straight(origin, point, factor)
        for key, point in zip(keys, points, strict=True)
    ]


def forget_old_ways() -> int:
    """Forget the ways that may be kept no longer; return how many."""
    return RoadDistance.objects.filter(kept_until__lte=timezone.now()).delete()[0]


def services() -> Iterator[tuple[str, Asker, int]]:
    """Yield who is asked for ways: the name, the function, and how many points at once."""
    if settings.GOOGLE_MAPS_API_KEY:
        yield "GOOGLE", google_roads.ways, google_routes.MOST
    if settings.OSRM_URL:
        yield "OSRM", osrm.ways, osrm.MOST


def _known(origin: Point, keys: set[Key]) -> dict[Key, Distance]:
    latitude, longitude = _key(origin)
    fresh = Q(kept_until__isnull=True) | Q(kept_until__gt=timezone.now())
    rows = RoadDistance.objects.filter(
        fresh,
        from_latitude=latitude,
        from_longitude=longitude,
        latitude__in={key[0] for key in keys},
    )
    return {
        (row.latitude, row.longitude): Distance(row.metres, row.source)
        for row in rows
        if (row.latitude, row.longitude) in keys
    }


def _asked(origin: Point, missing: dict[Key, Point]) -> dict[Key, Distance]:
    found: dict[Key, Distance] = {}
    until = time.monotonic() + WHILE_SOMEBODY_WAITS
    for source, ways, most in services():
        if time.monotonic() > until:
            break
        left = [(key, point) for key, point in missing.items() if key not in found]
        for first in range(0, len(left), most):
            part = left[first : first + most]
            try:
                told = ways(origin, [point for _key, point in part])
            except NoAnswer as why:
                log.warning("roads_not_measured", service=source, why=str(why))
                break
            answers = {key: way for (key, _point), way in zip(part, told, strict=True)}
            _keep(origin, answers, source)
            found |= {key: Distance(way.metres, source) for key, way in answers.items() if way}
    return found


def _keep(origin: Point, answers: dict[Key, Way | None], source: str) -> None:
    now, (latitude, longitude) = timezone.now(), _key(origin)
    RoadDistance.objects.bulk_create(
        [
            RoadDistance(
                from_latitude=latitude,
                from_longitude=longitude,
                latitude=key[0],
                longitude=key[1],
                source=source,
                metres=way.metres,
                seconds=way.seconds,
                measured_at=now,
                kept_until=_until(now, way.kept_for),
            )
            for key, way in answers.items()
            if way
        ],
        update_conflicts=True,
        unique_fields=["from_latitude", "from_longitude", "latitude", "longitude"],
        update_fields=["source", "metres", "seconds", "measured_at", "kept_until"],
    )


def _until(now: dt.datetime, kept_for: dt.timedelta | None) -> dt.datetime | None:
    return now + kept_for if kept_for else None


def _straight(origin: Point, point: Point, factor: Decimal) -> Distance:
    return Distance(round(straight_metres(origin, point) * float(factor)), STRAIGHT)


def _key(point: Point) -> Key:
    return point.latitude.quantize(GRID), point.longitude.quantize(GRID)
