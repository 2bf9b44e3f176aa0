"""What is the matter now: one row a trouble, and what makes two of them the same."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from odoo_bridge.models import Alert, Breaker, HintHearing, Notice, OutboxEntry, RefusedHints
from odoo_bridge.selectors.troubles import Trouble, difference, troubles
from portal.testing.mirrors import OdooAccessFactory

pytestmark = pytest.mark.django_db
Kind, State = Alert.Kind, OutboxEntry.State
NOW = dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)
HOUR = dt.timedelta(hours=1)


def kinds(now=NOW):
    return [trouble.kind for trouble in troubles(now)]


def test_all_is_well(entry_in):
    for state in (State.QUEUED, State.SENDING, State.DONE, State.DROPPED):
        entry_in(state, note="x")

    assert troubles(NOW) == []


def test_what_odoo_refused_is_a_trouble_since_it_was_sent(entry_in):
    entry = entry_in(State.PARKED, sent_at=NOW - HOUR)

    assert troubles(NOW) == [Trouble(Kind.PARKED, entry.pk, NOW - HOUR)]
    OutboxEntry.objects.update(sent_at=None)
    assert troubles(NOW) == [Trouble(Kind.PARKED, entry.pk, NOW)]


def test_an_entry_in_doubt_stays_in_doubt_while_it_is_looked_up(entry_in):
    entry = entry_in(State.UNKNOWN)
    assert troubles(NOW) == [Trouble(Kind.UNKNOWN, entry.pk, NOW)]
    Alert.objects.create(kind=Kind.UNKNOWN, entry=entry, started_at=NOW)

    OutboxEntry.objects.update(state=State.SENDING)
    assert troubles(NOW) == [Trouble(Kind.UNKNOWN, entry.pk, NOW)]

    OutboxEntry.objects.update(state=State.DONE)
    assert troubles(NOW) == []


def test_a_conflict_is_one_trouble_since_its_first_difference_was_found(in_conflict):
    entry = in_conflict()
    first = entry.conflicts.order_by("found_at").first()

    assert troubles(NOW) == [Trouble(Kind.CONFLICT, entry.pk, first.found_at)]
    OutboxEntry.objects.update(state=State.QUEUED)
    assert troubles(NOW) == []


def test_an_open_breaker_and_held_writes_are_troubles():
    Breaker.objects.create(pk=1, opened_at=NOW, probe_at=NOW, held_at=NOW - HOUR)

    assert troubles(NOW) == [
        Trouble(Kind.BREAKER, None, NOW),
        Trouble(Kind.HELD, None, NOW - HOUR),
    ]


@pytest.mark.parametrize(
    ("days", "expected"),
    [(22, []), (21, [Kind.KEY_SOON]), (2, [Kind.KEY_SOON, Kind.KEY_NOW]), (-3, None)],
)
def test_the_key_s_end_is_told_three_weeks_and_two_days_before(settings, days, expected):
    OdooAccessFactory(key_expires_at=NOW + dt.timedelta(days=days))

    assert kinds() == ([Kind.KEY_SOON, Kind.KEY_NOW] if expected is None else expected)
    settings.ODOO_API_KEY = "a-key-of-which-nobody-knows"
    assert kinds() == []


@pytest.mark.parametrize(
    ("heard", "missed", "expected"),
    [
        (None, -1, [Kind.SILENT]),
        (-2, -1, [Kind.SILENT]),
        (-1, -2, []),
        (None, -25, []),
    ],
    ids=["never heard", "not heard since", "heard since", "long ago"],
)
def test_webhooks_are_silent_when_a_poll_finds_what_none_told_of(heard, missed, expected):
    hearing = HintHearing.objects.create(odoo_model="res.partner", missed_at=NOW + missed * HOUR)
    if heard:
        HintHearing.objects.update(heard_at=NOW + heard * HOUR)
    assert kinds() == [], "without webhooks none can be silent"

    OdooAccessFactory(hints_since=NOW, key_expires_at=NOW + 90 * 24 * HOUR)

    assert kinds() == expected
    assert str(hearing) == "res.partner"


@pytest.mark.parametrize(
    ("heard", "refused", "expected"),
    [(None, -1, [Kind.REFUSED]), (-2, -1, [Kind.REFUSED]), (-1, -2, []), (None, -25, [])],
    ids=["never heard", "not heard since", "heard since", "long ago"],
)
def test_webhooks_are_refused_when_none_was_heard_since(heard, refused, expected):
    OdooAccessFactory(hints_since=NOW, key_expires_at=NOW + 90 * 24 * HOUR)
    RefusedHints.objects.create(pk=1, refused=1, refused_at=NOW + refused * HOUR)
    if heard:
        HintHearing.objects.create(odoo_model="res.partner", heard_at=NOW + heard * HOUR)

    assert kinds() == expected


def test_the_difference_is_what_began_and_what_is_over():
    now = [Trouble(Kind.PARKED, 1, NOW), Trouble(Kind.BREAKER, None, NOW)]
    known = [
        Alert(kind=Kind.PARKED, entry_id=1, started_at=NOW),
        Alert(kind=Kind.PARKED, entry_id=2, started_at=NOW),
        Alert(kind=Kind.HELD, started_at=NOW),
    ]

    found = difference(now, known)

    assert found.begun == [now[1]]
    assert found.over == known[1:]


@pytest.mark.parametrize("number_of_entries", [1, 20])
def test_a_look_takes_the_same_queries_however_much_is_the_matter(
    entry_in, in_conflict, django_assert_num_queries, number_of_entries
):
    OdooAccessFactory(hints_since=NOW)
    for _ in range(number_of_entries):
        entry_in(State.PARKED)
        in_conflict()

    with django_assert_num_queries(8):
        troubles(timezone.now())


def test_the_database_keeps_one_open_alert_about_one_thing():
    alert = Alert.objects.create(kind=Kind.BREAKER, started_at=NOW)
    with pytest.raises(IntegrityError, match="one_open_alert"), transaction.atomic():
        Alert.objects.create(kind=Kind.BREAKER, started_at=NOW)
    with pytest.raises(IntegrityError, match="what_nobody_was_told_of"), transaction.atomic():
        Alert.objects.update(ended_at=NOW)

    Alert.objects.update(ended_at=NOW, told_from=NOW)
    Alert.objects.create(kind=Kind.BREAKER, started_at=NOW)

    assert str(alert) == "BREAKER"


def test_the_notices_name_themselves_and_have_an_address_or_none():
    alert = Alert.objects.create(kind=Kind.BREAKER, started_at=NOW)
    values = {"alert": alert, "moment": "START", "written_at": NOW, "not_before": NOW}
    with pytest.raises(IntegrityError, match="a_mail_has_an_address"), transaction.atomic():
        Notice.objects.create(way="MAIL", **values)

    assert str(Notice(way="CHAT", **values)).endswith("to the chat")
    assert str(Notice(way="MAIL", address="a@yard.test", **values)).endswith("to a@yard.test")
