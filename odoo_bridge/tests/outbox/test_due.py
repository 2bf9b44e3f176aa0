"""Whose turn it is: the oldest and the newest by turns, and nobody who is not due."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from odoo_bridge.client.batches import BATCH
from odoo_bridge.commands import RecordLead
from odoo_bridge.models import OutboxEntry, Stream
from odoo_bridge.outbox import due, enqueue
from odoo_bridge.outbox.drain import drain_into
from odoo_bridge.outbox.due import HALF, Queue, anything_due
from odoo_bridge.outbox.lease import MOST_DEATHS, reclaim_expired, take
from odoo_bridge.outbox.outcome import Outcome
from odoo_bridge.tests.outbox.one_entry import settle_done
from portal.testing.sessions import in_another_session, other_session

pytestmark = pytest.mark.django_db(transaction=True)
State = OutboxEntry.State
BACKLOG = """
with stream as (
  insert into odoo_bridge_stream (key, last_seq, fence)
  select %(prefix)s::text || n, 1, 0 from generate_series(1, %(count)s) as n returning id, key
)
insert into odoo_bridge_outboxentry
       (uuid, stream_id, seq, command, version, payload, base, target, state, attempts, deaths,
        not_before, fence, in_flight, repeat, last_error, failed_step, note, created_at)
select gen_random_uuid(), id, 1, %(command)s, 1, '{}', '{}', key, 'QUEUED', 0, 0,
       now() - interval '1 hour', 0, '', '', '', '', '', now()
  from stream
