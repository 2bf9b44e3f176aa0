"""What each kind of failure makes of an entry."""

import datetime as dt

import pytest
from django.db import OperationalError
from django.utils import timezone

from odoo_bridge.client import (
    OdooBroken,
    OdooForbidden,
    OdooMissing,
    OdooOverloaded,
    OdooRejected,
    OdooUnauthorized,
    OdooUnavailable,
    OdooUnsupported,
    OutcomeUnknown,
)
from odoo_bridge.models import OutboxEntry
from odoo_bridge.outbox import settle as settling
from odoo_bridge.outbox.outcome import NO_BUG, Outcome
from odoo_bridge.outbox.settle import settle_turn
from odoo_bridge.tests.outbox.one_entry import lease_next, settle_failed

pytestmark = pytest.mark.django_db
State = OutboxEntry.State
HOUR = dt.timedelta(hours=1)


@pytest.fixture
def sent(promised):
    """An entry that is being sent."""
    promised()
    return lease_next(timezone.now())


@pytest.mark.parametrize(
    ("error", "state", "attempts"),
    [
        (OdooUnavailable, State.QUEUED, 0),
        (OdooUnauthorized, State.QUEUED, 0),
        (OdooOverloaded, State.QUEUED, 1),
        (OdooBroken, State.QUEUED, 1),
        (OutcomeUnknown, State.UNKNOWN, 0),
        (OdooRejected, State.PARKED, 1),
        (OdooForbidden, State.PARKED, 1),
        (OdooMissing, State.PARKED, 1),
        (OdooUnsupported, State.PARKED, 1),
    ],
)
def test_the_type_of_the_error_decides(sent, error, state, attempts):
    assert settle_failed(sent, error("Odoo's own sentence.", "crm.lead.load"), timezone.now())

    sent.refresh_from_db()
    assert (sent.state, sent.attempts) == (state, attempts)
    assert sent.last_error == "Odoo's own sentence."
    assert sent.stream.leased_until is None
    if state != State.UNKNOWN:
        assert sent.failed_step == "crm.lead.load"


@pytest.mark.parametrize("error", [OdooUnavailable, OutcomeUnknown])
def test_an_outage_of_any_length_parks_nothing(sent, error):
    now = timezone.now()
    for hour in range(200):
        settle_failed(sent, error("Down."), now + dt.timedelta(hours=hour))
        sent = lease_next(now + dt.timedelta(hours=hour + 1))

    assert sent.attempts == 1


@pytest.mark.parametrize("error", [OdooUnavailable, OdooOverloaded, OdooBroken])
def test_a_look_that_met_no_odoo_leaves_the_doubt_as_it_was(sent, error):
    now = timezone.now()
    settle_failed(sent, OutcomeUnknown("Lost."), now)
    sent = lease_next(now + HOUR)

    settle_failed(sent, error("Down."), now + HOUR)

    sent.refresh_from_db()
    assert (sent.state, sent.doubted_at) == (State.UNKNOWN, now)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OdooBroken("Crashed."), "The answer to an earlier call was lost: look in Odoo"),
        (OdooRejected("Odoo's own sentence."), "Odoo's own sentence."),
    ],
)
def test_what_is_given_up_in_doubt_says_so_unless_odoo_answered(sent, error, words):
    now = timezone.now()
    settle_failed(sent, OutcomeUnknown("Lost."), now)
    for hour in range(1, 10):
        again = lease_next(now + hour * HOUR)
        if again is None:
            break
        settle_failed(again, error, now + hour * HOUR)

    sent.refresh_from_db()
    assert sent.state == State.PARKED
    assert sent.last_error.startswith(words)
    assert bool(sent.doubted_at) == isinstance(error, OdooBroken), "an answer ends the doubt"


def test_poison_is_parked_after_its_tries(sent):
    now = timezone.now()
    for hour in range(1, int(OdooBroken.max_attempts)):
        settle_failed(sent, OdooBroken("Crashed."), now)
        sent = lease_next(now + dt.timedelta(hours=hour))
    settle_failed(sent, OdooBroken("Crashed."), now)

    sent.refresh_from_db()
    assert sent.state == State.PARKED


def test_a_lost_race_is_tried_again_soon_and_then_more_slowly(sent):
    now = timezone.now()
    pauses = []
    for hour in range(1, 9):
        settle_failed(sent, OdooOverloaded("Locked."), now)
        sent.refresh_from_db()
        pauses.append((sent.not_before - now).total_seconds())
        sent = lease_next(now + dt.timedelta(hours=hour))

    assert pauses[0] <= 2
    assert max(pauses) <= 120
    assert pauses[-1] > pauses[0]


def test_a_bug_in_what_is_stored_is_noted_and_tried_again(sent):
    def broken(_entries):
        raise ZeroDivisionError

    settle_turn(Outcome(done=[sent], acknowledge=broken), None)

    sent.refresh_from_db()
    assert (sent.state, sent.last_error) == (
        State.QUEUED,
        "A bug of the portal: ZeroDivisionError.",
    )


@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("trouble", NO_BUG)
def test_a_task_out_of_time_or_without_postgresql_settles_nothing(promised, count, trouble):
    for _ in range(count):
        promised()
    entries = [lease_next(timezone.now()) for _ in range(count)]

    def slow(_entries):
        raise trouble

    with pytest.raises(trouble):
        settle_turn(Outcome(done=entries, acknowledge=slow), None)

    assert set(OutboxEntry.objects.values_list("state", flat=True)) == {State.SENDING}


def test_only_who_has_the_fence_may_settle(sent):
    sent.fence += 1

    assert not settle_failed(sent, OdooRejected("No."), timezone.now())
    assert OutboxEntry.objects.get().state == State.SENDING


def test_what_is_settled_again_is_settled_as_if_for_the_first_time(promised, monkeypatch):
    promised()
    promised()
    good, bad = lease_next(timezone.now()), lease_next(timezone.now())
    outcome = Outcome(done=[good], failed=[(bad, OdooRejected("No.", "crm.lead.load"))])
    real = settling.touch

    def cut(topic):
        monkeypatch.setattr(settling, "touch", real)
        raise OperationalError

    monkeypatch.setattr(settling, "touch", cut)  # after all else was done

    settle_turn(outcome, None)

    good.refresh_from_db()
    bad.refresh_from_db()
    assert (good.state, bad.state, bad.attempts) == (State.DONE, State.PARKED, 1)
    assert bad.last_error == "No."
