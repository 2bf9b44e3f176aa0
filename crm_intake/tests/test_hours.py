"""When a text may leave."""

import datetime as dt
from random import Random
from zoneinfo import ZoneInfo

import pytest

from crm_intake.hours.quiet import first_allowed
from crm_intake.hours.readers import Reader, reader_of
from crm_intake.hours.rules import Sort
from crm_intake.tests.hours_pairs import a_pair, check, moments_near
from crm_intake.tests.hours_table import holidays_of

NEW_YORK, CHICAGO = ZoneInfo("America/New_York"), ZoneInfo("America/Chicago")
EST = dt.timezone(-dt.timedelta(hours=5))
PAIRS = 20_000


def moment(text, zone=NEW_YORK):
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(dt.UTC)


@pytest.mark.parametrize(
    ("sort", "at", "leaves", "rule"),
    [
        ("SERVICE", "2026-11-23T08:00", "2026-11-23T08:00", ""),
        ("SERVICE", "2026-11-23T07:59:59", "2026-11-23T08:00", "service_hours"),
        ("SERVICE", "2026-11-23T20:59:59", "2026-11-23T20:59:59", ""),
        ("SERVICE", "2026-11-23T21:00", "2026-11-24T08:00", "service_hours"),
        ("SERVICE", "2026-11-26T12:00", "2026-11-26T12:00", ""),
        ("SELLING", "2026-11-23T08:30", "2026-11-23T09:00", "careful_hours"),
        ("SELLING", "2026-11-21T20:00", "2026-11-22T12:00", "careful_hours"),
        ("SELLING", "2026-11-25T21:00", "2026-11-27T09:00", "federal_hours"),
        ("SELLING", "2026-11-26T12:00", "2026-11-27T09:00", "careful_hours"),
        # July 4th of 2026 is a Saturday, kept on the Friday.
        ("SELLING", "2026-07-03T10:00", "2026-07-05T12:00", "careful_hours"),
        # The clocks change: the wait is an hour shorter, and an hour longer.
        ("SERVICE", "2026-03-07T22:00", "2026-03-08T08:00", "service_hours"),
        ("SERVICE", "2026-10-31T22:00", "2026-11-01T08:00", "service_hours"),
    ],
)
def test_a_text_leaves_at_the_first_allowed_moment(sort, at, leaves, rule):
    found = first_allowed(moment(at), sort=Sort(sort), reader=Reader((NEW_YORK,)))

    assert found == (moment(leaves), rule)


@pytest.mark.parametrize(
    ("state", "at", "leaves"),
    [
        ("RI", "2026-11-23T18:00", "2026-11-24T09:00"),
        ("RI", "2026-11-21T09:30", "2026-11-21T10:00"),
        ("FL", "2026-11-23T19:59", "2026-11-23T19:59"),
    ],
)
def test_a_state_s_hours_are_kept_beside_the_careful_ones(state, at, leaves):
    reader = Reader((NEW_YORK,), frozenset([state]))

    found, _rule = first_allowed(moment(at), sort=Sort.SELLING, reader=reader)

    assert found == moment(leaves)


def test_it_must_be_a_good_time_on_both_clocks():
    reader = reader_of(number="+12125550123", state="IL", business=NEW_YORK)

    assert reader.zones == (CHICAGO, NEW_YORK)
    morning, evening = moment("2026-11-23T08:30"), moment("2026-11-23T20:30", CHICAGO)
    assert first_allowed(morning, sort=Sort.SERVICE, reader=reader)[0] == moment("2026-11-23T09:00")
    late = first_allowed(evening, sort=Sort.SERVICE, reader=reader)[0]
    assert late == moment("2026-11-24T08:00", CHICAGO)


def test_clocks_that_have_no_good_hour_in_common_are_refused():
    apart = Reader((ZoneInfo("Asia/Dhaka"), ZoneInfo("America/Chicago")))

    with pytest.raises(ValueError, match="no hour"):
        first_allowed(moment("2026-11-23T12:00"), sort=Sort.SELLING, reader=apart)


@pytest.mark.parametrize(
    ("number", "state", "zones", "states"),
    [
        ("+14015550123", "", ["America/New_York"], {"RI"}),
        ("+18505550123", "", ["America/Chicago", "America/New_York"], {"FL"}),
        ("+19285550123", "", ["America/Denver", "America/Phoenix"], set()),
        ("+16065550123", "KY", ["America/Chicago", "America/New_York"], {"KY"}),
        ("+18005550123", "", ["America/Denver"], set()),
        ("+18005550123", "TX", ["America/Chicago", "America/Denver"], {"TX"}),
        ("+442079460123", "", ["Europe/London"], set()),
        ("+9991234567", "", ["America/Denver"], set()),
    ],
)
def test_where_a_reader_may_be(number, state, zones, states):
    reader = reader_of(number=number, state=state, business=ZoneInfo("America/Denver"))

    assert [zone.key for zone in reader.zones] == zones
    assert reader.states == states


def test_no_text_leaves_outside_whatever_the_clocks():
    rng = Random(19)  # noqa: S311 - a chance that repeats
    pairs = [a_pair(rng) for _pair in range(PAIRS)]

    waited = sum(check(pair, rng) for pair in pairs)

    assert PAIRS / 2 < waited < PAIRS
    assert sum(pair.near_a_change for pair in pairs) > PAIRS / 5
    assert sum(len(pair.zones) > 1 for pair in pairs) > PAIRS / 3
    assert sum(pair.is_nowhere for pair in pairs) > PAIRS / 50, "the business's own clock"


def test_a_change_of_a_clock_is_found_to_the_second():
    changes = moments_near(NEW_YORK)

    assert changes[:2] == (moment("2024-03-10T03:00"), moment("2024-11-03T01:00", EST))
    assert len(changes) == 2 * 5


def test_the_table_knows_the_days_on_which_nobody_works():
    assert [f"{day:%m-%d}" for day in sorted(holidays_of(2026))] == [
        *("01-01", "01-19", "02-16", "05-25", "06-19", "07-03", "07-04", "09-07", "10-12"),
        *("11-11", "11-26", "12-25"),
    ]
    assert dt.date(2027, 12, 31) in holidays_of(2027), "the first day of 2028 is a Saturday"