"""


@pytest.fixture
def backlog(transactional_db):
    """Let promises wait since an hour ago, each in a stream of its own."""

    def fill(count, command="PlanRun", prefix="old:"):
        values = {"count": count, "command": command, "prefix": prefix}
        with connection.cursor() as cursor:
            cursor.execute(BACKLOG, values)

    return fill


def test_thousands_at_once_are_counted_soon_by_a_session_that_has_seen_few(backlog):
    in_another_session(lambda: backlog(300, prefix="before:"))
    backlog(1, prefix="one:")  # the plan that this session keeps: one among hundreds

    with connection.cursor() as cursor:
        cursor.execute("set statement_timeout = '15s'")
        try:
            backlog(15_000)
        finally:
            cursor.execute("reset statement_timeout")

    assert Stream.objects.filter(due_at__isnull=False).count() == 15_301


class Receiver:
    """Takes everything, and remembers which streams came, call by call."""

    def __init__(self, then=lambda: None):
        self.calls = []
        self.then = then

    def __call__(self, entries):
        self.calls.append([entry.stream_id for entry in entries])
        self.then()
        return Outcome(done=entries), True


@pytest.mark.parametrize(
    ("command", "bound"),
    [("PlanRun", 2), ("RecordLead", 1)],
    ids=["one in a call", "a hundred in a call"],
)
def test_a_fresh_stream_is_among_the_next_few_although_5000_wait(backlog, promised, command, bound):
    backlog(5000, command)
    lead = promised()
    fresh = Stream.objects.get(key=f"lead:{lead.uuid}").pk

    queue = Queue()
    turns = [queue.next(timezone.now()) for _ in range(bound)]

    assert fresh in turns[-1]
    assert turns[0][0] != fresh, "the oldest goes first"


def test_a_stream_that_comes_while_others_are_sent_is_sent_with_the_next_look(
    backlog, promised, monkeypatch
):
    backlog(5000)
    fresh = []

    def come():
        if len(receiver.calls) == 3:
            lead = promised()
            fresh.append(Stream.objects.get(key=f"lead:{lead.uuid}").pk)
        if fresh and [fresh[0]] in receiver.calls:
            monkeypatch.setattr("odoo_bridge.outbox.drain.MOST", 0)

    receiver = Receiver(come)
    drain_into(receiver)

    assert receiver.calls.index(fresh) <= 2 * HALF + 2
    assert OutboxEntry.objects.filter(state=State.DONE).count() == len(receiver.calls)


def test_a_look_is_good_for_a_second(backlog, promised):
    backlog(300)
    queue, now = Queue(), timezone.now()
    queue.next(now)
    lead = promised()
    fresh = Stream.objects.get(key=f"lead:{lead.uuid}").pk

    later = now + dt.timedelta(seconds=1)

    assert fresh in [*queue.next(later), *queue.next(later)]


def test_the_backlog_moves_on_while_fresh_streams_keep_coming(backlog, promised):
    backlog(50)
    newcomers = []

    def come():
        if len(newcomers) < 40:
            newcomers.append(promised())

    receiver = Receiver(come)
    drain_into(receiver)

    assert not OutboxEntry.objects.exclude(state=State.DONE).exists()


def test_as_many_as_fit_go_together_and_only_those_of_one_command(backlog):
    backlog(BATCH + 20, "RecordLead")
    receiver = Receiver()

    drain_into(receiver)

    assert [len(call) for call in receiver.calls] == [BATCH, 20]


def test_a_command_that_is_no_mere_create_goes_alone(backlog):
    backlog(3, "PlanRun")
    receiver = Receiver()

    drain_into(receiver)

    assert [len(call) for call in receiver.calls] == [1, 1, 1]


def test_what_a_worker_died_of_goes_alone_ever_after(promised):
    for _ in range(3):
        promised()
    poison = OutboxEntry.objects.order_by("pk").first()
    take([poison.stream_id], timezone.now())
    reclaim_expired(timezone.now() + dt.timedelta(hours=1))
    OutboxEntry.objects.update(not_before=timezone.now())
    receiver = Receiver()

    drain_into(receiver)

    assert sorted(map(len, receiver.calls)) == [1, 2]
    assert [poison.stream_id] in receiver.calls


def test_a_batch_that_killed_its_worker_parks_nobody_but_who_kills_again(promised):
    for _ in range(3):
        promised()
    now = timezone.now()
    take(Queue().next(now), now)
    reclaim_expired(now + dt.timedelta(hours=1))
    poison = OutboxEntry.objects.first()
    for hour in range(1, MOST_DEATHS):
        now = timezone.now() + dt.timedelta(hours=2 * hour)
        take([poison.stream_id], now)
        reclaim_expired(now + dt.timedelta(hours=1))
    OutboxEntry.objects.filter(state=State.UNKNOWN).update(not_before=timezone.now())

    drain_into(Receiver())

    assert OutboxEntry.objects.get(state=State.PARKED) == poison
    assert OutboxEntry.objects.filter(state=State.DONE).count() == 2


def test_what_another_worker_took_since_the_look_is_left_to_it(promised):
    promised()
    promised()
    now = timezone.now()
    streams = Queue().next(now)
    [theirs] = take(streams[:1], now)

    ours = take(streams, now)

    assert [entry.stream_id for entry in ours] == streams[1:]
    assert settle_done(theirs), "its lease is as it was"


def test_a_stream_that_somebody_is_adding_to_is_passed_over_and_not_waited_for(promised):
    busy, free = promised(), promised()
    with other_session() as session:
        session.execute(
            "update odoo_bridge_stream set last_seq = 2 where key = %s", [f"lead:{busy.uuid}"]
        )
        receiver = Receiver()
        drain_into(receiver)

    assert len(receiver.calls) == 1
    assert OutboxEntry.objects.get(state=State.DONE).target == f"lead:{free.uuid}"


def test_a_stream_s_entries_go_in_order_one_after_the_other(promised, monkeypatch):
    monkeypatch.setattr("odoo_bridge.outbox.drain.TURN", dt.timedelta(minutes=1))
    lead = promised()
    for _ in range(4):
        with transaction.atomic():
            enqueue(RecordLead(lead_uuid=lead.uuid, title="again", text=""), by=None)
    seen = []

    def sink(entries):
        seen.extend(entry.seq for entry in entries)
        assert OutboxEntry.objects.filter(state=State.SENDING).count() == 1
        return Outcome(done=entries), True

    assert drain_into(sink) == 5
    assert seen == [1, 2, 3, 4, 5]
    assert Stream.objects.get().fence == 1, "under one lease"
    assert not anything_due(timezone.now())


def test_who_looks_at_what_is_due_reads_no_done_entries(promised):
    promised()
    with connection.cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
        cursor.execute(
            f"explain {due.ENDS[0]}", {"now": timezone.now(), "half": 1, "apart_from": []}
        )
        plan = " ".join(row[0] for row in cursor.fetchall())
        cursor.execute("set enable_seqscan = on")

    assert "due_streams" in plan
    assert "outboxentry" not in plan


def test_who_looks_for_dead_workers_reads_no_stream_that_nobody_holds(promised):
    promised()
    with connection.cursor() as cursor:
        cursor.execute("set enable_seqscan = off")
        cursor.execute(f"explain {due.ANY_OR_EXPIRED}", {"now": timezone.now()})
        plan = "\n".join(row[0] for row in cursor.fetchall())
        cursor.execute("set enable_seqscan = on")

    assert "leased_streams" in plan
