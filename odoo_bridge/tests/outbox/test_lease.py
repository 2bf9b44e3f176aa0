"""Who may send what, and when: order within a stream, freedom between streams."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from odoo_bridge.commands import RecordLead
from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox import enqueue
from odoo_bridge.outbox.lease import MOST_DEATHS, reclaim_expired
from odoo_bridge.outbox.outcome import Outcome
from odoo_bridge.outbox.sending import LeaseLost, Repeat, Sending
from odoo_bridge.outbox.settle import Next, settle
from odoo_bridge.tests.outbox.one_entry import lease_next, settle_done
from portal.testing.sessions import in_another_session

pytestmark = pytest.mark.django_db(transaction=True)
State = OutboxEntry.State


@pytest.fixture
def follower(promised):
    """Promise a second thing about a lead: the first entry of its stream must go before it."""

    def promise(lead):
        with transaction.atomic():
            return enqueue(RecordLead(lead_uuid=lead.uuid, title="again", text=""), by=None)

    return promise


def later(**delta):
    return timezone.now() + dt.timedelta(**delta)


def test_what_is_due_is_leased_once(promised):
    promised()

    entry = lease_next(timezone.now())

    entry.refresh_from_db()
    assert (entry.state, entry.attempts, entry.fence) == (State.SENDING, 1, 1)
    assert entry.stream.leased_until > timezone.now()
    assert lease_next(timezone.now()) is None


def test_two_workers_never_get_the_same_stream(promised):
    promised()
    promised()
    with transaction.atomic():
        first = lease_next(timezone.now())
        second = in_another_session(lambda: lease_next(timezone.now()))

    assert first.stream_id != second.stream_id


@pytest.mark.parametrize("state", [State.SENDING, State.CONFLICT, State.PARKED])
def test_a_later_entry_waits_for_an_earlier_one_and_holds_nobody_else_up(promised, follower, state):
    lead, other = promised(), promised()
    follower(lead)
    OutboxEntry.objects.filter(seq=1, stream__key__endswith=str(lead.uuid)).update(
        state=state, sent_at=timezone.now()
    )

    first, second = lease_next(later(seconds=1)), lease_next(later(seconds=1))

    assert first.payload["lead_uuid"] == str(other.uuid)
    assert second is None


@pytest.mark.parametrize("state", [State.DONE, State.SUPERSEDED])
def test_an_entry_that_has_ended_lets_the_next_one_go(promised, follower, state):
    second = follower(promised())
    OutboxEntry.objects.filter(seq=1).update(state=state)

    assert lease_next(later(seconds=1)) == second


def test_what_is_not_due_yet_waits(promised):
    promised()
    OutboxEntry.objects.update(not_before=later(seconds=30))

    assert lease_next(timezone.now()) is None
    assert lease_next(later(seconds=31))


def test_a_worker_that_died_leaves_an_unknown_outcome(promised):
    promised()
    lease_next(timezone.now())

    assert reclaim_expired(timezone.now()) == 0
    assert reclaim_expired(later(minutes=5)) == 1

    entry = OutboxEntry.objects.get()
    assert (entry.state, entry.deaths) == (State.UNKNOWN, 1)
    assert "worker died" in entry.last_error


def test_a_lease_without_an_entry_ends_like_any(promised):
    promised()
    Stream.objects.update(leased_until=timezone.now())

    assert reclaim_expired(later(seconds=1)) == 0

    assert lease_next(later(seconds=1))


def test_an_entry_that_kills_every_worker_waits_for_a_person(promised):
    promised()
    for n in range(MOST_DEATHS):
        assert lease_next(later(hours=n))
        reclaim_expired(later(hours=n, minutes=30))

    assert OutboxEntry.objects.get().state == State.PARKED


def test_a_worker_whose_lease_ran_out_neither_calls_nor_settles(promised):
    promised()
    slow = lease_next(timezone.now())
    reclaim_expired(later(minutes=5))
    quick = lease_next(later(minutes=5))

    with pytest.raises(LeaseLost):
        Sending(entry=slow, client=None, access=None).read("crm.lead", "search_read")
    assert not settle_done(slow, lambda: pytest.fail("stored"))

    quick.refresh_from_db()
    assert quick.state == State.SENDING


@pytest.mark.parametrize(
    ("repeat", "itself_waits", "followers_wait"),
    [
        (Repeat.FREELY, False, False),
        (Repeat.AT_ONCE, False, True),
        (Repeat.LATE, True, True),
        ("", False, False),
    ],
)
def test_a_call_that_may_still_land_holds_back_what_it_could_spoil(
    promised, follower, repeat, itself_waits, followers_wait
):
    second = follower(promised())
    lease_next(timezone.now())
    OutboxEntry.objects.filter(seq=1).update(repeat=repeat)
    Stream.objects.update(leased_until=timezone.now())
    soon, settled = later(seconds=1), later(minutes=10)
    reclaim_expired(soon)

    assert (lease_next(soon) is None) is itself_waits
    OutboxEntry.objects.filter(seq=1).update(state=State.DONE)
    Stream.objects.update(leased_until=None)
    assert (lease_next(soon) is None) is followers_wait
    Stream.objects.update(leased_until=None)
    OutboxEntry.objects.filter(seq=2).update(state=State.QUEUED)
    assert lease_next(settled) == second


@pytest.mark.parametrize("quiet", [False, True])
def test_what_follows_under_the_same_lease_waits_for_a_late_call_too(promised, follower, quiet):
    second = follower(promised())
    first = lease_next(timezone.now())
    Stream.objects.update(quiet_until=later(minutes=10) if quiet else None)

    _settled, followers = settle(Outcome(done=[first]), timezone.now(), following=Next(batch=""))

    assert followers == ([] if quiet else [second])
    assert lease_next(later(seconds=1)) is None, "either it waits, or it is being sent already"


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"state": "SENDING", "sent_at": None}, "what_is_being_sent_was_sent_at_some_time"),
        ({"state": "DROPPED"}, "nothing_is_dropped_without_a_note"),
    ],
)
def test_the_database_keeps_the_rules(promised, change, rule):
    promised()

    with pytest.raises(IntegrityError, match=rule):
        OutboxEntry.objects.update(**change)


def test_the_database_lets_one_entry_of_a_stream_be_sent(promised, follower):
    follower(promised())

    with pytest.raises(IntegrityError, match="one_entry_of_a_stream_is_sent"):
        OutboxEntry.objects.update(state=State.SENDING, sent_at=timezone.now())


def test_the_rows_name_themselves(promised):
    lead = promised()

    entry = OutboxEntry.objects.get()
    assert str(entry) == f"RecordLead {entry.uuid}"
    assert str(entry.stream) == f"lead:{lead.uuid}"
