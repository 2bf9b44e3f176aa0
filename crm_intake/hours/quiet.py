"""The first moment at which a text may leave, on all clocks that its reader may live by."""

import datetime as dt
from functools import cache
from zoneinfo import ZoneInfo

import holidays

from crm_intake.hours.readers import Reader
from crm_intake.hours.rules import RULES, HoursRule, Sort

LONGEST_WAIT = dt.timedelta(days=14)
MINUTE = dt.timedelta(minutes=1)


def first_allowed(at: dt.datetime, *, sort: Sort, reader: Reader) -> tuple[dt.datetime, str]:
    """Return the first allowed moment from ``at`` on, and the rule that says to wait, if any.

    :raises ValueError: there is none within two weeks.
    """
    moment, waits_for = at, ""
    while moment - at < LONGEST_WAIT:
        opens, rule = _opening(moment, sort, reader)
        if opens is None:
            return moment, waits_for
        moment, waits_for = opens, waits_for or rule
    raise ValueError("no hour is allowed on all of these clocks")


def _opening(moment: dt.datetime, sort: Sort, reader: Reader) -> tuple[dt.datetime | None, str]:
    """Return when to look again and why; nothing where all clocks and rules allow the moment."""
    for zone in reader.zones:
        here = moment.astimezone(zone)
        for rule in RULES:
            if not rule.holds(sort=sort, states=reader.states, day=here.date()):
                continue
            opens = _opens(here, rule, zone)
            if opens is not None:
                # Where a clock is put back over the hour, that is now or was just before.
                return (opens if opens > moment else moment + MINUTE), rule.id
    return None, ""


def _opens(here: dt.datetime, rule: HoursRule, zone: ZoneInfo) -> dt.datetime | None:
    """Return when a rule lets a text leave again; nothing where it does now."""
    first, last = rule.hours.on(here.date())
    closed = not rule.holidays and here.date() in _federal_holidays(here.year)
    if not closed and first <= here.time() < last:
        return None
    day = here.date()
    if closed or here.time() >= last:
        day += dt.timedelta(days=1)
        first, _ = rule.hours.on(day)
    return dt.datetime.combine(day, first, zone).astimezone(dt.UTC)


@cache
def _federal_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(holidays.country_holidays("US", years=year))
