"""When texts may be read, written down once more: by other words than those of the code.

It knows no rules with names, no dates from which they hold, and no library of holidays.
"""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

from crm_intake.hours.rules import Sort

BUSINESS = "America/Denver"
NEW_YORK, CHICAGO = "America/New_York", "America/Chicago"
PHOENIX, ANCHORAGE = "America/Phoenix", "America/Anchorage"
LOS_ANGELES, ADAK, HONOLULU = "America/Los_Angeles", "America/Adak", "Pacific/Honolulu"
# From the first hour to the last, that one excluded: on weekdays, on Saturdays, on Sundays.
WINDOWS = {
    (Sort.SERVICE, None): ((8, 21), (8, 21), (8, 21)),
    (Sort.SELLING, None): ((9, 20), (9, 20), (12, 20)),
    (Sort.SELLING, "TX"): ((9, 21), (9, 21), (12, 21)),
    (Sort.SELLING, "FL"): ((8, 20), (8, 20), (8, 20)),
    (Sort.SELLING, "RI"): ((9, 18), (10, 17), (10, 17)),
}
FIXED = ((1, 1), (6, 19), (7, 4), (11, 11), (12, 25))
MONDAY, THURSDAY = 0, 3
# The month, the day of the week, and which of them: the last is -1.
MOVING = ((1, MONDAY, 3), (2, MONDAY, 3), (5, MONDAY, -1), (9, MONDAY, 1), (10, MONDAY, 2))
THANKSGIVING = (11, THURSDAY, 4)
# A number's beginning and the state of the address: the clocks, and the states whose hours hold.
PLACES = (
    ("+1401555", "", (NEW_YORK,), "RI"),
    ("+1212555", "", (NEW_YORK,), ""),
    ("+1212555", "IL", (CHICAGO, NEW_YORK), "IL"),
    ("+1212555", "HI", (HONOLULU, NEW_YORK), "HI"),
    ("+1401555", "CA", (LOS_ANGELES, NEW_YORK), "CA RI"),
    ("+1850555", "", (CHICAGO, NEW_YORK), "FL"),
    ("+1606555", "KY", (CHICAGO, NEW_YORK), "KY"),
    ("+1928555", "", (BUSINESS, PHOENIX), ""),
    ("+1907555", "", (ADAK, ANCHORAGE), ""),
    ("+1907555", "FL", (ADAK, ANCHORAGE, CHICAGO, NEW_YORK), "FL"),
    ("+1800555", "", (BUSINESS,), ""),
    ("+1800555", "TX", (CHICAGO, BUSINESS), "TX"),
    ("+1800555", "RI", (NEW_YORK,), "RI"),
    ("+999123", "", (BUSINESS,), ""),
    ("+999123", "TX", (CHICAGO, BUSINESS), "TX"),
    ("+44207946", "", ("Europe/London",), ""),
)


def allowed(at: dt.datetime, sort: Sort, zones: tuple[ZoneInfo, ...], states: frozenset[str]):
    """Say whether it is a good time on all clocks, by all hours that hold."""
    windows = [WINDOWS.get((sort, state)) for state in (None, *states)]
    for zone in zones:
        here = at.astimezone(zone)
        day = max(here.weekday() - 4, 0)
        hours = [window[day] for window in windows if window]
        if not all(first <= here.hour < last for first, last in hours):
            return False
        if sort == Sort.SELLING and here.date() in holidays_of(here.year):
            return False
    return True


@cache
def holidays_of(year: int) -> frozenset[dt.date]:
    """Return the federal holidays of a year, and the days on which they are kept."""
    found = [dt.date(year, month, day) for month, day in FIXED]
    found.append(dt.date(year + 1, 1, 1))  # may be kept on the last day of this year
    kept = [day + dt.timedelta({5: -1, 6: 1}.get(day.weekday(), 0)) for day in found]
    moving = [nth(year, *when) for when in (*MOVING, THANKSGIVING)]
    return frozenset(day for day in (*found, *kept, *moving) if day.year == year)


def nth(year: int, month: int, weekday: int, which: int) -> dt.date:
    """Return the first, second … or the last such day of a month."""
    days = [dt.date(year, month, day) for day in range(1, 31 if month != 2 else 29)]
    days += [dt.date(year, month, 31)] if month in {1, 5, 7, 8, 10, 12} else []
    alike = [day for day in days if day.weekday() == weekday]
    return alike[which if which < 0 else which - 1]
