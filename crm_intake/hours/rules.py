"""The hours in which texts may be sent, by place and date.

Hours are those of the reader's clock. Federal: 47 CFR 64.1200(c)(1). States: Fla. Stat. 501.616(6),
RCW 19.158.040, Texas SB 140 of 2025, and the surveys of Dinsmore and Referrizer for the others
(read 2026-11-21). They bind solicitations; suits claim them for other texts too. Ask counsel.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

ALWAYS = dt.date(1991, 12, 20)


class Sort(StrEnum):
    """Whose hours a rule gives: of texts that sell, or of those that somebody waits for."""

    SELLING = "SELLING"
    SERVICE = "SERVICE"


@dataclass(frozen=True)
class Hours:
    """From the first hour to the last, that one excluded, by day of the week (Monday is 0)."""

    by_day: tuple[tuple[int, int], ...]

    def on(self, day: dt.date) -> tuple[dt.time, dt.time]:
        """Return the first moment of the day and the one after the last."""
        first, last = self.by_day[day.weekday()]
        return dt.time(first), dt.time(last)


@dataclass(frozen=True)
class HoursRule:
    """A rule of one place. ``state`` is empty where it holds everywhere."""

    id: str
    sort: Sort
    hours: Hours
    state: str = ""
    since: dt.date = ALWAYS
    until: dt.date = dt.date.max
    holidays: bool = True  # whether texts may leave on federal ones

    def holds(self, *, sort: Sort, states: frozenset[str], day: dt.date) -> bool:
        """Say whether it is to be kept on a day, for a reader who may be in these states."""
        here = not self.state or self.state in states
        return self.sort == sort and here and self.since <= day < self.until


def daily(first: int, last: int) -> Hours:
    """Return the same hours for each day."""
    return Hours(((first, last),) * 7)


def but_on_sundays(week: tuple[int, int], sunday: tuple[int, int]) -> Hours:
    """Return hours that differ on Sundays."""
    return Hours((*[week] * 6, sunday))


RULES = (
    HoursRule("federal_hours", Sort.SELLING, daily(8, 21)),
    # Stricter than every state but Rhode Island: what is kept where the place is not known.
    HoursRule("careful_hours", Sort.SELLING, but_on_sundays((9, 20), (12, 20)), holidays=False),
    HoursRule("florida_hours", Sort.SELLING, daily(8, 20), "FL"),
    HoursRule("oklahoma_hours", Sort.SELLING, daily(8, 20), "OK"),
    HoursRule("washington_hours", Sort.SELLING, daily(8, 20), "WA"),
    HoursRule("maryland_hours", Sort.SELLING, daily(8, 20), "MD"),
    HoursRule("mississippi_hours", Sort.SELLING, daily(8, 20), "MS"),
    HoursRule("new_jersey_hours", Sort.SELLING, daily(8, 20), "NJ"),
    HoursRule("connecticut_hours", Sort.SELLING, daily(9, 20), "CT"),
    HoursRule(
        *("texas_hours", Sort.SELLING, but_on_sundays((9, 21), (12, 21)), "TX"),
        since=dt.date(2025, 9, 1),
    ),
    HoursRule(
        "rhode_island_hours", Sort.SELLING, Hours((*[(9, 18)] * 5, (10, 17), (10, 17))), "RI"
    ),
    HoursRule("service_hours", Sort.SERVICE, daily(8, 21)),
)
