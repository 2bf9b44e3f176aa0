import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo_bridge.client.domain import (
    after_id,
    all_of,
    any_of,
    number_of_conditions,
    with_ids,
    written_between,
)

NEW_YORK = dt.timezone(dt.timedelta(hours=-5))
moments = st.datetimes(
    min_value=dt.datetime(1970, 1, 3),  # noqa: DTZ001 - hypothesis adds the zone
    max_value=dt.datetime(2100, 1, 1),  # noqa: DTZ001
    timezones=st.timezones(),
)


def test_a_window_is_half_open_and_in_whole_seconds_of_utc():
    lo = dt.datetime(2026, 11, 21, 1, 30, 28, 999_999, dt.UTC)
    hi = dt.datetime(2026, 11, 20, 20, 31, 0, 1, NEW_YORK)

    assert written_between(lo, hi) == [
        ["write_date", ">=", "2026-11-21 01:30:28"],
        ["write_date", "<", "2026-11-21 01:31:00"],
    ]


def test_refuses_a_moment_without_a_zone():
    with pytest.raises(ValueError, match="zone"):
        written_between(dt.datetime(2026, 1, 1), dt.datetime(2026, 1, 2, tzinfo=dt.UTC))  # noqa: DTZ001


@given(st.lists(moments, min_size=3, max_size=3), moments)
def test_windows_that_touch_share_no_second_and_leave_none_out(edges, written_at):
    first, middle, last = sorted(edges)
    first_window, second_window = written_between(first, middle), written_between(middle, last)
    both = written_between(first, last)

    def within(domain):
        (_, _, lo), (_, _, hi) = domain
        second = written_at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(" ", "seconds")
        return lo <= second < hi

    assert within(first_window) + within(second_window) == within(both)


def test_pages_go_by_id():
    assert after_id(17) == [["id", ">", 17]]
    assert with_ids({3, 1}) == [["id", "in", [1, 3]]]


def test_all_of_puts_conditions_side_by_side():
    assert all_of(after_id(1), [], with_ids([2])) == [["id", ">", 1], ["id", "in", [2]]]


def test_any_of_spells_the_silent_and_out():
    window = [["a", "=", 1], ["b", "=", 2]]

    assert any_of(window, after_id(3)) == ["|", "&", *window, ["id", ">", 3]]


def test_any_of_one_is_that_one_and_of_everything_is_everything():
    assert any_of(after_id(3)) == after_id(3)
    assert any_of(after_id(3), []) == []


def test_any_of_nothing_is_refused():
    with pytest.raises(ValueError, match="needs a domain"):
        any_of()


leaves = st.sampled_from("abc").map(lambda name: [[name, "=", True]])
domains = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(all_of, inner, inner),
        st.builds(any_of, inner, inner),
        inner.map(lambda domain: ["!", *domain[:1]] if len(domain) == 1 else domain),
    ),
    max_leaves=12,
)


def holds(domain, row):
    """Evaluate as Odoo does: an operator stands before its operands, neighbours mean and."""
    stack: list[bool] = []
    for part in reversed(domain):
        match part:
            case "!":
                stack.append(not stack.pop())
            case "&":
                stack.append(stack.pop() & stack.pop())
            case "|":
                stack.append(stack.pop() | stack.pop())
            case [name, _, value]:
                stack.append(row[name] == value)
    return all(stack)


rows = st.fixed_dictionaries({name: st.booleans() for name in "abc"})


@given(domains, domains, rows)
def test_combined_domains_mean_what_their_names_say(one, other, row):
    assert holds(all_of(one, other), row) == (holds(one, row) and holds(other, row))
    assert holds(any_of(one, other), row) == (holds(one, row) or holds(other, row))


@given(domains)
def test_domains_are_json_and_have_a_condition(domain):
    assert json.loads(json.dumps(domain)) == domain
    assert number_of_conditions(domain) >= 1
