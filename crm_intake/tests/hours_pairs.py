"""Generated readers and moments, and what must be true of each: for the tests and the bench."""

import datetime as dt
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from random import Random
from zoneinfo import ZoneInfo, available_timezones

from crm_intake.hours.quiet import first_allowed
from crm_intake.hours.readers import Reader, reader_of
from crm_intake.hours.rules import Sort
from crm_intake.tests.hours_table import BUSINESS, PLACES, allowed

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
DAYS = 5 * 365
LOOK = dt.timedelta(days=7)
SECOND, MINUTE, HOUR = (dt.timedelta(seconds=n) for n in (1, 60, 3600))
NOT_FAR = 4 * HOUR  # apart: clocks that always have a good hour in common
STATES = ((), ("TX",), ("RI",), ("FL",))
Clocks = tuple[ZoneInfo, ...]


@dataclass(frozen=True)
class Pair:
    """A reader and a moment; ``zones`` and ``states`` are what the table says of the reader."""

    at: dt.datetime
    sort: Sort
    reader: Reader
    zones: Clocks
    states: frozenset[str]
    near_a_change: bool

    @property
    def is_nowhere(self) -> bool:
        """Say whether neither number nor address told where the reader is."""
        return self.reader.zones == (zone_of(BUSINESS),) and not self.states


def a_pair(rng: Random) -> Pair:
    """Return a chance pair: half of the moments lie near a change of one of the clocks."""
    sort = rng.choice(list(Sort))
    known = rng.random() < 0.5
    number, state, names, held = rng.choice(PLACES)
    zones = tuple(map(zone_of, names)) if known else (rng.choice(all_zones()),)
    near = moments_near(rng.choice(zones)) if rng.random() < 0.5 else ()
    at = close_to(rng.choice(near), rng) if near else START + dt.timedelta(DAYS) * rng.random()
    at = at.replace(microsecond=0)
    if known:
        number += f"{rng.randrange(10_000):04}"
        reader = reader_of(number=number, state=state, business=zone_of(BUSINESS))
        return Pair(at, sort, reader, zones, frozenset(held.split()), bool(near))
    states = frozenset(rng.choice(STATES))
    zones = with_a_neighbour(zones, at, rng) if rng.random() < 0.5 else zones
    return Pair(at, sort, Reader(zones, states), zones, states, bool(near))


def close_to(change: dt.datetime, rng: Random) -> dt.datetime:
    """Return a moment around a change: within minutes, hours, or the night before and after."""
    reach = rng.choice([MINUTE, 2 * HOUR, 30 * HOUR])
    return change + reach * rng.uniform(-1, 1)


def with_a_neighbour(zones: Clocks, at: dt.datetime, rng: Random) -> Clocks:
    """Add a second clock that is not far from the first one."""
    here = offset(at, zones[0])
    while True:
        other = rng.choice(all_zones())
        if abs(offset(at, other) - here) <= NOT_FAR:
            return (*zones, other)


@cache
def zone_of(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@cache
def all_zones() -> Clocks:
    return tuple(zone_of(name) for name in sorted(available_timezones()))


@cache
def moments_near(zone: ZoneInfo) -> tuple[dt.datetime, ...]:
    """Return when this clock is put forward or back, to the second."""
    looks = [START + LOOK * number for number in range(DAYS // LOOK.days + 1)]
    return tuple(
        change_between(before, after, zone)
        for before, after in pairwise(looks)
        if offset(before, zone) != offset(after, zone)
    )


def change_between(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Return the first second of the new time."""
    old = offset(before, zone)
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        before, after = (middle, after) if offset(middle, zone) == old else (before, middle)
    return after


def offset(at: dt.datetime, zone: ZoneInfo) -> dt.timedelta:
    ahead = at.astimezone(zone).utcoffset()
    assert ahead is not None
    return ahead


def check(pair: Pair, rng: Random) -> bool:
    """Fail unless a text leaves at the first good moment; return whether it had to wait."""
    at = pair.at

    leaves, rule = first_allowed(at, sort=pair.sort, reader=pair.reader)

    assert leaves >= at, pair
    assert allowed(leaves, pair.sort, pair.zones, pair.states), ("outside", pair, leaves)
    assert (leaves > at) == bool(rule), pair
    if leaves == at:
        return False
    for earlier in (at, at + (leaves - at) * rng.random(), max(at, leaves - MINUTE)):
        assert not allowed(earlier, pair.sort, pair.zones, pair.states), ("sooner", pair, earlier)
    return True
